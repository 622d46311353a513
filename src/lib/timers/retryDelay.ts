const minute = 60_000;

/** 1 m, 5 m, 30 m, 2 h: long enough for an outage of Discord, short enough that a ban still ends the same day. */
const delays = [minute, 5 * minute, 30 * minute, 120 * minute] as const;

/** How long to wait after a failure that followed `attempts` earlier ones, in milliseconds; `null`: give up. */
export function retryDelay(attempts: number): number | null {
	return delays[attempts] ?? null;
}
