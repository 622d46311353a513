import { setTimeout as sleep } from 'node:timers/promises';

/** The time of the machine: how fast we write to Discord has nothing to do with the clock that decisions are made with. */
export interface Pace {
	/** Milliseconds, of a clock that never goes back. */
	now(): number;
	/** Waits, or less when `signal` says so. */
	wait(ms: number, signal: AbortSignal): Promise<void>;
}

export const machinePace: Pace = {
	now: () => performance.now(),
	async wait(ms, signal) {
		if (ms <= 0 || signal.aborted) return;
		await sleep(ms, undefined, { signal }).catch((error: unknown) => {
			if (!signal.aborted) throw error;
		});
	}
};
