import type { Violation } from './types.js';

interface FieldError {
	code: string;
	message: string;
}

/** Discord's tree of errors by field: `{ embeds: { 0: { title: { _errors: [...] } } } }`. */
export interface ErrorTree {
	[field: string]: ErrorTree | FieldError[];
}

/** The body of one of Discord's error answers. */
export interface ErrorBody {
	code: number;
	message: string;
	errors?: ErrorTree;
}

/** Puts one field's error into the tree, making the branches on the way. */
export function addFieldError(tree: ErrorTree, path: readonly (string | number)[], error: FieldError): void {
	let branch = tree;
	for (const part of path) {
		const existing = branch[part];
		const next: ErrorTree = existing === undefined || Array.isArray(existing) ? {} : existing;
		branch[part] = next;
		branch = next;
	}
	const errors = branch._errors;
	branch._errors = [...(Array.isArray(errors) ? errors : []), error];
}

/**
 * What Discord would answer to a request outside its description: 400 with code 50035 and the tree of fields. Null
 * when nothing Discord itself would mind was found: it ignores unknown keys and queries, which we only lint for.
 */
export function violationsToError(violations: readonly Violation[]): ErrorBody | null {
	const refused = violations.filter(({ kind }) => kind === 'path' || kind === 'query' || kind === 'body');
	if (refused.length === 0) return null;
	const errors: ErrorTree = {};
	for (const { at, message } of refused) {
		const path = at.split('/').filter(Boolean).map(unescapePointer);
		addFieldError(errors, path, { code: 'BASE_TYPE_BAD', message });
	}
	return { code: 50035, message: 'Invalid Form Body', errors };
}

function unescapePointer(part: string): string {
	return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
