import { expect, test } from 'vitest';
import { Prisma } from '#generated/prisma/client.js';
import { withSession } from '#lib/data/session.js';
import { isWriteConflict } from '#lib/data/storageAway.js';
import { sessionsOf, testDatabase } from '../../support/databases.js';
import { eventually } from '../../support/eventually.js';

test('after closing, no session of ours is left', async () => {
	await using there = await testDatabase();
	const database = await there.open({ poolSize: 4 });
	await Promise.all(Array.from({ length: 8 }, () => database.prisma.guild.count()));
	expect(await sessionsOf(there.connection, 'evict')).toBeGreaterThan(0);
	await database.close();
	await eventually('the sessions are gone', async () => (await sessionsOf(there.connection, 'evict')) === 0, 2_000);
});

test('the pool never has more sessions than it was given, however many ask', async () => {
	await using there = await testDatabase();
	const database = await there.open({ poolSize: 3 });
	const asking = Promise.all(Array.from({ length: 12 }, () => database.prisma.$queryRaw`SELECT pg_sleep(0.05)::text`));
	let most = 0;
	let done = false;
	void asking.finally(() => {
		done = true;
	});
	await eventually('all were served', async () => {
		most = Math.max(most, await sessionsOf(there.connection, 'evict'));
		return done;
	});
	expect(most).toBe(3);
});

test('closing does not wait for ever for a statement that hangs', async () => {
	await using there = await testDatabase();
	const database = await there.open();
	const hanging = database.prisma.$queryRaw`SELECT pg_sleep(30)::text`.then(
		() => 'answered',
		() => 'cut off'
	);
	await eventually('it runs', async () => (await sessionsOf(there.connection, 'evict')) === 1);
	const before = performance.now();
	await database.close();
	expect(performance.now() - before).toBeLessThan(5_000);
	expect(await hanging).toBe('cut off');
});

test('times come back as they went, whatever time zone the server thinks in', async () => {
	await using there = await testDatabase();
	await withSession(there.connection, 'evict test', (session) =>
		session.query(`ALTER DATABASE ${there.name} SET timezone TO 'Asia/Kolkata'`)
	);
	const database = await there.open();
	const joinedAt = new Date('2026-03-29T01:30:00.123Z');
	await database.prisma.guild.create({ data: { guildId: 2n ** 63n - 1n, joinedAt } });
	expect(await database.prisma.guild.findMany({ select: { guildId: true, joinedAt: true } })).toEqual([
		{ guildId: 9223372036854775807n, joinedAt }
	]);
	const raw = await database.prisma.$queryRaw<
		{ ms: number }[]
	>`SELECT (extract(epoch FROM joined_at) * 1000)::double precision AS ms FROM guild WHERE joined_at = ${joinedAt}`;
	expect(raw).toEqual([{ ms: joinedAt.getTime() }]);
});

test('every statement is told with the name it carries', async () => {
	await using there = await testDatabase();
	const labels: string[] = [];
	const database = await there.open({ onStatement: ({ label }) => labels.push(label) });
	await database.prisma.guild.count();
	await database.time();
	await database.prisma.$queryRaw`/* timers */ SELECT 1`;
	await database.transaction((tx) => tx.guild.count());
	expect(labels).toEqual(['bot', 'clock', 'timers', 'bot', 'bot', 'bot']);
});

test("the database's time is told in milliseconds", async () => {
	await using there = await testDatabase();
	const database = await there.open();
	expect(Math.abs((await database.time()) - Date.now())).toBeLessThan(5_000);
});

test('two transactions that collide both get through', async () => {
	await using there = await testDatabase();
	const database = await there.open();
	await database.prisma.houseFact.create({ data: { key: 'count', value: 0, at: new Date() } });
	let runs = 0;
	const allHaveRead = Promise.withResolvers<void>();
	const addOne = () =>
		database.transaction(
			async (tx) => {
				const { value } = await tx.houseFact.findUniqueOrThrow({ where: { key: 'count' } });
				if (++runs === 2) allHaveRead.resolve();
				await allHaveRead.promise;
				await tx.houseFact.update({ where: { key: 'count' }, data: { value: Number(value) + 1 } });
			},
			{ isolationLevel: Prisma.TransactionIsolationLevel.Serializable }
		);
	await Promise.all([addOne(), addOne()]);
	expect(await database.prisma.houseFact.findUnique({ where: { key: 'count' } })).toMatchObject({ value: 2 });
	expect(runs).toBeGreaterThan(2);
});

test('a deadlock is a collision too', async () => {
	await using there = await testDatabase();
	const database = await there.open();
	await database.prisma.houseFact.createMany({ data: ['a', 'b'].map((key) => ({ key, value: 0, at: new Date() })) });
	const both = Promise.withResolvers<void>();
	let arrived = 0;
	const lock = (first: string, second: string) =>
		database.transaction(async (tx) => {
			await tx.houseFact.update({ where: { key: first }, data: { value: 1 } });
			if (++arrived >= 2) both.resolve();
			await both.promise;
			await tx.houseFact.update({ where: { key: second }, data: { value: 1 } });
		});
	await Promise.all([lock('a', 'b'), lock('b', 'a')]);
	expect(arrived).toBe(3);
});

test('a refusal of the transaction itself is not tried again, and nothing of it stays', async () => {
	await using there = await testDatabase();
	const database = await there.open();
	let runs = 0;
	const failing = database.transaction(async (tx) => {
		runs++;
		await tx.houseFact.create({ data: { key: 'x', value: 1, at: new Date() } });
		await tx.houseFact.create({ data: { key: 'x', value: 2, at: new Date() } });
	});
	const error: unknown = await failing.catch((reason: unknown) => reason);
	expect(error).toMatchObject({ code: 'P2002' });
	expect(isWriteConflict(error)).toBe(false);
	expect({ runs, rows: await database.prisma.houseFact.count() }).toEqual({ runs: 1, rows: 0 });
});
