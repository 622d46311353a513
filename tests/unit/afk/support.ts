import { WriteBuffer } from '#lib/data/writeBuffer.js';
import type { OptOuts } from '#modules/afk/index.js';
import { recordingLogger } from '../../support/recordingLogger.js';

/** A buffer that writes into `written`. */
export function bufferInto<V>(written: (readonly [string, V])[], merge: (earlier: V, later: V) => V, most = 1_000): WriteBuffer<V> {
	const log = recordingLogger();
	return new WriteBuffer<V>({
		name: 'test',
		most,
		batch: 100,
		merge,
		async write(entries) {
			written.push(...entries);
		},
		log: { warn: (_, message) => log.warn(message), error: (_, message) => log.error(message) }
	});
}

/** Opt-outs that a test changes. */
export function someOptOuts() {
	const out = new Set<string>();
	const optOuts: OptOuts = {
		isOptedOut: (userId, feature) => out.has(`${feature} ${userId}`),
		hasOptedOut: async (userId, feature) => out.has(`${feature} ${userId}`)
	};
	return { out, optOuts };
}
