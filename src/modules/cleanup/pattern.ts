import { RE2JS } from 're2js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';

/** Longer patterns are a mistake. Characters. */
export const longestPattern = 100;

/** A pattern of a person, run by an engine whose time is linear in the text: none of them can hold the bot up. */
export function readPattern(typed: string): Outcome<(text: string) => boolean, 'bad-pattern'> {
	try {
		const pattern = RE2JS.compile(typed, RE2JS.CASE_INSENSITIVE);
		return accept((text) => pattern.matcher(text).find());
	} catch (error) {
		if (error instanceof Error) return refuse('bad-pattern', { given: typed });
		throw error;
	}
}
