import { describe, expect, test } from 'vitest';
import { judgePrefix } from '#modules/prefixes/domain.js';
import { hostileTexts } from '../discord/hostileTexts.js';

test.each(['!', '?', '..', 'ev.', '-', '->', '$$', 'a', '🔥', '👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 'ä', '…', '>a', '<3'])(
	'"%s" may be a prefix',
	(wanted) => {
		expect(judgePrefix(wanted, ';')).toEqual({ ok: true, value: wanted });
	}
);

test.each([
	['four characters', 'abcd', 'too-long'],
	['four emojis', '🔥🔥🔥🔥', 'too-long'],
	['a letter under a pile of marks', `a${'\u0301'.repeat(50)}`, 'too-long'],
	['nothing', '', 'white-space'],
	['a space', ' ', 'white-space'],
	['a space inside', 'a b', 'white-space'],
	['a line break', '!\n', 'white-space'],
	['a zero-width space', '\u200b', 'white-space'],
	['a right-to-left mark', '\u202e', 'white-space'],
	['a right-to-left mark before a letter', '\u202e!', 'white-space'],
	['a zero-width space after a letter', 'a\u200b', 'white-space'],
	['a joiner between nothing', '\u200d\u200d', 'white-space'],
	['a Hangul filler', '\u3164', 'white-space'],
	['a mark without a letter', '\u0301', 'white-space'],
	['half an emoji', '\ud83d', 'white-space'],
	['a mention', '<@123456789012345678>', 'reserved'],
	['a channel', '<#123456789012345678>', 'reserved'],
	['an emoji of a server', '<:a:1>', 'reserved'],
	['an at', '@', 'reserved'],
	['a hash', 'a#', 'reserved'],
	['a slash', '/', 'reserved'],
	['a back-tick', '`', 'reserved'],
	['bold', '**', 'markdown'],
	['a spoiler', '||', 'markdown'],
	['a quote', '>', 'markdown'],
	['an underscore', '_', 'markdown'],
	['a backslash', '\\', 'markdown'],
	['what it is already', ';', 'already']
])('%s may not', (_, wanted, code) => {
	const outcome = judgePrefix(wanted, ';');
	expect(outcome.ok ? null : outcome.code).toBe(code);
});

test('upper case makes no other prefix', () => {
	expect(judgePrefix('EV', 'ev')).toMatchObject({ code: 'already' });
});

test('without a prefix nothing is "already"', () => {
	expect(judgePrefix(';', null)).toMatchObject({ ok: true });
});

describe.each(hostileTexts)('%s', (_, text) => {
	test('is judged without trouble, and never accepted', () => {
		expect(judgePrefix(text, ';').ok).toBe(false);
	});
});
