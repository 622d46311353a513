import { setTimeout as pause } from 'node:timers/promises';
import { backOff } from '#lib/core/backOff.js';

/** A statement is refused at once while storage is known to be away, so asking often costs nothing. */
const storagePauses = { firstMs: 250, maxMs: 3_000 };

/** Does `work` until it succeeds; `onFailure` hears of each failure. False when `signal` ended it before that. */
export async function untilDone(
	work: () => Promise<void>,
	signal: AbortSignal,
	onFailure: (error: unknown) => void,
	pauses = storagePauses
): Promise<boolean> {
	for (let times = 1; !signal.aborted; times += 1) {
		try {
			await work();
			return true;
		} catch (error) {
			if (signal.aborted) return false;
			onFailure(error);
		}
		// Rejects only when the signal ends it, and then the loop ends too.
		await pause(backOff(times, pauses), undefined, { signal, ref: false }).catch(() => undefined);
	}
	return false;
}
