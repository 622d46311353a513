import { setTimeout as pause } from 'node:timers/promises';
import { backOff } from '#lib/core/backOff.js';

/** Storage comes back after seconds mostly; every process asking it once in 15 s is bearable for long. */
const storagePauses = { firstMs: 250, maxMs: 15_000 };

/** Does `work` until it succeeds; `onFailure` hears of each failure. Resolves without success only when `signal` ends it. */
export async function untilDone(
	work: () => Promise<void>,
	signal: AbortSignal,
	onFailure: (error: unknown) => void,
	pauses = storagePauses
): Promise<void> {
	for (let times = 1; !signal.aborted; times += 1) {
		try {
			await work();
			return;
		} catch (error) {
			if (signal.aborted) return;
			onFailure(error);
		}
		// Rejects only when the signal ends it, and then the loop ends too.
		await pause(backOff(times, pauses), undefined, { signal, ref: false }).catch(() => undefined);
	}
}
