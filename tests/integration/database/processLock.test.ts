import { expect, onTestFinished, test } from 'vitest';
import type { DatabaseFault } from '#lib/data/databaseFault.js';
import { openProcessLock, type ProcessLock, type ProcessLockOptions } from '#lib/data/processLock.js';
import { withSession } from '#lib/data/session.js';
import { cuttingProxy } from '../../support/cuttingProxy.js';
import { testDatabase } from '../../support/databases.js';
import { eventually } from '../../support/eventually.js';

const log = { info: () => undefined, warn: () => undefined };

async function place() {
	const there = await testDatabase();
	const opened: ProcessLock[] = [];
	const lost: DatabaseFault[] = [];
	onTestFinished(async () => {
		await Promise.all(opened.map((lock) => lock.release()));
		await there[Symbol.asyncDispose]();
	});
	const open = async (options: Partial<ProcessLockOptions> = {}) => {
		const onLost = (fault: DatabaseFault) => void lost.push(fault);
		const lock = await openProcessLock({
			connection: there.connection,
			applicationId: '900000000000000001',
			log,
			onLost,
			patienceMs: 150,
			...options
		});
		opened.push(lock);
		return lock;
	};
	return { there, open, lost };
}

test('a second process of one application is refused in one sentence, one of another application is not', async () => {
	const { open } = await place();
	const first = await open();
	expect(first.held).toBe(true);
	await expect(open()).rejects.toMatchObject({ code: 'already-running', message: expect.stringMatching(/^[^\n]*REDIS_URL[^\n]*$/) });
	expect((await open({ applicationId: '900000000000000002' })).held).toBe(true);
});

test('of two that start at once exactly one gets in', async () => {
	const { open } = await place();
	const outcomes = await Promise.allSettled([open(), open()]);
	expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('the next process gets in as soon as the first has let go, and waits a moment for one that is just ending', async () => {
	const { open } = await place();
	const first = await open();
	const second = open({ patienceMs: 5_000 });
	await first.release();
	expect((await second).held).toBe(true);
});

test('after a restart of the database it is taken again', async () => {
	const { there, open, lost } = await place();
	const said: string[] = [];
	const keep = (_: object, message: string) => void said.push(message);
	const lock = await open({ log: { info: keep, warn: keep } });
	await withSession({ ...there.connection, database: 'postgres' }, 'evict test', (session) =>
		session.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [there.name])
	);
	await eventually('it noticed and took it again', () => said.length === 2);
	expect(lock.held).toBe(true);
	expect(lost).toEqual([]);
	await expect(open()).rejects.toMatchObject({ code: 'already-running' });
});

test('a session that the server still believes in after a cut line is taken over by its own process', async () => {
	const { there, open, lost } = await place();
	const { host = '', port = 0 } = there.connection;
	const proxy = await cuttingProxy({ host, port });
	onTestFinished(() => proxy.close());
	const lock = await open({ connection: { ...there.connection, port: proxy.port }, heartbeatMs: 300 });
	proxy.stall();
	await eventually('the heartbeat found nothing', () => !lock.held, 8_000);
	proxy.restore();
	await eventually('it is held again', () => lock.held);
	expect(lost).toEqual([]);
});

test('another process that took it in the meantime makes the first one give up', async () => {
	const { there, open, lost } = await place();
	const { host = '', port = 0 } = there.connection;
	const proxy = await cuttingProxy({ host, port });
	onTestFinished(() => proxy.close());
	const first = await open({ connection: { ...there.connection, port: proxy.port } });
	proxy.cut();
	await eventually('it noticed', () => !first.held);
	const second = await open();
	proxy.restore();
	await eventually('it was told', () => lost.length === 1);
	expect(lost[0]?.code).toBe('already-running');
	expect({ first: first.held, second: second.held }).toEqual({ first: false, second: true });
});

test('a database that is away at the start does not stop the start: the lock is taken when it comes', async () => {
	const { there, open } = await place();
	const { host = '', port = 0 } = there.connection;
	const proxy = await cuttingProxy({ host, port });
	onTestFinished(() => proxy.close());
	proxy.cut();
	const lock = await open({ connection: { ...there.connection, port: proxy.port } });
	expect(lock.held).toBe(false);
	proxy.restore();
	await eventually('it is held', () => lock.held);
});

test('letting go while the database is away ends at once', async () => {
	const { there, open } = await place();
	const lock = await open({ connection: { ...there.connection, port: 1 } });
	const before = performance.now();
	await lock.release();
	expect(performance.now() - before).toBeLessThan(1_000);
});
