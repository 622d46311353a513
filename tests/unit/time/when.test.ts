import { expect, test } from 'vitest';
import { leadingTime } from '#lib/time/when.js';

const iso = (text: string, now = '2026-01-01T12:00:00Z', zone = 'Europe/Berlin') => {
	const found = leadingTime(text, Date.parse(now), zone);
	return found && { ...found, at: new Date(found.at).toISOString().replace('.000Z', 'Z') };
};

test.each([
	['1h30m tea', '2026-01-01T13:30:00Z', 'tea', 'relative'],
	['in 2 days tea', '2026-01-03T12:00:00Z', 'tea', 'relative'],
	['half an hour', '2026-01-01T12:30:00Z', '', 'relative'],
	['tomorrow 9am tea', '2026-01-02T08:00:00Z', 'tea', 'zone'],
	['tomorrow at 9am tea', '2026-01-02T08:00:00Z', 'tea', 'zone'],
	['2026-12-24 18:00 presents', '2026-12-24T17:00:00Z', 'presents', 'zone'],
	['24.12.2026 18:00 presents', '2026-12-24T17:00:00Z', 'presents', 'zone'],
	['dec 24 at 6pm presents', '2026-12-24T17:00:00Z', 'presents', 'zone'],
	['friday 5pm', '2026-01-02T16:00:00Z', '', 'zone'],
	['18:00 tea', '2026-01-01T17:00:00Z', 'tea', 'zone'],
	['at noon eat', '2026-01-02T11:00:00Z', 'eat', 'zone'],
	['tonight sleep', '2026-01-01T21:00:00Z', 'sleep', 'zone'],
	['in 2 days at 9am standup', '2026-01-03T08:00:00Z', 'standup', 'zone'],
	['in a week at 18:30 tea', '2026-01-08T17:30:00Z', 'tea', 'zone'],
	['1 day at noon eat', '2026-01-02T11:00:00Z', 'eat', 'zone'],
	['in 2 hours at 9am tea', '2026-01-01T14:00:00Z', 'at 9am tea', 'relative'],
	['in 2 days at 5 people', '2026-01-03T12:00:00Z', 'at 5 people', 'relative'],
	['9am UTC tea', '2026-01-02T09:00:00Z', 'tea', 'offset'],
	['9am +0200 tea', '2026-01-02T07:00:00Z', 'tea', 'offset'],
	['2026-12-24T18:00:00Z tea', '2026-12-24T18:00:00Z', 'tea', 'offset']
])('"%s" is %s', (text, at, rest, kind) => {
	expect(iso(text)).toEqual({ at, rest, kind });
});

test('a clock time that is over today is tomorrow’s', () => {
	expect(iso('9:30 tea')?.at).toBe('2026-01-02T08:30:00Z');
});

test.each(['', 'tea', 'may I go', 'tea in 5 minutes', '10 apples', 'sunny day', 'march on', 'drink at 5pm'])(
	'"%s" begins with no time',
	(text) => {
		expect(iso(text)).toBeNull();
	}
);

test('each zone has its own nine o’clock', () => {
	expect(iso('tomorrow 9am', '2026-01-01T12:00:00Z', 'America/New_York')?.at).toBe('2026-01-02T14:00:00Z');
	expect(iso('tomorrow 9am', '2026-01-01T12:00:00Z', 'Asia/Kathmandu')?.at).toBe('2026-01-02T03:15:00Z');
});

test('tomorrow is the next day of the zone, not of UTC', () => {
	expect(iso('tomorrow 9am', '2026-01-01T23:30:00Z', 'Asia/Tokyo')?.at).toBe('2026-01-03T00:00:00Z');
});

test('a time after the clocks change has the offset of its own day', () => {
	// Berlin: +01:00 until 29 March 2026, then +02:00.
	expect(iso('2026-03-30 09:00', '2026-03-28T12:00:00Z')?.at).toBe('2026-03-30T07:00:00Z');
	expect(iso('2026-10-26 09:00', '2026-10-24T12:00:00Z')?.at).toBe('2026-10-26T08:00:00Z');
});

test('a time that the change of the clocks skips is moved on by the missing hour', () => {
	expect(iso('2026-03-29 02:30', '2026-03-28T12:00:00Z')?.at).toBe('2026-03-29T01:30:00Z');
});

test('of a time that comes twice, the first is meant, and the second when the first is over', () => {
	expect(iso('02:50', '2026-10-25T01:40:00Z')?.at).toBe('2026-10-25T01:50:00Z');
	expect(iso('02:50', '2026-10-25T00:40:00Z')?.at).toBe('2026-10-25T00:50:00Z');
	expect(iso('2026-10-25 02:30', '2026-10-24T12:00:00Z')?.at).toBe('2026-10-25T00:30:00Z');
});

test('29 February exists in leap years only', () => {
	expect(iso('2028-02-29 10:00')?.at).toBe('2028-02-29T09:00:00Z');
	expect(iso('2027-02-29 10:00')?.at).not.toBe('2027-02-29T09:00:00Z');
	expect(iso('tomorrow 9am', '2028-02-28T12:00:00Z')?.at).toBe('2028-02-29T08:00:00Z');
});

test('the year 2038 is a year like others', () => {
	expect(iso('2038-01-20 09:00', '2038-01-01T00:00:00Z')?.at).toBe('2038-01-20T08:00:00Z');
});
