import { Markup, markup } from '#lib/core/markdown.js';
import type { Json } from '#lib/data/keyValue.js';
import type { Value, Values } from '#lib/i18n/interpolate.js';

/** A title's values as they are stored: what is markup stays marked. */
export function storeValues(values: Values): { readonly [name: string]: Json } {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [name, value instanceof Markup ? { markup: value.text } : value])
	);
}

/** What {@link storeValues} wrote; anything else in the column is left out. */
export function readValues(stored: unknown): Values {
	if (typeof stored !== 'object' || stored === null) return {};
	return Object.fromEntries(Object.entries(stored).flatMap(([name, value]) => readValue(value).map((read) => [name, read])));
}

function readValue(value: unknown): readonly Value[] {
	if (typeof value === 'string' || typeof value === 'number') return [value];
	if (typeof value !== 'object' || value === null || !('markup' in value) || typeof value.markup !== 'string') return [];
	return [markup(value.markup)];
}
