import { Duration } from '@sapphire/duration';

const number = String.raw`(?:\d+(?:\.\d+)?|an?(?=\s))`;
const unit = '(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mo|months?|y|yrs?|years?)';
const part = String.raw`${number}\s*${unit}(?![a-z])`;
// `1h30m` has no word boundary between its parts: a unit may be followed by the next number.
const leading = new RegExp(String.raw`^(?:in\s+)?(${part}(?:(?:\s*,\s*|\s+and\s+|\s*)${part})*)`, 'i');

/** A length of time at the start of a text. */
export interface LeadingDuration {
	readonly ms: number;
	/** What follows it. */
	readonly rest: string;
}

/**
 * Reads `5s`, `1h30m`, `in 2 days`, `an hour and 5 minutes` at the start of `text`; null when there is none.
 *
 * A month has 30.4 days and a year 365, as in @sapphire/duration.
 */
export function leadingDuration(text: string): LeadingDuration | null {
	const [whole = '', length = ''] = leading.exec(text) ?? [];
	const rest = text.slice(whole.length);
	// "2 hours ago" is a moment in the past.
	if (length === '' || /^[\w.:]/.test(rest) || /^\s+(?:ago|before|earlier)\b/i.test(rest)) return null;
	const ms = Math.round(new Duration(length).offset);
	return Number.isSafeInteger(ms) ? { ms, rest: rest.replace(/^\s+(?:from now|later)\b/i, '').trim() } : null;
}

/** Reads a text that is a length of time and nothing else; null when it is not. */
export function parseDuration(text: string): number | null {
	const found = leadingDuration(text.trim());
	return found?.rest === '' ? found.ms : null;
}
