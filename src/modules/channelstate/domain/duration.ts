/** How long a channel stays marked as not for minors. */
export const naughtyMs = 30_000;

const units = [
	['h', 3_600],
	['m', 60],
	['s', 1]
] as const;

/** A length of time as it would be typed: `1h30m`, `10s`, `0s`. */
export function typedDuration(seconds: number): string {
	let left = seconds;
	let text = '';
	for (const [unit, size] of units) {
		const count = Math.floor(left / size);
		left %= size;
		if (count > 0) text += `${count}${unit}`;
	}
	return text === '' ? '0s' : text;
}
