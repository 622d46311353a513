import { describe, expect, test } from 'vitest';
import { cleanReason, endsAbsence, isDueAgain, judgeReason, nameChanges, nameKey, personOfNameKey } from '#modules/afk/domain.js';

describe('whether a message ends an absence', () => {
	test.each([
		['at once', 0, false],
		['a moment before five seconds', 4_999, false],
		['after five seconds', 5_000, true],
		['much later', 86_400_000, true],
		['before it began, by a clock that differs', -1, false]
	])('%s', (_, after, expected) => {
		expect(endsAbsence({ reason: 'tea', since: 1_000_000 }, 1_000_000 + after)).toBe(expected);
	});
});

describe('whether something is due again', () => {
	test.each([
		['never done', undefined, true],
		['just done', 1_000, false],
		['a moment too early', 1_000 - 29_999, false],
		['exactly then', 1_000 - 30_000, true],
		['done in the future', 2_000, false]
	])('%s', (_, last, expected) => {
		expect(isDueAgain(last, 1_000, 30_000)).toBe(expected);
	});
});

describe('a reason', () => {
	test.each([
		['is kept as it is', 'having *tea*', 'having *tea*'],
		['is one line', ' at\r\n\tlunch \u0000 now ', 'at lunch now'],
		['has no half characters', 'tea \ud83d', 'tea \ufffd']
	])('%s', (_, typed, expected) => {
		expect(cleanReason(typed)).toBe(expected);
	});

	test.each([null, '', ' \n\t '])('that says nothing (%j) is the usual one', (typed) => {
		expect(judgeReason(typed, 'AFK')).toEqual({ ok: true, value: 'AFK' });
	});

	test('has at most 100 characters', () => {
		expect(judgeReason('x'.repeat(100), 'AFK')).toEqual({ ok: true, value: 'x'.repeat(100) });
		expect(judgeReason('x'.repeat(101), 'AFK')).toEqual({ ok: false, code: 'reason-too-long', values: { most: 100 } });
	});
});

describe('the changes that a name means', () => {
	const who = { userId: '7', kind: 'nickname', guildId: '1', at: 50 } as const;

	test('an old name that was known comes first, for want of any other', () => {
		expect(nameChanges(who, 'ana', 'bea')).toEqual([
			{ ...who, value: 'ana', at: 49, onlyIfFirst: true },
			{ ...who, value: 'bea', onlyIfFirst: false }
		]);
	});

	test.each([
		['not known', null],
		['empty', ''],
		['the same', 'bea']
	])('an old name that is %s is left out', (_, before) => {
		expect(nameChanges(who, before, 'bea')).toEqual([{ ...who, value: 'bea', onlyIfFirst: false }]);
	});

	test('are gathered by person, kind and server', () => {
		expect(nameKey(who)).toBe('7:nickname:1');
		expect(nameKey({ ...who, guildId: null })).not.toBe(nameKey(who));
		expect(personOfNameKey(nameKey(who))).toBe('7');
	});
});
