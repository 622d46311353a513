import { type DiscordError, invalidBody } from '../rest/errors.js';
import type { Violation } from './types.js';
import { together } from './words.js';

/**
 * What Discord would answer to a request outside its description: 400 with code 50035 and the tree of fields. Null
 * when nothing Discord itself would mind was found: it ignores unknown keys and queries, which we only lint for.
 */
export function violationsToError(violations: readonly Violation[]): DiscordError | null {
	const refused = violations.filter(({ kind }) => kind === 'path' || kind === 'query' || kind === 'body');
	if (refused.length === 0) return null;
	const faults: Record<string, { code: string; message: string }[]> = {};
	const told = refused.map(({ at, message, told: words }) => words ?? { at, code: 'BASE_TYPE_BAD', message });
	for (const { at, code, message } of together(told)) {
		const path = at.split('/').filter(Boolean).map(unescapePointer).join('.');
		faults[path] = [...(faults[path] ?? []), { code, message }];
	}
	return invalidBody(faults);
}

function unescapePointer(part: string): string {
	return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
