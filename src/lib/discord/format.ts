export type TimestampStyle = 't' | 'T' | 'd' | 'D' | 'f' | 'F' | 'R';

// ECMAScript: times farther from 1970 are no dates.
const lastTime = 8.64e15;

/** A time that Discord shows in the reader's own zone and language. `at` in milliseconds. */
export function timestamp(at: number, style: TimestampStyle = 'f'): string {
	const within = Math.min(Math.max(Number.isNaN(at) ? 0 : at, -lastTime), lastTime);
	return `<t:${Math.floor(within / 1000)}:${style}>`;
}

/** "in 5 minutes", "2 days ago": kept right by Discord itself. `at` in milliseconds. */
export function relativeTime(at: number): string {
	return timestamp(at, 'R');
}

/** 1234567 as "1,234,567". */
export function formatNumber(value: number | bigint, locale: string, options: Intl.NumberFormatOptions = {}): string {
	return new Intl.NumberFormat(locale, options).format(value);
}

/** 1234567 as "1.2M". */
export function compactNumber(value: number | bigint, locale: string): string {
	return formatNumber(value, locale, { notation: 'compact', maximumFractionDigits: 1 });
}

const units = [
	['year', 365 * 86_400],
	['week', 7 * 86_400],
	['day', 86_400],
	['hour', 3_600],
	['minute', 60],
	['second', 1]
] as const;

/**
 * "1 hour and 5 minutes": the largest `parts` units that are not zero, the rest is dropped. `milliseconds` below one second
 * are shown as "0 seconds"; a year has 365 days. Weeks are said when nothing else is left.
 */
export function formatDuration(milliseconds: number, locale: string, parts = 2): string {
	let left = Math.floor(Math.max(0, Number.isFinite(milliseconds) ? milliseconds : 0) / 1000);
	const shown: string[] = [];
	for (const [unit, seconds] of units) {
		// "30 days", as it was typed, and not "4 weeks and 2 days".
		if (unit === 'week' && left % seconds !== 0) continue;
		const count = Math.floor(left / seconds);
		left %= seconds;
		if (count > 0 && shown.length < parts) shown.push(formatNumber(count, locale, { style: 'unit', unit, unitDisplay: 'long' }));
		else if (shown.length > 0 && count > 0) break;
	}
	if (shown.length === 0) return formatNumber(0, locale, { style: 'unit', unit: 'second', unitDisplay: 'long' });
	return new Intl.ListFormat(locale, { type: 'conjunction' }).format(shown);
}
