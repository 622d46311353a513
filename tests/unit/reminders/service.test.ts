import { beforeEach, describe, expect, test } from 'vitest';
import { type DueTimer, LeaseLost } from '#lib/timers/types.js';
import type { Reminder } from '#modules/reminders/domain.js';
import type { Delivery } from '#modules/reminders/ports.js';
import { Reminders } from '#modules/reminders/service.js';
import { FakeClock } from '../../support/fakeClock.js';
import { MemoryReminders } from '../../support/memoryReminders.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const ana = { userId: 'ana', guildId: 'house', channelId: 'tea-room', messageId: 'm1' };

let clock: FakeClock;
let store: MemoryReminders;
let service: Reminders;
let posts: string[];
let answer: Delivery;
let whilePosting: (() => Promise<void>) | null;
let zone: string | null;

beforeEach(() => {
	clock = new FakeClock(Date.UTC(2026, 0, 1, 12));
	store = new MemoryReminders();
	posts = [];
	answer = 'sent';
	whilePosting = null;
	zone = null;
	service = new Reminders({
		reminders: store,
		clock,
		zones: { zoneOf: async () => zone },
		poster: {
			async post(reminder, lateMs) {
				posts.push(`${reminder.text} ${reminder.occurrence}${lateMs === null ? '' : ` late ${lateMs}`}`);
				await whilePosting?.();
				return answer;
			}
		}
	});
});

const timer = (id: number, attempts = 0): DueTimer => ({
	kind: 'reminderDue',
	key: String(id),
	guildId: null,
	dueAt: clock.now(),
	payload: {},
	attempts,
	finish: async () => undefined,
	moveTo: async () => undefined
});

async function add(line: string): Promise<Reminder> {
	const outcome = await service.addLine(ana, line);
	if (!outcome.ok) throw new Error(`refused: ${outcome.code}`);
	return outcome.value;
}

async function codeOf(outcome: Promise<{ ok: boolean; code?: string }>): Promise<string | null> {
	const { ok, code } = await outcome;
	return ok ? null : (code ?? '');
}

describe('setting', () => {
	test('a line by prefix and parts by slash set the same reminder', async () => {
		const typed = await add('5m every 1h in dm tea');
		const given = await service.add(ana, { when: '5m', text: 'tea', everyMs: hour, inDm: true });
		expect(given).toEqual({ ok: true, value: { ...typed, id: typed.id + 1 } });
		expect(typed).toMatchObject({ ...ana, dueAt: clock.now() + 5 * minute, everyMs: hour, inDm: true, createdAt: clock.now() });
	});

	test('what may not be is refused, and nothing is stored', async () => {
		expect(await codeOf(service.addLine(ana, 'tea'))).toBe('no-time');
		expect(await codeOf(service.addLine(ana, '5m'))).toBe('no-text');
		expect(await codeOf(service.addLine(ana, '0s tea'))).toBe('too-soon');
		expect(await codeOf(service.addLine(ana, '366 days tea'))).toBe('too-far');
		expect(await codeOf(service.addLine(ana, '2 hours ago tea'))).toBe('in-the-past');
		expect(await codeOf(service.addLine(ana, '5m every 59m tea'))).toBe('every-too-short');
		expect(await codeOf(service.addLine(ana, `5m ${'x'.repeat(1_001)}`))).toBe('text-too-long');
		expect(await codeOf(service.add(ana, { when: 'soon', text: 'tea', everyMs: null, inDm: false }))).toBe('no-time');
		expect(store.rows.size).toBe(0);
	});

	test('a clock time asks for the zone once; afterwards it is meant there', async () => {
		expect(await codeOf(service.addLine(ana, 'tomorrow 9am tea'))).toBe('needs-timezone');
		zone = 'Asia/Tokyo';
		expect((await add('tomorrow 9am tea')).dueAt).toBe(Date.UTC(2026, 0, 2, 0));
	});

	test('the 26th is refused, and fits when one came', async () => {
		for (let index = 0; index < 25; index++) await add(`${index + 1}m tea`);
		expect(await codeOf(service.addLine(ana, '1h tea'))).toBe('too-many');
		clock.advance(minute);
		await service.deliverDue(timer(1));
		expect(await codeOf(service.addLine(ana, '1h tea'))).toBeNull();
	});
});

