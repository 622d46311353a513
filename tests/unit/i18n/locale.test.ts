import { expect, test } from 'vitest';
import { chooseLocale } from '#lib/i18n/locale.js';

const locales = ['en-US', 'de', 'fr'];

test.each([
	['the interaction first', { interaction: 'de', user: 'fr', guild: 'fr' }, 'de'],
	['then the person', { user: 'fr', guild: 'de' }, 'fr'],
	['then the server', { user: null, guild: 'de' }, 'de'],
	['one that we do not have is passed over', { interaction: 'ja', user: 'xx', guild: 'fr' }, 'fr'],
	['English when nobody says', {}, 'en-US']
])('%s', (_, sources, expected) => {
	expect(chooseLocale(sources, locales)).toBe(expected);
});
