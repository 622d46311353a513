import { defaultLocale, type Languages, loadLanguages, type Resource, type Resources } from '#lib/i18n/languages.js';

const open = '⟦';
const close = '⟧';

/** The English sentences with a mark around each: what is shown without one is not a key of the language files. */
export function pseudoLanguages(): Languages {
	const english = loadLanguages();
	const modules = english.modules().map((module) => [module, marked(english.resource(module, defaultLocale))] as const);
	const extra: Resources = { 'en-XA': Object.fromEntries(modules) };
	return loadLanguages({ extra });
}

/** What of a text came from no sentence; nothing is left of a text that is made of sentences alone. */
export function outsideSentences(text: string): string {
	let depth = 0;
	let outside = '';
	for (const letter of text) {
		if (letter === open) depth += 1;
		if (depth === 0) outside += letter;
		if (letter === close) depth -= 1;
	}
	return outside;
}

function marked(resource: Resource): Resource {
	return Object.fromEntries(Object.entries(resource).map(([key, value]) => [key, mark(value)]));
}

function mark(value: Resource[string]): Resource[string] {
	if (typeof value === 'string') return `${open}${value}${close}`;
	return isList(value) ? value : marked(value);
}

function isList(value: Resource | readonly string[]): value is readonly string[] {
	return Array.isArray(value);
}
