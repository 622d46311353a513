import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Database } from '#lib/data/database.js';
import { createTimers, type Timers } from '#lib/timers/timers.js';
import type { Delivery } from '#modules/reminders/ports.js';
import { reminderKind, reminderRepository } from '#modules/reminders/repository.js';
import { Reminders } from '#modules/reminders/service.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { FakeClock } from '../../support/fakeClock.js';
import { RecordingTimerLog } from '../../support/recordingTimerLog.js';

const minute = 60_000;
const hour = 60 * minute;
const ana = { userId: '100000000000000001', guildId: null, channelId: '300000000000000001', messageId: null };

let scratch: TestDatabase;
let clock: FakeClock;
/** What arrived at Discord, without what it took for a repetition. */
let arrived: string[];
/** How often somebody sent. */
let tries: number;
const running: Timers[] = [];

beforeAll(async () => {
	scratch = await testDatabase();
});
beforeEach(async () => {
	clock = new FakeClock(Date.UTC(2026, 0, 1, 12));
	arrived = [];
	tries = 0;
	const { prisma } = await scratch.open();
	await prisma.reminder.deleteMany();
	await prisma.scheduledTask.deleteMany();
});
afterEach(async () => {
	for (const timers of running.splice(0)) await timers.close(1_000);
});
afterAll(() => scratch[Symbol.asyncDispose]());

const until = (condition: () => void | Promise<void>) => vi.waitFor(condition, { timeout: 15_000, interval: 20 });

interface Process {
	readonly database: Database;
	readonly reminders: Reminders;
	readonly timers: Timers;
	start(): void;
}

/** A process of the bot: pool, loop and service of its own. `afterSend` happens between sending and recording. */
async function bot({ afterSend, answer }: { afterSend?: () => Promise<unknown>; answer?: () => Delivery } = {}): Promise<Process> {
	const database = await scratch.open();
	const timers = createTimers({ database, clock, log: new RecordingTimerLog() });
	running.push(timers);
	const reminders = new Reminders({
		reminders: reminderRepository(database, timers),
		clock,
		zones: { zoneOf: async () => null },
		poster: {
			async post(reminder, lateMs) {
				tries++;
				const message = `${reminder.text} #${reminder.occurrence}${lateMs === null ? '' : ' late'}`;
				// Discord's side of the nonce.
				if (!arrived.includes(message)) arrived.push(message);
				await afterSend?.();
				return answer?.() ?? 'sent';
			}
		}
	});
	return {
		database,
		reminders,
		timers,
		start: () => timers.start([{ name: reminderKind, pool: 'normal', run: (timer) => reminders.deliverDue(timer) }])
	};
}

async function add(reminders: Reminders, line: string) {
	const outcome = await reminders.addLine(ana, line);
	if (!outcome.ok) throw new Error(outcome.code);
	return outcome.value;
}

test('a reminder comes at its time', async () => {
	const process = await bot();
	process.start();
	await add(process.reminders, '5m tea');
	clock.advance(5 * minute);
	await until(() => expect(arrived).toEqual(['tea #0']));
	await until(async () => expect(await process.database.prisma.scheduledTask.count()).toBe(0));
});

test('due while nobody ran: once, saying that it is late', async () => {
	const first = await bot();
	await add(first.reminders, '5m tea');
	await first.timers.close(1_000);
	clock.advance(3 * hour);
	const second = await bot();
	second.start();
	await until(() => expect(arrived).toEqual(['tea #0 late']));
	await until(async () => expect(await second.database.prisma.scheduledTask.count()).toBe(0));
	expect(tries).toBe(1);
});

test('due in three processes at once: each comes once', async () => {
	const processes = await Promise.all([bot(), bot(), bot()]);
	const wishes = Array.from({ length: 20 }, (_, index) => `cup${index}`);
	const [first] = processes;
	for (const wish of wishes) await add(first.reminders, `5m ${wish}`);
	for (const process of processes) process.start();
	clock.advance(5 * minute);
	await until(() => expect(arrived).toHaveLength(20));
	await until(async () => expect(await first.database.prisma.scheduledTask.count()).toBe(0));
	expect(tries).toBe(20);
});

