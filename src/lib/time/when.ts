import type { ParsedResult } from 'chrono-node';
// Without the other languages: two hundred modules less at the start.
import { Chrono, casual } from 'chrono-node/en';
import { DateTime } from 'luxon';
import { type LeadingDuration, leadingDuration } from './duration.js';

/** A time at the start of a text. */
export interface LeadingTime {
	/** Milliseconds since 1970. */
	readonly at: number;
	/** What follows it. */
	readonly rest: string;
	/** `relative` to now, a wall-clock time in the given `zone`, or one that names its own offset from UTC. */
	readonly kind: 'relative' | 'zone' | 'offset';
}

/** chrono's casual English without time-zone abbreviations: "noon eat" is a meal, not East Africa Time. */
const chrono = new Chrono({
	parsers: [...casual.parsers],
	refiners: [
		...casual.refiners.filter((refiner) => refiner.constructor.name !== 'ExtractTimezoneAbbrRefiner'),
		{
			// "9am UTC" and "9am GMT" are the two that mean the same everywhere.
			refine(context, results) {
				for (const result of results) {
					const utc = /^\s*(?:UTC|GMT|Z)\b(?!\s*[+-]\d)/i.exec(context.text.slice(result.index + result.text.length));
					if (!utc || !result.start.isCertain('hour') || result.start.isCertain('timezoneOffset')) continue;
					result.text += utc[0];
					result.start.assign('timezoneOffset', 0);
				}
				return results;
			}
		}
	]
});

/**
 * Reads a time at the start of `text`: a length of time (`5s`, `in 2 days`), or a moment (`tomorrow 9am`, `in 2 days at 9am`,
 * `2026-12-24 18:00`) in `zone`. A clock time alone is the next one to come. A wall-clock time that a change of the clocks skips is moved on by
 * the hour that is missing; of two, the first that is still to come is taken.
 */
export function leadingTime(text: string, now: number, zone: string): LeadingTime | null {
	const duration = leadingDuration(text);
	if (duration) return onThatDay(duration, now, zone) ?? { at: now + duration.ms, rest: duration.rest, kind: 'relative' };
	const moment = leadingMoment(text, now, zone) ?? leadingMoment(text.replace(/^(?:at|on|by|@)\s+/i, ''), now, zone);
	return moment && Number.isFinite(moment.at) ? moment : null;
}

const dayMs = 86_400_000;

/** `in 2 days at 9am`: whole days, and a clock time on the day they lead to. */
function onThatDay({ ms, rest }: LeadingDuration, now: number, zone: string): LeadingTime | null {
	const [at] = /^at\s+(?=\d|noon\b)/i.exec(rest) ?? [];
	if (at === undefined || ms % dayMs !== 0) return null;
	const day = DateTime.fromMillis(now, { zone })
		.plus({ days: ms / dayMs })
		.startOf('day');
	const moment = leadingMoment(rest.slice(at.length), day.toMillis(), zone);
	return moment !== null && moment.at < day.plus({ days: 1 }).toMillis() ? moment : null;
}

function leadingMoment(text: string, now: number, zone: string): LeadingTime | null {
	const { offset } = DateTime.fromMillis(now, { zone });
	const [found] = chrono.parse(text, { instant: new Date(now), timezone: offset }, { forwardDate: true });
	if (found?.index !== 0 || !isMoment(found)) return null;
	const rest = text.slice(found.text.length);
	if (/^\w/.test(rest)) return null;
	const reckoned = found.tags().has('result/relativeDateAndTime') || found.tags().has('casualReference/now');
	const kind = reckoned ? 'relative' : found.start.isCertain('timezoneOffset') ? 'offset' : 'zone';
	return { at: kind === 'zone' ? inZone(found, zone, now) : found.start.date().getTime(), rest: rest.trim(), kind };
}

/** A month alone ("may I go") is a word more often than a time. */
function isMoment(found: ParsedResult): boolean {
	const certain = (['day', 'weekday', 'hour'] as const).some((part) => found.start.isCertain(part));
	return certain || [...found.tags()].some((tag) => tag.startsWith('casualReference/') || tag.startsWith('result/relative'));
}

function inZone({ start }: ParsedResult, zone: string, now: number): number {
	const part = (name: Parameters<typeof start.get>[0]) => start.get(name) ?? 0;
	const time = DateTime.fromObject(
		{
			year: part('year'),
			month: part('month'),
			day: part('day'),
			hour: part('hour'),
			minute: part('minute'),
			second: part('second'),
			millisecond: 0
		},
		{ zone }
	);
	if (!time.isValid) return time.toMillis();
	const [first = time, second = first] = time.getPossibleOffsets();
	return (first.toMillis() < now ? second : first).toMillis();
}
