/** How often in a row Discord did not let us do something. Times in milliseconds. */
export interface Setback {
	readonly times: number;
	readonly pausedUntil: number | null;
	readonly told: boolean;
}

/** So often in a row, and the thing rests; then it is tried again once in a while. */
export const mostSetbacks = 3;
export const pauseMs = 600_000;

/**
 * After Discord said no for the `most`th time in a row it rests. `tell`: it rests from now on, and somebody should hear why: once, until
 * it works again.
 */
export function afterSetback(
	before: Setback | undefined,
	now: number,
	most = mostSetbacks
): { readonly setback: Setback; readonly tell: boolean } {
	const { times = 0, told = false } = before ?? {};
	const rests = times + 1 >= most;
	return {
		setback: { times: times + 1, pausedUntil: rests ? now + pauseMs : null, told: told || rests },
		tell: rests && !told
	};
}

export function isPaused(setback: Setback | undefined, now: number): boolean {
	return setback?.pausedUntil != null && setback.pausedUntil > now;
}
