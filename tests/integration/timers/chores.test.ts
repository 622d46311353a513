import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { container } from '@sapphire/framework';
import type { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { withSession } from '#lib/data/session.js';
import type { Chore, ChoreSchedule } from '#lib/timers/chore.js';
import { type ChoreBackend, postgresBackend, redisBackend } from '#lib/timers/choreBackend.js';
import { createChores } from '#lib/timers/chores.js';
import { cuttingProxy } from '../../support/cuttingProxy.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { RecordingTimerLog } from '../../support/recordingTimerLog.js';
import { describeWithRedis } from '../../support/redis.js';

let database: TestDatabase;
const redisUrl = () => process.env['TEST_REDIS_URL'] ?? '';
const closing: (() => Promise<void>)[] = [];
const until = (condition: () => void | Promise<void>) => vi.waitFor(condition, { timeout: 20_000, interval: 20 });

beforeAll(async () => {
	database = await testDatabase();
});
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});
afterAll(() => database[Symbol.asyncDispose]());

/** What the plugin reads of the client: the store, and somebody who hears its events. */
class FakeClient extends EventEmitter {
	public readonly pieces = new Map<string, Pick<ScheduledTask, 'name' | 'run'>>();
	public readonly stores = { get: () => this.pieces };
}

function chore(name: string, schedule: ChoreSchedule, run: () => Promise<void>) {
	return { name, schedule, run } as Chore;
}

function start(backend: () => ChoreBackend, queue: string, chores: Chore[]) {
	const client = new FakeClient();
	for (const piece of chores) client.pieces.set(piece.name, piece);
	Object.assign(container, { client });
	const log = new RecordingTimerLog();
	const made = createChores({ backend, events: client, log, queue });
	const handler = made.start(chores);
	closing.push(() => made.close(2_000));
	return { made, handler, log };
}

function runsChores(backend: () => ChoreBackend) {
	const queue = () => `test-${randomBytes(6).toString('hex')}`;

	test('a chore is run again and again', async () => {
		let runs = 0;
		start(backend, queue(), [chore('sweep', { everyMs: 50 }, async () => void runs++)]);
		await until(() => expect(runs).toBeGreaterThan(2));
	});

	test('a chore that fails is told and does not stop the others', async () => {
		let runs = 0;
		const bad = chore('bad', { everyMs: 50 }, async () => {
			throw new Error('no');
		});
		const { log } = start(backend, queue(), [bad, chore('good', { everyMs: 50 }, async () => void runs++)]);
		await until(() => expect(runs).toBeGreaterThan(2));
		expect(log.lines).toContain('error A chore failed');
	});

	test('a restart keeps a right schedule, changes a changed one and forgets a chore that is gone', async () => {
		const name = queue();
		const nothing = async () => undefined;
		const first = start(backend, name, [
			chore('same', { pattern: '17 4 * * *' }, nothing),
			chore('changed', { pattern: '0 1 * * *' }, nothing),
			chore('gone', { everyMs: 3_600_000 }, nothing)
		]);
		await first.made.scheduled;
		const before = await first.handler.client.getJobScheduler('same');
		await first.made.close(2_000);
		const second = start(backend, name, [
			chore('same', { pattern: '17 4 * * *' }, nothing),
			chore('changed', { everyMs: 7_200_000 }, nothing)
		]);
		await second.made.scheduled;
		const schedulers = await second.handler.client.getJobSchedulers();
		expect(schedulers.map(({ key, every, pattern }) => [key, every ?? pattern]).sort()).toEqual([
			['changed', 7_200_000],
			['same', '17 4 * * *']
		]);
		expect((await second.handler.client.getJobScheduler('same'))?.next).toBe(before?.next);
	});

	test('two processes together run a chore once each time', async () => {
		const name = queue();
		const every = 400;
		const began = Date.now();
		let runs = 0;
		const run = async () => void runs++;
		start(backend, name, [chore('sweep', { everyMs: every }, run)]);
		start(backend, name, [chore('sweep', { everyMs: every }, run)]);
		await until(() => expect(runs).toBeGreaterThan(7));
		// On a busy machine runs may come late and close together, but never more of them than there were times.
		expect(runs).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / every) + 1);
	});
}

describeWithRedis('on Redis', () => {
	runsChores(() => redisBackend(redisUrl()));

	test('Redis that comes late, and that goes and comes again: the chores run', async () => {
		const { hostname, port, pathname } = new URL(redisUrl());
		const proxy = await cuttingProxy({ host: hostname, port: Number(port || 6379) });
		closing.push(() => proxy.close());
		proxy.cut();
		let runs = 0;
		const backend = () => redisBackend(`redis://127.0.0.1:${proxy.port}${pathname}`);
		const { log } = start(backend, `test-${randomBytes(6).toString('hex')}`, [chore('sweep', { everyMs: 50 }, async () => void runs++)]);
		await until(() => expect(log.lines).toHaveLength(1));
		proxy.restore();
		await until(() => expect(runs).toBeGreaterThan(1));
		proxy.cut();
		const before = runs;
		proxy.restore();
		await until(() => expect(runs).toBeGreaterThan(before + 2));
		expect(log.lines).toHaveLength(1);
	});

	afterAll(async () => {
		const redis = new Redis(redisUrl());
		const keys = await redis.keys('bull:test-*');
		if (keys.length > 0) await redis.del(keys);
		redis.disconnect();
	});
});

describe('on PostgreSQL', () => runsChores(() => postgresBackend(database.connection)));

test('Redis that is not there neither hangs nor floods: one line, and closing ends in time', async () => {
	const { made, log } = start(() => redisBackend('redis://127.0.0.1:1'), 'test-away', [
		chore('sweep', { everyMs: 50 }, async () => undefined)
	]);
	await until(() => expect(log.lines).toHaveLength(1));
	const before = Date.now();
	await made.close(500);
	expect(Date.now() - before).toBeLessThan(1_500);
	expect(log.lines).toEqual(['warn The queue of the chores is not reachable; it tries again']);
});

/** Asks from another database, with the name of ours; answers the number of rows. */
function outside(sql: string): Promise<number> {
	return withSession({ ...database.connection, database: 'postgres' }, 'evict test', async (session) => {
		const { rowCount } = await session.query(sql, [database.name]);
		return rowCount ?? 0;
	});
}

test('a database that was restarted: the chores go on', async () => {
	let runs = 0;
	start(() => postgresBackend(database.connection), 'test-restart', [chore('sweep', { everyMs: 100 }, async () => void runs++)]);
	await until(() => expect(runs).toBeGreaterThan(1));
	const before = runs;
	expect(await outside('SELECT 1 FROM pg_stat_activity WHERE datname = $1')).toBeGreaterThan(1);
	await outside('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1');
	// A chore that was under way is begun anew when the queue looks for such ones: up to a minute later.
	await vi.waitFor(() => expect(runs).toBeGreaterThan(before + 2), { timeout: 90_000, interval: 20 });
}, 120_000);

test('nothing of ours is left in the database after closing', async () => {
	const { made } = start(() => postgresBackend(database.connection), 'test-close', [
		chore('sweep', { everyMs: 1_000 }, async () => undefined)
	]);
	await made.scheduled;
	await made.close(3_000);
	await until(async () => {
		expect(await outside('SELECT 1 FROM pg_stat_activity WHERE datname = $1')).toBe(0);
	});
});
