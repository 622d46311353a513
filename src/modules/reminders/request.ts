import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { type LeadingDuration, leadingDuration, parseDuration } from '#lib/time/duration.js';
import { type LeadingTime, leadingTime } from '#lib/time/when.js';

/** What a person asks for, read from his words. */
export interface ReadRequest {
	readonly dueAt: number;
	readonly text: string;
	readonly everyMs: number | null;
	readonly inDm: boolean;
}

export type ReadCode = 'no-time' | 'needs-timezone';

/** Used to read a clock time of a person without a zone, only to know that it is one. */
const anyZone = 'UTC';

/** A moment given alone, as by a slash option or for an edit. `zone` null: the person has none. */
export function readWhen(typed: string, now: number, zone: string | null): Outcome<number, ReadCode> {
	const found = leadingTime(typed.trim(), now, zone ?? anyZone);
	if (found?.rest !== '') return refuse('no-time', { given: typed });
	return found.kind === 'zone' && zone === null ? refuse('needs-timezone') : accept(found.at);
}

/**
 * A typed line: `[me] [in dm] <time> [every <duration>] [in dm] [to] <text> [every <duration>]`; `every <duration> <text>` alone
 * comes first after that duration.
 */
export function readLine(line: string, now: number, zone: string | null): Outcome<ReadRequest, ReadCode> {
	let rest = line.trim().replace(/^me\s+/i, '');
	let dueAt: number | null = null;
	let everyMs: number | null = null;
	let inDm = false;

	for (;;) {
		const dm = /^(?:in|by|per)\s+dms?\b[\s,:]*/i.exec(rest);
		const every: LeadingDuration | null = everyMs === null ? leadingEvery(rest) : null;
		const time: LeadingTime | null = dueAt === null ? leadingTime(rest, now, zone ?? anyZone) : null;
		if (dm && !inDm) {
			inDm = true;
			rest = rest.slice(dm[0].length);
		} else if (every) {
			everyMs = every.ms;
			rest = every.rest;
		} else if (time) {
			if (time.kind === 'zone' && zone === null) return refuse('needs-timezone');
			dueAt = time.at;
			rest = time.rest;
		} else break;
		rest = rest.replace(/^[,:;]\s*/, '');
	}

	const trailing = everyMs === null ? trailingEvery(rest) : null;
	if (trailing) {
		everyMs = trailing.ms;
		rest = trailing.text;
	}
	if (dueAt === null && everyMs !== null) dueAt = now + everyMs;
	if (dueAt === null) return refuse('no-time', { given: line });
	return accept({ dueAt, text: rest.replace(/^to\s+/i, '').trim(), everyMs, inDm });
}

/** Of `reminder edit … every`: it comes once more and no longer. */
export function endsRepeating(typed: string): boolean {
	return /^(?:off|none|never|no|once)$/i.test(typed.trim());
}

/** `every 1d`, `every day`. */
function leadingEvery(text: string): LeadingDuration | null {
	const after = /^every\s+(.*)$/is.exec(text)?.[1];
	return after === undefined ? null : (leadingDuration(after) ?? leadingDuration(`1 ${after}`));
}

function trailingEvery(text: string): { ms: number; text: string } | null {
	const [, before, typed] = /^(.*\S)\s+every\s+(\S+(?:\s+\S+){0,3})$/is.exec(text) ?? [];
	if (before === undefined || typed === undefined) return null;
	const ms = parseEvery(typed);
	return ms === null ? null : { ms, text: before };
}

/** A length of time, or one unit of it ("day"); null when it is neither. */
export function parseEvery(typed: string): number | null {
	const plain = typed.trim().replace(/^every\s+/i, '');
	return parseDuration(plain) ?? parseDuration(`1 ${plain}`);
}
