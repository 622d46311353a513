import { describe, expect, test } from 'vitest';
import { checkReminder, decideDue, decideSnooze, isActive, limits, nonceOf, type Reminder } from '#modules/reminders/domain.js';

const now = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
const day = 24 * hour;

const reminder = (change: Partial<Reminder> = {}): Reminder => ({
	id: 7,
	userId: 'ana',
	guildId: null,
	channelId: '3',
	messageId: null,
	text: 'tea',
	dueAt: now,
	everyMs: null,
	inDm: false,
	occurrence: 0,
	sentAt: null,
	seriesAt: null,
	createdAt: now - hour,
	...change
});

describe('what may be set', () => {
	test.each([
		[-1, 'in-the-past'],
		[0, 'too-soon'],
		[999, 'too-soon'],
		[1_000, null],
		[365 * day, null],
		[365 * day + 1, 'too-far']
	])('%i ms from now: %s', (ms, code) => {
		const outcome = checkReminder({ dueAt: now + ms }, now);
		expect(outcome.ok ? null : outcome.code).toBe(code);
	});

	test.each([
		[hour - 1, 'every-too-short'],
		[hour, null],
		[365 * day, null],
		[365 * day + 1, 'every-too-long'],
		[null, null]
	])('every %s ms: %s', (everyMs, code) => {
		const outcome = checkReminder({ everyMs }, now);
		expect(outcome.ok ? null : outcome.code).toBe(code);
	});

	test.each([
		['', 'no-text'],
		['  \n ', 'no-text'],
		['a', null],
		['a'.repeat(limits.textLength), null],
		['a'.repeat(limits.textLength + 1), 'text-too-long']
	])('a text (%#): %s', (text, code) => {
		const outcome = checkReminder({ text }, now);
		expect(outcome.ok ? null : outcome.code).toBe(code);
	});
});

describe('what happens when the alarm rings', () => {
	test.each([
		['gone', null, { action: 'nothing' }],
		['already delivered', reminder({ sentAt: now - 1 }), { action: 'nothing' }],
		['a second too early', reminder({ dueAt: now + 1_000 }), { action: 'wait', ms: 1_000 }],
		['on time', reminder(), { action: 'deliver', lateMs: null }],
		['five seconds late', reminder({ dueAt: now - 5_000 }), { action: 'deliver', lateMs: null }],
		['later than that', reminder({ dueAt: now - 5_001 }), { action: 'deliver', lateMs: 5_001 }],
		['a series that came before', reminder({ sentAt: now - hour, everyMs: hour }), { action: 'deliver', lateMs: null }]
	])('%s', (_, given, expected) => {
		expect(decideDue(given, now)).toEqual(expected);
	});
});

test('a reminder is to come until it was sent, a series always', () => {
	expect(isActive({ sentAt: null, everyMs: null })).toBe(true);
	expect(isActive({ sentAt: now, everyMs: null })).toBe(false);
	expect(isActive({ sentAt: now, everyMs: hour })).toBe(true);
});

describe('putting off', () => {
	const sent = reminder({ sentAt: now, occurrence: 1 });
	const series = reminder({ sentAt: now, occurrence: 3, everyMs: hour });
	test.each([
		['the one that just came', sent, 'ana', 0, now, 'again'],
		['a day later', sent, 'ana', 0, now + day, 'again'],
		['more than a day later', sent, 'ana', 0, now + day + 1, 'snooze-over'],
		['another person', sent, 'bob', 0, now, 'unknown'],
		['gone', null, 'ana', 0, now, 'unknown'],
		['a message whose delivery is not stored yet', reminder({ dueAt: now }), 'ana', 0, now, 'just-sent'],
		['the same of a series', reminder({ dueAt: now, sentAt: now - hour, everyMs: hour, occurrence: 3 }), 'ana', 3, now, 'just-sent'],
		['snoozed already', reminder({ occurrence: 1 }), 'ana', 0, now, 'already-snoozed'],
		['an older message of it', reminder({ sentAt: now, occurrence: 2 }), 'ana', 0, now, 'already-snoozed'],
		['a delivery that never was', sent, 'ana', 1, now, 'already-snoozed'],
		['the last of a series', series, 'ana', 2, now, 'copy'],
		['an older one of a series', series, 'ana', 0, now, 'copy'],
		['one of a series that is still to come', reminder({ ...series, dueAt: now + 1 }), 'ana', 3, now, 'unknown']
	])('%s', (_, given, userId, occurrence, at, expected) => {
		const outcome = decideSnooze(given, userId, occurrence, at);
		expect(outcome.ok ? outcome.value : outcome.code).toBe(expected);
	});
});

test('the nonce is the same for each try of one delivery, differs between deliveries and fits Discord', () => {
	expect(nonceOf(reminder())).toBe(nonceOf(reminder({ dueAt: now + hour })));
	expect(nonceOf(reminder({ occurrence: 1 }))).not.toBe(nonceOf(reminder()));
	expect(nonceOf(reminder({ id: 8 }))).not.toBe(nonceOf(reminder()));
	expect(nonceOf(reminder({ id: 2 ** 31 - 1, occurrence: 2 ** 31 - 1 })).length).toBeLessThanOrEqual(25);
});