describe('delivering', () => {
	test('one that is due is sent and kept for a snooze, without a timer', async () => {
		const { id } = await add('5m tea');
		clock.advance(5 * minute);
		expect(await service.deliverDue(timer(id))).toBe('done');
		expect(posts).toEqual(['tea 0']);
		expect(store.rows.get(id)).toMatchObject({ sentAt: clock.now(), occurrence: 1 });
		expect(store.timers.size).toBe(0);
		expect(await service.deliverDue(timer(id))).toBe('done');
		expect(posts).toHaveLength(1);
	});

	test('one that was moved meanwhile waits, one that was cancelled is nothing', async () => {
		const { id } = await add('5m tea');
		expect(await service.deliverDue(timer(id))).toEqual({ later: 5 * minute });
		await service.stop('ana', [id]);
		expect(await service.deliverDue(timer(id))).toBe('done');
		expect(posts).toEqual([]);
	});

	test('due while the bot was down: once, saying how late', async () => {
		const { id } = await add('5m tea');
		clock.advance(5 * minute + 25 * hour);
		await service.deliverDue(timer(id));
		expect(posts).toEqual([`tea 0 late ${25 * hour}`]);
	});

	test('a repeat after a long time away comes once and then at its next own time', async () => {
		const { id, dueAt } = await add('1h every 1h tea');
		clock.advance(10 * day + 30 * minute);
		expect(await service.deliverDue(timer(id))).toBe('done');
		expect(posts).toHaveLength(1);
		expect(store.timers.get(id)).toBe(dueAt + 10 * day);
		expect(store.timers.get(id)).toBeGreaterThan(clock.now());
	});

	test('every day keeps the hour of the person’s zone over a change of the clocks', async () => {
		zone = 'Europe/Berlin';
		clock.time = Date.UTC(2026, 2, 27, 12);
		const { id } = await add('tomorrow 9am every day tea');
		clock.time = Date.UTC(2026, 2, 28, 8);
		await service.deliverDue(timer(id));
		expect(store.timers.get(id)).toBe(Date.UTC(2026, 2, 29, 7));
	});

	test('with Discord away it is tried again, and nothing is recorded', async () => {
		const { id } = await add('5m tea');
		clock.advance(5 * minute);
		answer = 'retry';
		expect(await service.deliverDue(timer(id))).toBe('retry');
		expect(store.rows.get(id)).toMatchObject({ sentAt: null, occurrence: 0 });
		expect(await service.deliverDue(timer(id, 4))).toBe('retry');
	});

	test('a series survives a long outage: after the last try it goes on with its next time', async () => {
		const { id } = await add('1h every 1h tea');
		clock.advance(hour);
		answer = 'retry';
		expect(await service.deliverDue(timer(id, 3))).toBe('retry');
		clock.advance(3 * hour);
		expect(await service.deliverDue(timer(id, 4))).toBe('done');
		expect(store.timers.get(id)).toBe(clock.now() + hour);
	});

	test('every day at half past two is at half past three on the day that has none, and at half past two again after it', async () => {
		zone = 'Europe/Berlin';
		clock.advance(Date.UTC(2026, 2, 27, 12) - clock.now());
		const { id } = await add('2026-03-28 02:30 every day pills');
		const times: string[] = [];
		for (let turn = 0; turn < 4; turn++) {
			const { dueAt } = store.rows.get(id) ?? { dueAt: 0 };
			times.push(new Date(dueAt).toISOString().slice(5, 16));
			clock.advance(dueAt - clock.now());
			await service.deliverDue(timer(id));
		}
		expect(times).toEqual(['03-28T01:30', '03-29T01:30', '03-30T00:30', '03-31T00:30']);
		// Another length is counted from the next time, not from the first.
		await service.edit(ana, id, 'every', '2d');
		clock.advance(day);
		await service.deliverDue(timer(id));
		expect(new Date(store.rows.get(id)?.dueAt ?? 0).toISOString()).toContain('04-03T00:30');
	});

	test('what can never be delivered is dropped', async () => {
		const { id } = await add('5m every 1h tea');
		clock.advance(5 * minute);
		answer = 'undeliverable';
		expect(await service.deliverDue(timer(id))).toBe('done');
		expect(store.rows.size).toBe(0);
		expect(store.timers.size).toBe(0);
	});

	test('a change while it is being sent wins: nothing of the old time is recorded', async () => {
		const { id } = await add('5m tea');
		clock.advance(5 * minute);
		whilePosting = async () => void (await service.edit(ana, id, 'time', '2h'));
		await expect(service.deliverDue(timer(id))).rejects.toThrow(LeaseLost);
		expect(store.rows.get(id)).toMatchObject({ sentAt: null, occurrence: 1, dueAt: clock.now() + 2 * hour });
		expect(store.timers.get(id)).toBe(clock.now() + 2 * hour);
	});

	test('a cancel while it is being sent wins', async () => {
		const { id } = await add('5m every 1h tea');
		clock.advance(5 * minute);
		whilePosting = async () => void (await service.stop('ana', [id]));
		await expect(service.deliverDue(timer(id))).rejects.toThrow(LeaseLost);
		expect(store.rows.size).toBe(0);
		expect(store.timers.size).toBe(0);
	});
});

