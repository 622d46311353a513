import { accept, type Outcome, refuse } from '#lib/core/outcome.js';

export const defaultPrefix = ';';
export const longestPrefix = 3;
// A family emoji has 11 units: three of the longest emojis fit, a letter under a pile of marks does not.
const mostUnits = 45;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** What starts a mention, a channel, a slash command or code. */
const reserved = /[@#/`]|<[@#:]|<a:/;
/** What Discord would take for formatting when nothing else is there. */
const markdownOnly = /^[*_~|>\\]+$/;
/** White space, control characters, marks and joiners: nothing that a person sees by itself. */
const invisible = /^[\s\p{Cc}\p{Cf}\p{M}\p{Zs}\u115f\u1160\u2800\u3164\uffa0]*$/u;
/** What turns writing round, or is not seen between letters: nobody could type such a prefix. Emojis need joiners and selectors. */
const untypable = /[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;

export type PrefixRefusal = 'too-long' | 'white-space' | 'reserved' | 'markdown' | 'already';

/** Whether `wanted` may be a prefix instead of `current`. */
export function judgePrefix(wanted: string, current: string | null): Outcome<string, PrefixRefusal> {
	if (!wanted.isWellFormed() || invisible.test(wanted) || /\s/.test(wanted) || untypable.test(wanted)) return refuse('white-space');
	if (reserved.test(wanted)) return refuse('reserved');
	const count = [...segmenter.segment(wanted.slice(0, mostUnits + 1))].length;
	if (wanted.length > mostUnits || count > longestPrefix) return refuse('too-long', { most: longestPrefix });
	if (markdownOnly.test(wanted)) return refuse('markdown');
	// Prefixes are compared without their case.
	if (wanted.toLowerCase() === current?.toLowerCase()) return refuse('already', { prefix: wanted });
	return accept(wanted);
}

/** The prefixes of a conversation; both work at once. In direct messages there is only the usual one. */
export interface PrefixView {
	readonly guild: string;
	readonly self: string | null;
}
