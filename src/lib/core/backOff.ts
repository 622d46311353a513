/** Milliseconds before attempt `times` (from 1): doubles from `firstMs` up to `maxMs`, with up to half of it off by chance. */
export function backOff(times: number, { firstMs, maxMs }: { firstMs: number; maxMs: number }, random: () => number = Math.random): number {
	const full = Math.min(maxMs, firstMs * 2 ** Math.min(Math.max(times, 1) - 1, 20));
	return Math.round(full * (1 - random() / 2));
}
