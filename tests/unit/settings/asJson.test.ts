import { expect, test } from 'vitest';
import { asJson } from '#lib/settings/asJson.js';

test.each([
	['a bigint is its digits', 12345678901234567890n, '12345678901234567890'],
	['a date is its text', new Date(0), '1970-01-01T00:00:00.000Z'],
	['no date at all is null', new Date(Number.NaN), null],
	['a number that JSON cannot hold is null', Number.POSITIVE_INFINITY, null],
	['nothing is null', undefined, null],
	['undefined fields are left out, null ones stay', { a: undefined, b: null }, { b: null }],
	['lists, sets and maps are lists', [[1n], new Set(['a']), new Map([['k', 1]])], [['1'], ['a'], [['k', 1]]]],
	['a function is null', () => 1, null]
])('%s', (_, value, expected) => {
	expect(asJson(value)).toEqual(expected);
});
