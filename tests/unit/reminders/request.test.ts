import { expect, test } from 'vitest';
import { parseEvery, readLine, readWhen } from '#modules/reminders/request.js';

const now = Date.UTC(2026, 0, 1, 12);
const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;
const zone = 'Europe/Berlin';

const line = (text: string, inZone: string | null = zone) => {
	const read = readLine(text, now, inZone);
	return read.ok ? { ...read.value, in: read.value.dueAt - now, dueAt: undefined } : read.code;
};
const expected = (ms: number, text: string, everyMs: number | null = null, inDm = false) => ({
	in: ms,
	text,
	everyMs,
	inDm,
	dueAt: undefined
});

test.each([
	['5s tea', expected(5 * second, 'tea')],
	['1h30m tea', expected(1.5 * hour, 'tea')],
	['in 2 days tea', expected(2 * day, 'tea')],
	['me in 5 minutes to drink tea', expected(300 * second, 'drink tea')],
	['5m 3 cups of tea', expected(300 * second, '3 cups of tea')],
	['tomorrow 9am tea', expected(20 * hour, 'tea')],
	['5m 9am meeting', expected(300 * second, '9am meeting')],
	['1h every 1d tea', expected(hour, 'tea', day)],
	['1h every day tea', expected(hour, 'tea', day)],
	['every 2h tea', expected(2 * hour, 'tea', 2 * hour)],
	['every day at 9am stand up', expected(20 * hour, 'stand up', day)],
	['1h drink water every 2h', expected(hour, 'drink water', 2 * hour)],
	['1h drink water every 2 hours', expected(hour, 'drink water', 2 * hour)],
	['1h in dm tea', expected(hour, 'tea', null, true)],
	['in dm 1h tea', expected(hour, 'tea', null, true)],
	['1h every 1d in dm drink water', expected(hour, 'drink water', day, true)],
	['1h every cloud has a silver lining', expected(hour, 'every cloud has a silver lining')],
	['1h look at every page', expected(hour, 'look at every page')],
	['1h answer Bob in dm', expected(hour, 'answer Bob in dm')],
	['1h, tea', expected(hour, 'tea')],
	['5m\nfirst line\nsecond line', expected(300 * second, 'first line\nsecond line')],
	['5m', expected(300 * second, '')]
])('"%s"', (text, wanted) => {
	expect(line(text)).toEqual(wanted);
});

test.each(['', 'tea', 'tea in 5 minutes', 'soon tea', 'me', 'in dm tea', '5 tea', '@everyone 5m'])('"%s" has no time', (text) => {
	expect(line(text)).toBe('no-time');
});

test('a clock time of a person without a zone asks for the zone; a length of time and an own offset do not', () => {
	expect(line('tomorrow 9am tea', null)).toBe('needs-timezone');
	expect(line('every day at 9am tea', null)).toBe('needs-timezone');
	expect(line('5m tea', null)).toEqual(expected(300 * second, 'tea'));
	expect(line('tomorrow 9am UTC tea', null)).toEqual(expected(21 * hour, 'tea'));
});

test('a moment given alone must be a moment and nothing else', () => {
	expect(readWhen('tomorrow 9am', now, zone)).toEqual({ ok: true, value: now + 20 * hour });
	expect(readWhen(' 5m ', now, null)).toEqual({ ok: true, value: now + 300 * second });
	expect(readWhen('5m tea', now, zone)).toMatchObject({ code: 'no-time' });
	expect(readWhen('tomorrow 9am', now, null)).toMatchObject({ code: 'needs-timezone' });
	expect(readWhen('', now, zone)).toMatchObject({ code: 'no-time' });
});

test.each([
	['1d', day],
	['every 2h', 2 * hour],
	['day', day],
	['every week', 7 * day],
	['soon', null],
	['', null]
])('"%s" as a repetition', (typed, ms) => {
	expect(parseEvery(typed)).toBe(ms);
});
