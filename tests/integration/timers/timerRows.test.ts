import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { withSession } from '#lib/data/session.js';
import * as rows from '#lib/timers/timerRows.js';
import { LeaseLost } from '#lib/timers/types.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';

const now = Date.UTC(2026, 0, 1, 12);
const minute = 60_000;
let database: TestDatabase;
let db: PrismaClient;

beforeAll(async () => {
	database = await testDatabase();
	db = (await database.open()).prisma;
});
beforeEach(() => db.scheduledTask.deleteMany());
afterAll(() => database[Symbol.asyncDispose]());

const add = (key: string, dueAt = now, kind = 'tea') => rows.schedule(db, { kind, key, dueAt });
const find = (key: string) => db.scheduledTask.findFirst({ where: { key } });

async function claimOne(token = 'mine') {
	const [row] = await rows.claim(db, ['tea'], now, 1, token);
	if (!row) throw new Error('There was nothing to claim');
	return row;
}

/** As if five seconds went by without a sign of life. */
const letLeaseEnd = () => db.$executeRaw`UPDATE scheduled_task SET leased_until = clock_timestamp() - interval '1 s'`;

test('what was written comes back as it was', async () => {
	await rows.schedule(db, {
		kind: 'tea',
		key: '7',
		guildId: '1234567890123456789',
		dueAt: now - 1,
		payload: { sugar: [1, 'two'], milk: null }
	});
	expect(await rows.claim(db, ['tea'], now, 5, 'mine')).toEqual([
		{
			id: expect.any(BigInt),
			token: 'mine',
			kind: 'tea',
			key: '7',
			guildId: '1234567890123456789',
			dueAt: now - 1,
			payload: { sugar: [1, 'two'], milk: null },
			attempts: 0
		}
	]);
});

test('the time of a row does not depend on the time zone of the session', async () => {
	const elsewhere = (await database.open({ poolSize: 1 })).prisma;
	await elsewhere.$executeRaw`SET TIME ZONE 'Asia/Kathmandu'`;
	await rows.schedule(elsewhere, { kind: 'tea', key: 'a', dueAt: now });
	expect(await rows.claim(elsewhere, ['tea'], now - 1, 1, 'mine')).toEqual([]);
	expect(await rows.claim(db, ['tea'], now, 1, 'mine')).toMatchObject([{ dueAt: now }]);
});

test('only due rows of the asked kinds are taken, the oldest first', async () => {
	await add('late', now - minute);
	await add('later', now + 1);
	await add('just', now);
	await add('other', now, 'coffee');
	expect((await rows.claim(db, ['tea'], now, 1, 'a')).map((row) => row.key)).toEqual(['late']);
	expect((await rows.claim(db, ['tea'], now, 5, 'a')).map((row) => row.key)).toEqual(['just']);
});

test('two processes that look at the same time never take the same row', async () => {
	await Promise.all(Array.from({ length: 60 }, (_, index) => add(`row${index}`)));
	const other = (await database.open()).prisma;
	const looks = await Promise.all(
		Array.from({ length: 8 }, (_, index) => rows.claim(index % 2 ? db : other, ['tea'], now, 10, `p${index}`))
	);
	const keys = looks.flat().map((row) => row.key);
	expect(new Set(keys).size).toBe(keys.length);
	const rest = await rows.claim(db, ['tea'], now, 100, 'rest');
	expect(keys.length + rest.length).toBe(60);
});

test('a taken row is taken again only when its lease has ended', async () => {
	await add('a');
	await claimOne();
	expect(await rows.claim(db, ['tea'], now, 1, 'other')).toEqual([]);
	await letLeaseEnd();
	expect(await rows.claim(db, ['tea'], now, 1, 'other')).toMatchObject([{ key: 'a', token: 'other' }]);
});

test('renewing keeps a row, and does nothing for a process that lost it', async () => {
	await add('a');
	const mine = await claimOne();
	await letLeaseEnd();
	await rows.renew(db, [mine]);
	expect(await rows.claim(db, ['tea'], now, 1, 'other')).toEqual([]);
	await letLeaseEnd();
	await claimOne('other');
	await letLeaseEnd();
	await rows.renew(db, [mine]);
	expect(await rows.claim(db, ['tea'], now, 1, 'third')).toHaveLength(1);
});

test('setting a timer again moves it, forgets its failures, and whoever runs it can no longer record anything', async () => {
	await add('a');
	const mine = await claimOne();
	await add('a', now + minute);
	expect(await find('a')).toMatchObject({ dueAt: new Date(now + minute), leaseToken: null, attempts: 0 });
	await expect(rows.finish(db, mine)).rejects.toThrow(LeaseLost);
	await expect(rows.moveTo(db, mine, now)).rejects.toThrow(LeaseLost);
	await rows.postpone(db, mine, now, 3, 'no');
	await rows.giveUp(db, mine, now, 'no');
	expect(await rows.remove(db, mine)).toBe(0);
	expect(await find('a')).toMatchObject({ dueAt: new Date(now + minute), attempts: 0, failedAt: null });
});

