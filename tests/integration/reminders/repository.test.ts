import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/data/database.js';
import { databaseQueue } from '#lib/timers/timerQueue.js';
import * as timerRows from '#lib/timers/timerRows.js';
import { reminderData, reminderKind, reminderRepository } from '#modules/reminders/repository.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { aReminder, reminderContract } from '../../support/reminderContract.js';

let scratch: TestDatabase;
let database: Database;
beforeAll(async () => {
	scratch = await testDatabase();
	database = await scratch.open();
});
afterAll(() => scratch[Symbol.asyncDispose]());

const timers = {
	schedule: timerRows.schedule,
	cancel: (tx: Parameters<typeof timerRows.cancel>[0], kind: string, ...keys: string[]) => timerRows.cancel(tx, kind, keys)
};

function parts() {
	const { prisma, transaction } = database;
	const queue = databaseQueue(prisma);
	return {
		prisma,
		transaction,
		reminders: reminderRepository({ prisma, transaction }, timers),
		async timerOf(id: number) {
			const row = await prisma.scheduledTask.findUnique({ where: { kind_key: { kind: reminderKind, key: String(id) } } });
			return row?.dueAt.getTime() ?? null;
		},
		async take(id: number) {
			// The loop takes what is due; here the test says what that is.
			const token = `test-${Math.random()}`;
			const where = { kind_key: { kind: reminderKind, key: String(id) } };
			const row = await prisma.scheduledTask.update({ where, data: { leaseToken: token, leasedUntil: new Date(Date.now() + 5_000) } });
			return queue.handle({ ...row, token, guildId: null, dueAt: row.dueAt.getTime(), payload: {} });
		}
	};
}

reminderContract('reminders on PostgreSQL', parts);

test('a person’s reminders are given out, and deleted with their timers', async () => {
	const { reminders, timerOf, prisma, transaction } = parts();
	const data = reminderData({ prisma }, timers);
	const wish = aReminder();
	const [mine, theirs] = [await reminders.add(wish, 25), await reminders.add(aReminder(), 25)];
	expect(await data.export(wish.userId)).toMatchObject([{ id: mine?.id, text: 'tea' }]);
	expect(await transaction((tx) => data.erase(tx, wish.userId))).toBe(1);
	expect(await timerOf(mine?.id ?? 0)).toBeNull();
	expect(await timerOf(theirs?.id ?? 0)).not.toBeNull();
	expect(await transaction((tx) => data.erase(tx, wish.userId))).toBe(0);
});

test('delivered reminders go after their time, series and those to come stay', async () => {
	const { reminders, take, prisma } = parts();
	const data = reminderData({ prisma }, timers);
	const wish = aReminder();
	const once = await reminders.add(wish, 25);
	const series = await reminders.add({ ...wish, everyMs: 3_600_000 }, 25);
	const coming = await reminders.add(wish, 25);
	if (!once || !series || !coming) throw new Error('All should fit');
	const sentAt = Date.UTC(2020, 0, 1);
	await reminders.delivered(once, sentAt, null, await take(once.id));
	await reminders.delivered(series, sentAt, Date.UTC(2030, 0, 1), await take(series.id));
	expect(await data.purge(sentAt, 10)).toBe(0);
	expect(await data.purge(sentAt + 1, 10)).toBe(1);
	expect(await reminders.find(once.id)).toBeNull();
	expect((await reminders.active(wish.userId)).map((one) => one.id)).toEqual(expect.arrayContaining([series.id, coming.id]));
});