test('a process that dies between sending and recording: another takes it up, and it came once', async () => {
	// It sends, and then never gets any further.
	const dead = await bot({ afterSend: () => new Promise(() => undefined) });
	await add(dead.reminders, '5m tea');
	dead.start();
	clock.advance(5 * minute);
	await until(() => expect(tries).toBe(1));
	await dead.timers.close(0);
	const heir = await bot();
	heir.start();
	await until(() => expect(tries).toBe(2));
	await until(async () => expect(await heir.database.prisma.scheduledTask.count()).toBe(0));
	expect(arrived).toEqual(['tea #0']);
	expect(await heir.database.prisma.reminder.findMany()).toMatchObject([{ occurrence: 1 }]);
});

test('a lease is kept while sending takes long', async () => {
	const { promise, resolve } = Promise.withResolvers<void>();
	const slow = await bot({ afterSend: () => promise });
	const other = await bot();
	await add(slow.reminders, '5m tea');
	slow.start();
	clock.advance(5 * minute);
	await until(() => expect(tries).toBe(1));
	other.start();
	const leaseOf = async () => (await other.database.prisma.scheduledTask.findFirst())?.leasedUntil?.getTime() ?? 0;
	const taken = await leaseOf();
	await until(async () => expect(await leaseOf()).toBeGreaterThan(taken + 1_500));
	expect(tries).toBe(1);
	resolve();
	await until(async () => expect(await other.database.prisma.scheduledTask.count()).toBe(0));
});

test('changed while it is being sent: the change holds, and it comes at the new time', async () => {
	const editor = await bot();
	const process = await bot({ afterSend: () => editor.reminders.edit(ana, reminder.id, 'time', '2h') });
	const reminder = await add(process.reminders, '5m tea');
	process.start();
	clock.advance(5 * minute);
	await until(async () => {
		expect(await editor.database.prisma.reminder.findMany()).toMatchObject([{ sentAt: null, occurrence: 1 }]);
		expect(await editor.database.prisma.scheduledTask.findMany()).toMatchObject([{ dueAt: new Date(clock.now() + 2 * hour) }]);
	});
});

test('cancelled while it is being sent: nothing is left, and a series does not go on', async () => {
	const process = await bot({ afterSend: () => canceller.reminders.stop(ana.userId, [reminder.id]) });
	const canceller = await bot();
	const reminder = await add(process.reminders, '5m every 1h tea');
	process.start();
	clock.advance(5 * minute);
	await until(() => expect(tries).toBe(1));
	await process.timers.close(2_000);
	expect(await canceller.database.prisma.reminder.count()).toBe(0);
	expect(await canceller.database.prisma.scheduledTask.count()).toBe(0);
});

test('an outage of Discord: it comes after it, and is tried no sooner than it should', async () => {
	let away = true;
	const process = await bot({ answer: () => (away ? 'retry' : 'sent') });
	await add(process.reminders, '5m tea');
	process.start();
	clock.advance(5 * minute);
	await until(async () => expect(await process.database.prisma.scheduledTask.findMany()).toMatchObject([{ attempts: 1 }]));
	away = false;
	clock.advance(minute - 1);
	clock.advance(1);
	await until(async () => expect(await process.database.prisma.scheduledTask.count()).toBe(0));
	expect(tries).toBe(2);
});

test('a series after a long time away comes once and goes on', async () => {
	const process = await bot();
	const { id } = await add(process.reminders, '1h every 1h tea');
	clock.advance(100 * hour);
	process.start();
	await until(async () =>
		expect(await process.database.prisma.scheduledTask.findMany()).toMatchObject([{ key: String(id), dueAt: new Date(clock.now() + hour) }])
	);
	expect(arrived).toEqual(['tea #0 late']);
	clock.advance(hour);
	await until(() => expect(arrived).toEqual(['tea #0 late', 'tea #1']));
});
