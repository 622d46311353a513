import { setTimeout as sleep } from 'node:timers/promises';

/** Real time and chance, as a port: what is waited for is a socket or a stranger's server, so the bot's own clock is not used. */
export interface Timing {
	/** Milliseconds since 1970, UTC. */
	now(): number;
	/** Rejects when `signal` is aborted. */
	wait(ms: number, signal: AbortSignal): Promise<void>;
	/** From 0 to below 1. */
	random(): number;
}

export const systemTiming: Timing = {
	now: () => Date.now(),
	wait: (ms, signal) => sleep(ms, undefined, { signal }),
	random: () => Math.random()
};