test('a process that lost its row records nothing of its effect', async () => {
	await add('a');
	const mine = await claimOne();
	await letLeaseEnd();
	await claimOne('other');
	const effect = db.$transaction(async (tx) => {
		await tx.houseFact.create({ data: { key: 'tea', value: 'drunk', at: new Date(now) } });
		await rows.finish(tx, mine);
	});
	await expect(effect).rejects.toThrow(LeaseLost);
	expect(await db.houseFact.findUnique({ where: { key: 'tea' } })).toBeNull();
	expect(await find('a')).toMatchObject({ leaseToken: 'other' });
});

test('an effect that fails leaves the row to its holder', async () => {
	await add('a');
	const mine = await claimOne();
	const effect = db.$transaction(async (tx) => {
		await rows.finish(tx, mine);
		throw new Error('the cup broke');
	});
	await expect(effect).rejects.toThrow('the cup broke');
	expect(await rows.remove(db, mine)).toBe(1);
});

test('a timer written in a transaction that fails was never there', async () => {
	const work = db.$transaction(async (tx) => {
		await rows.schedule(tx, { kind: 'tea', key: 'a', dueAt: now });
		throw new Error('no');
	});
	await expect(work).rejects.toThrow('no');
	expect(await find('a')).toBeNull();
});

test('moving a row frees it and forgets its failures', async () => {
	await add('a');
	await rows.postpone(db, await claimOne(), now, 3, 'Discord was away');
	expect(await find('a')).toMatchObject({ attempts: 3, lastError: 'Discord was away', leasedUntil: null });
	await rows.moveTo(db, await claimOne(), now + minute);
	expect(await find('a')).toMatchObject({ attempts: 0, lastError: null, leaseToken: null, dueAt: new Date(now + minute) });
});

test('a row that was given up is never taken again, and goes after its time', async () => {
	await add('a');
	await rows.giveUp(db, await claimOne(), now, 'gone');
	expect(await rows.claim(db, ['tea'], now + 1_000 * minute, 5, 'x')).toEqual([]);
	expect(await rows.deleteGivenUp(db, now, 10)).toBe(0);
	expect(await rows.deleteGivenUp(db, now + 1, 10)).toBe(1);
});

test('taking timers back counts those that were there', async () => {
	await add('a');
	await add('b');
	await add('a', now, 'coffee');
	expect(await rows.cancel(db, 'tea', ['a', 'b', 'c'])).toBe(2);
	expect(await db.scheduledTask.findMany({ select: { kind: true } })).toEqual([{ kind: 'coffee' }]);
});

test('rows that were given up go by portions', async () => {
	for (const key of ['a', 'b', 'c']) await add(key);
	for (const row of await rows.claim(db, ['tea'], now, 3, 'mine')) await rows.giveUp(db, row, now, null);
	expect(await rows.deleteGivenUp(db, now + 1, 2)).toBe(2);
	expect(await rows.deleteGivenUp(db, now + 1, 2)).toBe(1);
});

test('a look reads by the index however many rows wait, were given up, or belong to others', async () => {
	await db.$executeRaw`INSERT INTO scheduled_task (kind, key, due_at, failed_at)
		SELECT 'tea', n::text, to_timestamp(${now / 1000}::double precision) + (n - 20) * interval '1 minute',
			CASE WHEN n % 50 = 0 THEN to_timestamp(0) END
		FROM generate_series(1, 60000) AS n`;
	await db.$executeRaw`ANALYZE scheduled_task`;
	const { text } = rows.claimStatement(['tea'], now, 16, 'mine');
	// The plan that PostgreSQL makes without looking at the values is the one that may be kept for ever.
	for (const mode of ['force_custom_plan', 'force_generic_plan']) {
		const plan = await withSession(database.connection, 'evict test', async (session) => {
			await session.query(`SET plan_cache_mode = ${mode}`);
			await session.query(`PREPARE look AS ${text}`);
			const values = rows.claimStatement(['tea'], now, 16, 'mine').values.map((value) => session.escapeLiteral(literalOf(value)));
			const { rows: lines } = await session.query(`EXPLAIN EXECUTE look(${values.join(', ')})`);
			return lines.map((line) => line['QUERY PLAN']).join('\n');
		});
		expect(plan).toContain('scheduled_task_failed_at_due_at_idx');
		expect(plan).toContain('scheduled_task_pkey');
		expect(plan).not.toContain('Seq Scan');
		expect(plan).not.toContain('Sort');
	}
	expect(await rows.claim(db, ['tea'], now, 16, 'mine')).toHaveLength(16);
});

function literalOf(value: unknown): string {
	return Array.isArray(value) ? `{${value.join(',')}}` : String(value);
}
