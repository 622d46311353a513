import type { CommandIndex } from '#lib/commands/commandIndex.js';
import type { Languages } from '#lib/i18n/languages.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { type Category, categoriesOf } from './catalogue.js';

export type { Category };

export interface HelpService {
	readonly commandsUrl: string | null;
	readonly supportServer: string | null;
	/** The modules with their names for people, in a language. */
	categories(index: CommandIndex, locale: string): readonly Category[];
}

/** Tells people what they can do. */
export function helpModule({ config, languages }: Pick<Infrastructure, 'config' | 'languages'>): HelpService {
	return {
		commandsUrl: config.commandsUrl,
		supportServer: config.supportServer,
		categories: (index, locale) => categoriesOf(index, (module) => categoryName(module, locale, languages))
	};
}

/** The module's name for people; a module without one shows its own, which a test does not let pass. */
function categoryName(module: string, locale: string, languages: Languages): string {
	const key = `help:categories.${module}`;
	return languages.has(key) ? languages.translator(locale)(key) : module;
}
