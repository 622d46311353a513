import type { Json } from '#lib/data/keyValue.js';

/** A row as JSON for the record of changes: bigints and dates become text, what is undefined is left out, maps and sets become lists. */
export function asJson(value: unknown): Json {
	if (value === null || value === undefined) return null;
	if (typeof value === 'bigint') return value.toString();
	if (typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
	if (Array.isArray(value)) return value.map(asJson);
	if (value instanceof Set || value instanceof Map) return [...value].map(asJson);
	if (typeof value !== 'object') return null;
	const known = Object.entries(value).filter(([, field]) => field !== undefined);
	return Object.fromEntries(known.map(([name, field]) => [name, asJson(field)]));
}
