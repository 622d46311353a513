import { checkRules } from '../../../emulator/rules/index.js';

/** The emulator's time in these tests. */
export const now = Date.parse('2024-06-01T00:00:00Z');

/** Paths of the faults, e.g. `embeds.0.title CODE`; a specific refusal as its number. */
export function faultsOf(operation: string, body: unknown, context: object = {}): string[] {
	const error = checkRules(operation, body, { now, ...context });
	if (error === null) return [];
	if (error.errors === null) return [String(error.code)];
	const walk = (node: unknown, path: string): string[] => {
		if (typeof node !== 'object' || node === null) return [];
		return Object.entries(node).flatMap(([key, inner]) => {
			if (key !== '_errors') return walk(inner, path === '' ? key : `${path}.${key}`);
			return Array.isArray(inner) ? inner.map((fault) => `${path} ${fault.code}`.trim()) : [];
		});
	};
	return walk(error.errors, '');
}
