import { expect, test } from 'vitest';
import { loadLanguages } from '#lib/i18n/languages.js';
import { optOutBits, optOutFeatures } from '#modules/privacy/domain.js';
import { forgottenView, switchesView } from '#modules/privacy/view.js';

const t = loadLanguages().translator('en-US');

test('the table shows every switch, and which are on', () => {
	const { description = '' } = switchesView(optOutBits.names, ';', t);
	for (const feature of optOutFeatures) expect(description).toContain(`\`${feature}\``);
	const on = description.split('\n').filter((line) => line.includes(' – opted out'));
	expect(on).toHaveLength(1);
	expect(on[0]).toContain('names');
	expect(description).toContain('Last.fm');
	expect(description).toContain(';privacy names on');
});

test('one switch alone can be shown', () => {
	expect(switchesView(0, '/', t, ['seen']).description).not.toContain('lastfm');
});

test.each([
	[0, 'nothing left'],
	[1, 'one entry'],
	[7, '7 entries']
])('%i deleted rows are "%s"', (erased, words) => {
	expect(forgottenView({ erased, kept: [], failed: [] }, { id: '1' }, t).description).toContain(words);
});

test('a reason is said once, however many tables have it', () => {
	const kept = ['a', 'b'].map((table) => ({ table, count: 1, reason: 'house:kept.opt-out' as const }));
	const { description = '' } = forgottenView({ erased: 1, kept, failed: [] }, { id: '1' }, t);
	expect(description.match(/what you opted out of/g)).toHaveLength(1);
});
