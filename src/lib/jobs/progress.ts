/** How many items were handled, in whatever way. */
export function handledOf({ done, failed, skipped }: { readonly done: number; readonly failed: number; readonly skipped: number }): number {
	return done + failed + skipped;
}

/** What was handled since a moment of this machine, for the speed. */
export interface Stretch {
	readonly since: number;
	readonly handled: number;
}

/** Milliseconds until all is done, at the speed of this stretch, but never less than the pace allows. */
export function timeLeft(
	{ total, handled }: { readonly total: number; readonly handled: number },
	stretch: Stretch,
	now: number,
	{ batch, paceMs }: { readonly batch: number; readonly paceMs: number }
): number {
	const left = Math.max(0, total - handled);
	const atBest = Math.ceil(left / batch) * paceMs;
	const since = handled - stretch.handled;
	if (since <= 0) return atBest;
	return Math.max(atBest, (left * (now - stretch.since)) / since);
}
