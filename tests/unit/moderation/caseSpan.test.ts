import { expect, test } from 'vitest';
import { isTooWide, numbersBeginningWith, readCaseSpan } from '../../../src/modules/moderation/domain/caseSpan.js';

test.each([
	['5', { kind: 'numbers', from: 5, to: 5 }],
	['#5', { kind: 'numbers', from: 5, to: 5 }],
	['3-9', { kind: 'numbers', from: 3, to: 9 }],
	['#3..#9', { kind: 'numbers', from: 3, to: 9 }],
	['9-3', { kind: 'numbers', from: 3, to: 9 }],
	['Latest', { kind: 'latest' }],
	['last', { kind: 'latest' }],
	['0', null],
	['0-3', null],
	['-3', null],
	['3-', null],
	['5x', null],
	['2147483647', { kind: 'numbers', from: 2_147_483_647, to: 2_147_483_647 }],
	['2147483648', null],
	['spam', null],
	['', null]
])('%s is read', (typed, expected) => {
	expect(readCaseSpan(typed)).toEqual(expected);
});

test('fifty cases are changed at once, and not one more', () => {
	expect(isTooWide({ kind: 'numbers', from: 1, to: 50 })).toBe(false);
	expect(isTooWide({ kind: 'numbers', from: 1, to: 51 })).toBe(true);
	expect(isTooWide({ kind: 'latest' })).toBe(false);
});

test('digits stand for every number that begins with them', () => {
	const ranges = numbersBeginningWith('12');
	expect(ranges.slice(0, 3)).toEqual([
		{ from: 12, to: 12 },
		{ from: 120, to: 129 },
		{ from: 1_200, to: 1_299 }
	]);
	expect(ranges.every(({ from, to }) => from <= to && to <= 2_147_483_647)).toBe(true);
	for (const none of ['', '0', '012', 'spam', '12a']) expect(numbersBeginningWith(none)).toEqual([]);
});
