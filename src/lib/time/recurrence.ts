import { DateTime } from 'luxon';

const day = 86_400_000;

/**
 * The first time after `now` in the series `from`, `from + every`, …; missed ones are left out.
 *
 * A whole number of days keeps the clock time of `zone` when the clocks change; anything else is exact. All in milliseconds.
 */
export function nextOccurrence(from: number, every: number, now: number, zone: string): number {
	const count = Math.max(1, Math.floor((now - from) / every) + 1);
	if (every % day !== 0) return from + count * every;
	const start = DateTime.fromMillis(from, { zone });
	const at = (turn: number) => start.plus({ days: (turn * every) / day }).toMillis();
	// The clocks may have moved in between: the count of days can be off by one.
	const near = [count - 1, count, count + 1].filter((turn) => turn >= 1).map(at);
	return near.find((time) => time > now) ?? at(count + 2);
}
