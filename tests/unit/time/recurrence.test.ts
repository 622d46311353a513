import { expect, test } from 'vitest';
import { nextOccurrence } from '#lib/time/recurrence.js';

const hour = 3_600_000;
const day = 24 * hour;
const next = (from: string, every: number, now: string, zone = 'Europe/Berlin') =>
	new Date(nextOccurrence(Date.parse(from), every, Date.parse(now), zone)).toISOString().replace('.000Z', 'Z');

test('the next one comes one step after the last', () => {
	expect(next('2026-01-01T08:00:00Z', hour, '2026-01-01T08:00:00Z')).toBe('2026-01-01T09:00:00Z');
	expect(next('2026-01-01T08:00:00Z', hour, '2026-01-01T08:00:03Z')).toBe('2026-01-01T09:00:00Z');
});

test('after a long time away it is the first one still to come, on its own minute', () => {
	expect(next('2026-01-01T08:00:00Z', hour, '2026-03-05T17:20:00Z')).toBe('2026-03-05T18:00:00Z');
	expect(next('2026-01-01T08:00:00Z', day, '2026-03-05T17:20:00Z')).toBe('2026-03-06T08:00:00Z');
});

test('now is not to come', () => {
	expect(next('2026-01-01T08:00:00Z', hour, '2026-01-01T10:00:00Z')).toBe('2026-01-01T11:00:00Z');
});

test('every day at nine stays at nine when the clocks change', () => {
	expect(next('2026-03-28T08:00:00Z', day, '2026-03-28T08:00:01Z')).toBe('2026-03-29T07:00:00Z');
	expect(next('2026-10-24T07:00:00Z', day, '2026-10-24T07:00:01Z')).toBe('2026-10-25T08:00:00Z');
	expect(next('2026-03-01T08:00:00Z', 7 * day, '2026-03-28T08:00:00Z')).toBe('2026-03-29T07:00:00Z');
});

test('around the change no day is left out and none comes twice', () => {
	const times: string[] = [];
	let at = '2026-03-27T08:00:00Z';
	for (let turn = 0; turn < 4; turn++) {
		at = next('2026-03-27T08:00:00Z', day, at);
		times.push(at);
	}
	expect(times).toEqual(['2026-03-28T08:00:00Z', '2026-03-29T07:00:00Z', '2026-03-30T07:00:00Z', '2026-03-31T07:00:00Z']);
});

test('every 36 hours is exact whatever the clocks do', () => {
	expect(next('2026-03-28T08:00:00Z', 36 * hour, '2026-03-28T09:00:00Z')).toBe('2026-03-29T20:00:00Z');
});

test('a year of days over a leap day', () => {
	expect(next('2028-02-28T08:00:00Z', day, '2028-02-28T09:00:00Z')).toBe('2028-02-29T08:00:00Z');
	expect(next('2028-02-29T08:00:00Z', day, '2028-02-29T09:00:00Z')).toBe('2028-03-01T08:00:00Z');
});
