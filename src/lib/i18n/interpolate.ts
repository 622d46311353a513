import { escapeMarkdown, inlineCode, Markup } from '#lib/core/markdown.js';

export type Value = string | number | Markup;
/** What a sentence is filled with. Texts are escaped; `markup()` marks what is ours and goes in as it is. */
export type Values = Readonly<Record<string, Value>>;

const placeholder = /\{\{\s*([\w.]+)\s*(?:,\s*(\w+)\s*)?\}\}/g;

/** The names of the values that a sentence needs. */
export function placeholdersOf(sentence: string): readonly string[] {
	return [...sentence.matchAll(placeholder)].map((match) => match[1] ?? '');
}

/**
 * Fills `{{name}}` (escaped), `{{name, code}}` (between back-ticks) and `{{name, number}}` (grouped as the locale does).
 *
 * One pass: what a value holds is never looked at again, so a person cannot bring in placeholders of his own.
 */
export function interpolate(sentence: string, values: Values, locale: string, onMissing: (name: string) => void): string {
	return sentence.replace(placeholder, (_, name: string, format: string | undefined) => {
		const value = Object.hasOwn(values, name) ? values[name] : undefined;
		if (value === undefined) {
			onMissing(name);
			return '';
		}
		return render(value, format, locale);
	});
}

function render(value: Value, format: string | undefined, locale: string): string {
	if (value instanceof Markup) return value.text;
	if (format === 'code') return inlineCode(String(value));
	if (format === 'number' && typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
	return typeof value === 'number' ? String(value) : escapeMarkdown(value);
}
