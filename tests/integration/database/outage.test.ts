import { expect, onTestFinished, test } from 'vitest';
import type { ConnectionFields } from '#lib/data/connection.js';
import { type Database, type DatabaseOptions, openDatabase } from '#lib/data/database.js';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import { withSession } from '#lib/data/session.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import { cuttingProxy } from '../../support/cuttingProxy.js';
import { testDatabase } from '../../support/databases.js';
import { eventually } from '../../support/eventually.js';

const retry = { firstMs: 20, maxMs: 100 };

/** A log that keeps what was said. */
function recorder() {
	const said: string[] = [];
	const keep = (_: object, message: string) => void said.push(message);
	return { said, log: { info: keep, warn: keep, error: keep } };
}

/** A database behind a proxy. */
async function behindProxy() {
	const there = await testDatabase();
	const { host = '', port = 0 } = there.connection;
	const proxy = await cuttingProxy({ host, port });
	const connection: ConnectionFields = { ...there.connection, host: '127.0.0.1', port: proxy.port };
	const opened: Database[] = [];
	onTestFinished(async () => {
		await Promise.all(opened.map((database) => database.close()));
		await proxy.close();
		await there[Symbol.asyncDispose]();
	});
	const open = async (options: Partial<DatabaseOptions> = {}) => {
		const timeouts = { connectMs: 1_000, statementMs: 1_000, retry };
		const database = await openDatabase({ connection, poolSize: 3, log: recorder().log, timeouts, ...options });
		opened.push(database);
		return database;
	};
	return { there, proxy, open };
}

/** What a statement is answered: its rows, `away`, or another error. */
async function ask(database: Database): Promise<unknown> {
	return database.prisma.guild.count().catch((error: unknown) => (isStorageAway(error) ? 'away' : error));
}

test('a cut line is told as away, statements are then refused at once, and work goes on when it is back', async () => {
	const { proxy, open } = await behindProxy();
	const { said, log } = recorder();
	const database = await open({ log });
	const states: string[] = [];
	database.onStateChange((state) => states.push(state));
	expect(await ask(database)).toBe(0);

	proxy.cut();
	expect(await ask(database)).toBe('away');
	await eventually('it knows', () => database.state === 'down');
	const before = performance.now();
	expect(await ask(database)).toBe('away');
	expect(performance.now() - before).toBeLessThan(200);

	proxy.restore();
	await eventually('it is back', () => database.state === 'up', 5_000);
	expect(await ask(database)).toBe(0);
	expect(states).toEqual(['down', 'up']);
	expect(said).toEqual(['The database is there', 'The database is away: looking for it', 'The database is there']);
});

test('a server that refuses connections and one that hangs are both away', async () => {
	const { proxy, open } = await behindProxy();
	const database = await open();
	await proxy.refuse();
	expect(await ask(database)).toBe('away');
	proxy.restore();
	await eventually('it is back', () => database.state === 'up', 5_000);
	expect(await ask(database)).toBe(0);

	proxy.stall();
	expect(await ask(database)).toBe('away');
	await eventually('it knows', () => database.state === 'down');
	proxy.restore();
	await eventually('it is back', () => database.state === 'up', 5_000);
	expect(await ask(database)).toBe(0);
});

test('a line cut in the middle of a transaction is away, and nothing of it stays', async () => {
	const { there, proxy, open } = await behindProxy();
	const database = await open();
	const broken = database.transaction(async (tx) => {
		await tx.houseFact.create({ data: { key: 'half', value: 1, at: new Date() } });
		proxy.cut();
		await tx.houseFact.create({ data: { key: 'other half', value: 1, at: new Date() } });
	});
	expect(isStorageAway(await broken.catch((error: unknown) => error))).toBe(true);
	const direct = await there.open();
	expect(await direct.prisma.houseFact.count()).toBe(0);
});

test('sessions that the server ends (a restart) are replaced without anybody noticing for long', async () => {
	const { there, open } = await behindProxy();
	const database = await open();
	await Promise.all([ask(database), ask(database), ask(database)]);
	await withSession({ ...there.connection, database: 'postgres' }, 'evict test', (session) =>
		session.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [there.name])
	);
	await eventually('it answers', async () => (await ask(database)) === 0, 5_000);
	await eventually('it is up', () => database.state === 'up', 5_000);
});

test('a database that is away at the start does not stop the start, and is prepared when it comes', async () => {
	const { proxy, open } = await behindProxy();
	proxy.cut();
	let prepared = 0;
	const database = await open({
		prepare: async () => {
			prepared++;
		}
	});
	expect({ state: database.state, answer: await ask(database), prepared }).toEqual({ state: 'down', answer: 'away', prepared: 0 });
	proxy.restore();
	await eventually('it is there', () => database.state === 'up', 5_000);
	expect({ answer: await ask(database), prepared }).toEqual({ answer: 0, prepared: 1 });
	proxy.cut();
	await eventually('it is away', async () => (await ask(database)) === 'away' && database.state === 'down');
	proxy.restore();
	await eventually('it is there', () => database.state === 'up', 5_000);
	expect(prepared).toBe(1);
});

test('a database that comes back in a state that the code cannot work with stays down, and that is said once', async () => {
	const { proxy, open } = await behindProxy();
	proxy.cut();
	const { said, log } = recorder();
	let looks = 0;
	const prepare = async () => {
		looks++;
		throw new DatabaseFault('database-newer', 'It is newer.');
	};
	const database = await open({ log, prepare });
	proxy.restore();
	await eventually('it was looked at three times', () => looks >= 3, 5_000);
	expect({ state: database.state, answer: await ask(database) }).toEqual({ state: 'down', answer: 'away' });
	expect(said.filter((line) => line === 'It is newer.')).toHaveLength(1);
});

test('at the start, what preparing says is for the caller, and nothing stays open', async () => {
	const { open } = await behindProxy();
	const failing = open({ prepare: () => Promise.reject(new DatabaseFault('migrations-pending', 'They are pending.')) });
	await expect(failing).rejects.toThrow('They are pending.');
});

test('a wrong database name and a wrong user are refused in one sentence without the password', async () => {
	const { there, open } = await behindProxy();
	const wrong: Partial<ConnectionFields>[] = [{ database: 'evict_no_such_database' }, { user: 'evict_no_such_user', password: 'canary-1' }];
	for (const part of wrong) {
		const error: unknown = await open({ connection: { ...there.connection, ...part } }).catch((reason: unknown) => reason);
		expect(error).toMatchObject({ code: 'refused', message: expect.stringContaining('DATABASE_URL') });
		expect(String(error)).not.toContain('canary-1');
	}
});

test('a host that does not exist is away, not a fault: it may come', async () => {
	const { there, open } = await behindProxy();
	const database = await open({ connection: { ...there.connection, host: 'evict.invalid' } });
	expect({ state: database.state, answer: await ask(database) }).toEqual({ state: 'down', answer: 'away' });
});

test('a slow line is only slow', async () => {
	const { proxy, open } = await behindProxy();
	const database = await open();
	proxy.delay(50);
	expect(await ask(database)).toBe(0);
	expect(database.state).toBe('up');
});
