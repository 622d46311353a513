import { expect, test } from 'vitest';
import { leadingDuration, parseDuration } from '#lib/time/duration.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
	['5s', 5 * second],
	['5 s', 5 * second],
	['1h30m', 90 * minute],
	['1h 30m', 90 * minute],
	['1 hour and 30 minutes', 90 * minute],
	['1 hour, 30 minutes', 90 * minute],
	['in 2 days', 2 * day],
	['an hour', hour],
	['1.5h', 90 * minute],
	['2w', 14 * day],
	['1y', 365 * day],
	['1D', day],
	['0s', 0]
])('"%s" is a length of time', (text, expected) => {
	expect(parseDuration(text)).toBe(expected);
});

test.each(['', '5', 'tea', '5 bananas', '-5m', '5m tea', '5mt', '1h30', '1h:30m', 'in', '5 to 6 minutes', 'e5m'])(
	'"%s" is no length of time',
	(text) => {
		expect(parseDuration(text)).toBeNull();
	}
);

test.each([
	['5m tea', 5 * minute, 'tea'],
	['5m 3 cups of tea', 5 * minute, '3 cups of tea'],
	['1h30m 2 mice', 90 * minute, '2 mice'],
	['in 10 minutes: drink', 10 * minute, null],
	['2 hours from now tea', 2 * hour, 'tea'],
	['2 hours ago tea', 0, null],
	['5m\ntea', 5 * minute, 'tea'],
	['in an hour and a half', hour, 'and a half']
])('at the start of "%s" it leaves the rest', (text, ms, rest) => {
	expect(leadingDuration(text)).toEqual(rest === null ? null : { ms, rest });
});
