/** So many warnings, in so much time (null: ever), lead to an action. */
export interface WarnThreshold {
	readonly count: number;
	readonly action: string;
	readonly durationSeconds: number | null;
	readonly windowSeconds: number | null;
}

/** What may follow from warnings: actions that need to be told nothing more than whom, and for how long. */
export const thresholdActions = ['mute', 'strip', 'jail', 'kick', 'softban', 'ban'] as const;

/** So many thresholds may a server have. */
export const mostThresholds = 20;

/**
 * The threshold that a warning reaches. `others`: when the other warnings that count were given, only earlier ones. Each warning is
 * judged by those before it, so of two at once only one reaches a threshold, in whatever order they are looked at.
 *
 * Reached is exactly its count: the warning after it does not lead to the same again. Of several the one with most warnings counts.
 */
export function reachedThreshold(thresholds: readonly WarnThreshold[], at: number, others: readonly number[]): WarnThreshold | null {
	const reached = thresholds.filter(({ count, windowSeconds }) => {
		const since = windowSeconds === null ? Number.NEGATIVE_INFINITY : at - windowSeconds * 1000;
		return others.filter((other) => other > since).length + 1 === count;
	});
	return reached.sort((a, b) => b.count - a.count)[0] ?? null;
}

export function sameThreshold(a: WarnThreshold, b: WarnThreshold): boolean {
	return a.count === b.count && a.action === b.action && a.durationSeconds === b.durationSeconds && a.windowSeconds === b.windowSeconds;
}
