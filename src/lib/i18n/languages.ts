import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { i18next } from '@sapphire/plugin-i18next';
import type { MessageKey } from '#generated/messages.js';
import { interpolate, type Values } from './interpolate.js';

export const defaultLocale = 'en-US';
/** Beside the code that runs: src/languages under tsx and vitest, dist/languages when built. */
export const languagesDirectory = fileURLToPath(new URL('../../languages', import.meta.url));

export type Translate = (key: MessageKey, values?: Values) => string;
export type Resource = { readonly [key: string]: string | readonly string[] | Resource };
/** Locale → module → its sentences. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Resource>>>>;

/** Everything the language file says about one command. */
export interface CommandText {
	readonly description: string;
	readonly details?: string;
	readonly examples: readonly string[];
	readonly options: Readonly<Record<string, string>>;
}

export interface Languages {
	readonly locales: readonly string[];
	/** The modules that have a file. */
	modules(): readonly string[];
	/** Sentences in a locale; en-US stands in for a locale or sentence that we don't have. */
	translator(locale: string): Translate;
	/** True when the key exists: for keys that are put together at run time, such as `<module>:refusals.<code>`. */
	has(key: string): key is MessageKey;
	/** What is said about the command `id` (`module.leaf`). Throws when the file says nothing. */
	command(id: string, locale?: string): CommandText;
	/** A module's file as it is. */
	resource(module: string, locale?: string): Resource;
}

export interface LanguageOptions {
	readonly directory?: string;
	/** Further locales, made in memory. */
	readonly extra?: Resources;
	/** Told about a missing sentence or value. Throws by default; production logs. */
	readonly onProblem?: (problem: string) => void;
}

/** Reads every sentence once; needs neither a client nor a login. */
export function loadLanguages(options: LanguageOptions = {}): Languages {
	const resources: Resources = { ...readResources(options.directory ?? languagesDirectory), ...options.extra };
	const onProblem = options.onProblem ?? fail;
	const instance = i18next.createInstance();
	// `initAsync: false` with resources at hand: done when the call returns.
	void instance.init({
		resources,
		lng: defaultLocale,
		fallbackLng: defaultLocale,
		ns: Object.keys(resources[defaultLocale] ?? {}),
		initAsync: false,
		showSupportNotice: false
	});

	const translators = new Map<string, Translate>();
	// Only the choice of the sentence (language, plural) is i18next's: the values go in by our own single pass.
	const sentenceOf = (locale: string, key: string, count: { count?: number }): string | null => {
		if (!instance.exists(key, count)) return null;
		const found: unknown = instance.t(key, { lng: locale, skipInterpolation: true, returnObjects: true, ...count });
		return typeof found === 'string' ? found : null;
	};
	const translatorOf = (locale: string): Translate => {
		return (key, values = {}) => {
			const sentence = sentenceOf(locale, key, countOf(values));
			if (sentence !== null) {
				return interpolate(sentence, values, locale, (name) => onProblem(`The sentence "${key}" wants a value "${name}".`));
			}
			onProblem(`There is no sentence "${key}".`);
			return key;
		};
	};
	const resource = (module: string, locale: string = defaultLocale): Resource => {
		const found = resources[locale]?.[module] ?? resources[defaultLocale]?.[module];
		if (found === undefined) throw new Error(`There is no language file for the module "${module}".`);
		return found;
	};

	return {
		locales: Object.keys(resources),
		modules: () => Object.keys(resources[defaultLocale] ?? {}),
		translator(locale) {
			const known = Object.hasOwn(resources, locale) ? locale : defaultLocale;
			const kept = translators.get(known) ?? translatorOf(known);
			translators.set(known, kept);
			return kept;
		},
		has: (key): key is MessageKey => (sentenceOf(defaultLocale, key, {}) ?? sentenceOf(defaultLocale, key, { count: 1 })) !== null,
		command(id, locale) {
			const dot = id.indexOf('.');
			const commands = resource(id.slice(0, dot), locale)['commands'];
			const text = isResource(commands) ? commands[id.slice(dot + 1)] : undefined;
			if (!isResource(text)) throw new Error(`The language file says nothing about the command "${id}".`);
			return commandText(id, text);
		},
		resource
	};
}

/** i18next takes options and values from one object: only the count is given, so no value can be an option. */
function countOf(values: Values): { count?: number } {
	const count = values['count'];
	return typeof count === 'number' ? { count } : {};
}

function commandText(id: string, text: Resource): CommandText {
	const { description, details, examples = [], options = {} } = text;
	if (typeof description !== 'string') throw new Error(`The command "${id}" has no description.`);
	if (!isTexts(examples)) throw new Error(`The examples of the command "${id}" are not a list of texts.`);
	if (!isResource(options) || !areTexts(options)) throw new Error(`The options of the command "${id}" are not texts.`);
	return { description, ...(typeof details === 'string' ? { details } : {}), examples, options };
}

function isResource(value: Resource[string] | undefined): value is Resource {
	return typeof value === 'object' && !Array.isArray(value);
}

function isTexts(value: Resource[string]): value is readonly string[] {
	return Array.isArray(value);
}

function areTexts(value: Resource): value is Readonly<Record<string, string>> {
	return Object.values(value).every((text) => typeof text === 'string');
}

function readResources(directory: string): Resources {
	const locales: Record<string, Record<string, Resource>> = {};
	for (const locale of readdirSync(directory, { withFileTypes: true })) {
		if (!locale.isDirectory()) continue;
		const modules: Record<string, Resource> = {};
		for (const file of readdirSync(join(directory, locale.name))) {
			if (file.endsWith('.json')) modules[file.slice(0, -'.json'.length)] = readResource(join(directory, locale.name, file));
		}
		locales[locale.name] = modules;
	}
	return locales;
}

function readResource(path: string): Resource {
	try {
		return JSON.parse(readFileSync(path, 'utf8')) as Resource;
	} catch (cause) {
		throw new Error(`The language file ${path} cannot be read.`, { cause });
	}
}

function fail(problem: string): never {
	throw new Error(problem);
}
