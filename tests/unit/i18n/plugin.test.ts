import { InternationalizationHandler, i18next } from '@sapphire/plugin-i18next';
import { beforeAll, expect, test } from 'vitest';
import { loadLanguages } from '#lib/i18n/languages.js';
import { i18nOptions } from '#lib/i18n/locale.js';

const languages = loadLanguages();
const handler = new InternationalizationHandler(
	i18nOptions({ user: (id) => (id === 'ana' ? 'de' : null), guild: (id) => (id === '1' ? 'fr' : null) }, ['en-US', 'de', 'fr'])
);

beforeAll(() => handler.init());

test('the plugin reads the same files', () => {
	expect([...handler.namespaces].sort()).toEqual([...languages.modules()].sort());
	expect(handler.getT('en-US')('components:refusals.no-such-page', { pages: 3 })).toBe(
		languages.translator('en-US')('components:refusals.no-such-page', { pages: 3 })
	);
});

test('a value can bring neither formatting nor placeholders into the plugin’s sentences', () => {
	const said = String(handler.getT('en-US')('components:pager.which', { pages: '**x** {{pages}} $t(components:pager.empty)' }));
	expect(said).not.toContain('There is nothing here');
	expect(said).not.toMatch(/(?<!\\)\*\*/);
	expect(i18next.isInitialized).toBe(true);
});

test.each([
	['the interaction first', { interactionLocale: 'fr', user: 'ana', guild: '1' }, 'fr'],
	['then the person', { user: 'ana', guild: '1' }, 'de'],
	['then the server', { user: 'bob', guild: '1' }, 'fr'],
	['what the server speaks, where nobody chose', { user: 'bob', guild: '2', preferred: 'de' }, 'de'],
	['English at last', { user: 'bob' }, 'en-US']
])('the language is that of %s', (_, { interactionLocale, user, guild, preferred = 'en-US' }: Who, expected) => {
	const context = {
		guild: guild === undefined ? null : { id: guild, preferredLocale: preferred },
		user: { id: user },
		channel: null,
		...(interactionLocale && { interactionLocale })
	};
	expect(Reflect.apply(handler.fetchLanguage, handler, [context])).toBe(expected);
});

interface Who {
	readonly interactionLocale?: string;
	readonly user: string;
	readonly guild?: string;
	readonly preferred?: string;
}
