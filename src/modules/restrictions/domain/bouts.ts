/** How often we did something again within a while, because somebody else undoes it each time. Times in milliseconds. */
export interface Bout {
	readonly done: readonly number[];
	/** We wait until the other one is quiet; since this last word of his. */
	readonly waitingSince: number | null;
}

/** So often within this time; whoever goes on after that is left alone until he was quiet as long. */
export const mostTimes = 3;
export const boutMs = 60_000;

/** `do`: once more. `give-up`: he goes on, we stop, and somebody should hear of it. `wait`: he still goes on. */
export type BoutAnswer = 'do' | 'give-up' | 'wait';

/** Whether we do it again, so that two programs never work against each other without an end. */
export function nextBout(before: Bout | undefined, now: number): { readonly bout: Bout; readonly answer: BoutAnswer } {
	const { done = [], waitingSince = null } = before ?? {};
	if (waitingSince !== null && now - waitingSince < boutMs) return { bout: { done: [], waitingSince: now }, answer: 'wait' };
	const lately = done.filter((at) => now - at < boutMs);
	if (lately.length < mostTimes) return { bout: { done: [...lately, now], waitingSince: null }, answer: 'do' };
	return { bout: { done: [], waitingSince: now }, answer: 'give-up' };
}

/** Milliseconds until the other one was quiet long enough; 0 when he is. */
export function quietIn({ waitingSince }: Bout, now: number): number {
	return waitingSince === null ? 0 : Math.max(0, waitingSince + boutMs - now);
}
