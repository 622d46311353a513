import { describe, expect, test } from 'vitest';
import { wordsOfPreset } from '../../../emulator/actions/autoModerationPresets.js';
import { isMentionRaid, isSpam, mentionsIn } from '../../../emulator/actions/autoModerationSpam.js';
import { matchText } from '../../../emulator/actions/autoModerationWords.js';
import { Guild } from '../../../emulator/state/guild.js';

const now = Date.parse('2024-06-01T00:00:00Z');

describe('words', () => {
	// The table of https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object-keyword-matching-strategies
	test.each([
		['cat*', ['catch', 'Catapult', 'CAttLE'], ['wildcat', 'location']],
		['the mat*', ['the matrix'], ['breathe matter']],
		['*cat', ['wildcat', 'copyCat'], ['catch']],
		['*tra', ['extra', 'ultra', 'orchesTRA'], ['train']],
		['*the mat', ['breathe mat'], ['the matrix']],
		['*cat*', ['location', 'eduCation'], ['dog']],
		['*the mat*', ['breathe matter'], ['a mat']],
		['cat', ['cat', 'a CAT!', '(cat)'], ['catch', 'wildcat', 'cat5']],
		['the mat', ['on the mat.'], ['the matter']],
		['a.b', ['a.b'], ['axb']],
		['größe', ['die GRÖSSE Größe'], ['größer']]
	])('%s', (keyword, fits, misses) => {
		for (const text of fits) expect(matchText(text, [keyword]), text).not.toBeNull();
		for (const text of misses) expect(matchText(text, [keyword]), text).toBeNull();
	});

	test('the first keyword that stands there is told, with what fits it', () => {
		expect(matchText('a BADGER and a dog', ['cat', 'bad*', 'dog'])).toEqual({ keyword: 'bad*', content: 'BAD' });
	});

	test('an allowed word lets pass what lies within it alone', () => {
		expect(matchText('first class', ['*ass*'], [], ['class'])).toBeNull();
		expect(matchText('first class ass', ['*ass*'], [], ['class'])).toEqual({ keyword: '*ass*', content: 'ass' });
	});

	test('patterns are taken without case; one that is none, or finds nothing, does no harm', () => {
		expect(matchText('C4LL me', [], ['c[a4]ll'])).toEqual({ keyword: 'c[a4]ll', content: 'C4LL' });
		expect(matchText('aaa', [], ['(?=a)', 'x*', '('])).toBeNull();
		expect(matchText('a'.repeat(4000), [], ['(a+)+$b'])).toBeNull();
	});
});

describe('presets', () => {
	test('each has words, and no word stands in two', () => {
		const all = [1, 2, 3].flatMap((preset) => {
			expect(wordsOfPreset(preset).length).toBeGreaterThan(5);
			return [...wordsOfPreset(preset)];
		});
		expect(new Set(all).size).toBe(all.length);
		expect(wordsOfPreset(9)).toEqual([]);
	});
});

describe('spam', () => {
	const guild = new Guild('1', 'A server', '2');

	test.each([
		['one word twenty times', 'buy '.repeat(20), true],
		['one word nineteen times', 'buy '.repeat(19), false],
		['a gift behind a link', 'Free Discord Nitro! https://example.com', true],
		['a gift without a link', 'free nitro would be nice', false],
		['a link alone', 'https://example.com', false],
		['nothing', '  ', false]
	])('%s', (_, content, expected) => {
		expect(isSpam(guild, '3', content, now)).toBe(expected);
	});

	test('mentions of people and roles count once each, and of everyone not at all', () => {
		const [one, two] = ['111111111111111111', '222222222222222222'];
		expect([...mentionsIn(`<@${one}> <@!${one}> <@&${two}> @everyone <#${one}>`)]).toEqual([one, `&${two}`]);
	});

	test('who mentions nobody is no part of a raid', () => {
		expect(isMentionRaid(guild, '3', 'hello', now)).toBe(false);
	});
});