describe('changing', () => {
	test.each([
		['time', '2h', (reminder: Reminder) => reminder.dueAt === Date.UTC(2026, 0, 1, 14)],
		['text', ' coffee ', (reminder: Reminder) => reminder.text === 'coffee'],
		['every', '1d', (reminder: Reminder) => reminder.everyMs === day],
		['every', 'off', (reminder: Reminder) => reminder.everyMs === null],
		['where', 'dm', (reminder: Reminder) => reminder.inDm],
		['where', 'here', (reminder: Reminder) => !reminder.inDm]
	] as const)('%s to "%s"', async (field, value, holds) => {
		const { id } = await add('5m every 1h tea');
		const outcome = await service.edit(ana, id, field, value);
		expect(outcome.ok && holds(outcome.value)).toBe(true);
	});

	test.each([
		['time', 'soon', 'no-time'],
		['time', 'tomorrow 9am', 'needs-timezone'],
		['time', '2y', 'too-far'],
		['text', '  ', 'no-text'],
		['every', '5m', 'every-too-short'],
		['every', 'moon', 'no-every'],
		['where', 'moon', 'no-where']
	] as const)('%s to "%s" is refused: %s', async (field, value, code) => {
		const before = await add('5m tea');
		expect(await codeOf(service.edit(ana, before.id, field, value))).toBe(code);
		expect(store.rows.get(before.id)).toEqual(before);
	});

	test('"here" is where that is said, not where it was set', async () => {
		const { id } = await add('5m in dm gift');
		const direct = { userId: 'ana', guildId: null, channelId: 'direct', messageId: 'm2' };
		expect(await service.edit(direct, id, 'where', 'here')).toMatchObject({ ok: true, value: { ...direct, inDm: false } });
	});

	test('another person’s reminder does not exist', async () => {
		const { id } = await add('5m tea');
		expect(await codeOf(service.edit({ ...ana, userId: 'bob' }, id, 'text', 'mine'))).toBe('unknown');
		expect(await service.stop('bob', [id])).toBe(0);
		expect(await codeOf(service.snooze('bob', id, 0, hour))).toBe('unknown');
		expect(await codeOf(service.done('bob', id))).toBe('unknown');
		expect(store.rows.size).toBe(1);
	});
});

test('in a server only what was set there is listed, elsewhere everything', async () => {
	await add('5m tea');
	await service.addLine({ ...ana, guildId: null, channelId: 'dm' }, '1m secret');
	expect((await service.list('ana', 'house')).map((one) => one.text)).toEqual(['tea']);
	expect((await service.list('ana', null)).map((one) => one.text)).toEqual(['secret', 'tea']);
	expect(await service.list('bob', null)).toEqual([]);
});

describe('the buttons', () => {
	async function delivered(line: string) {
		const { id, dueAt } = await add(line);
		clock.time = dueAt;
		await service.deliverDue(timer(id));
		return id;
	}

	test('snoozed, it comes again as another message', async () => {
		const id = await delivered('5m tea');
		expect(await service.snooze('ana', id, 0, 10 * minute)).toMatchObject({ ok: true, value: { id, dueAt: clock.now() + 10 * minute } });
		clock.advance(10 * minute);
		await service.deliverDue(timer(id));
		expect(posts).toEqual(['tea 0', 'tea 1']);
	});

	test('two presses at once snooze once', async () => {
		const id = await delivered('5m tea');
		const codes = await Promise.all([codeOf(service.snooze('ana', id, 0, hour)), codeOf(service.snooze('ana', id, 0, day))]);
		expect(codes.sort()).toEqual(['already-snoozed', null].sort());
		const series = await delivered('1h every 1h water');
		const both = await Promise.all([codeOf(service.snooze('ana', series, 0, minute)), codeOf(service.snooze('ana', series, 0, minute))]);
		expect(both.sort()).toEqual(['already-snoozed', null].sort());
	});

	test('a snoozed series goes on as it was', async () => {
		const id = await delivered('1h every 1h tea');
		const next = store.timers.get(id);
		await service.snooze('ana', id, 0, 10 * minute);
		expect(store.timers.get(id)).toBe(next);
		expect([...store.rows.values()].map((row) => row.everyMs)).toEqual([hour, null]);
	});

	test('after a day it is too late to snooze', async () => {
		const id = await delivered('5m tea');
		clock.advance(day + 1);
		expect(await codeOf(service.snooze('ana', id, 0, hour))).toBe('snooze-over');
	});

	test('done takes a one-time reminder away, leaves a series, and can be pressed twice', async () => {
		const once = await delivered('5m tea');
		const series = await delivered('1h every 1h water');
		for (const id of [once, once, series]) expect(await codeOf(service.done('ana', id))).toBeNull();
		expect([...store.rows.keys()]).toEqual([series]);
	});

	test('done of an old message does not take away what was snoozed since', async () => {
		const id = await delivered('5m tea');
		await service.snooze('ana', id, 0, hour);
		expect(await codeOf(service.done('ana', id))).toBeNull();
		expect(store.rows.get(id)).toMatchObject({ sentAt: null });
	});
});
