import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Database } from '#lib/data/database.js';
import type { RedisKeyValue } from '#lib/data/keyValue/redisKeyValue.js';
import { EventCatchUp } from '#lib/settings/eventCatchUp.js';
import { notLoaded } from '#lib/settings/personSet.js';
import { pruneChanges, pruneEvents } from '#lib/settings/repository.js';
import { type CuttingProxy, cuttingProxy } from '../../support/cuttingProxy.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { describeWithRedis, randomPrefix } from '../../support/redis.js';
import { redisUrl } from '../../support/redisUrl.js';
import { aProcess, connected } from './_house.js';

const soon = { timeout: 20_000, interval: 10 };

let temporary: TestDatabase;
let database: Database;
let prefix: string;
const opened: { close(): unknown }[] = [];

beforeAll(async () => {
	temporary = await testDatabase();
	database = await temporary.open();
});
afterAll(() => temporary[Symbol.asyncDispose]());

beforeEach(async () => {
	prefix = randomPrefix();
	const { prisma } = database;
	await prisma.guild.deleteMany();
	await Promise.all([prisma.settingsEvent.deleteMany(), prisma.selfPrefix.deleteMany(), prisma.houseFact.deleteMany()]);
	await prisma.guild.createMany({ data: [1n, 2n].map((guildId) => ({ guildId, joinedAt: new Date(0) })) });
});
afterEach(async () => {
	for (const each of opened.splice(0)) await each.close();
});

async function open(keyValue: RedisKeyValue) {
	const process = aProcess(database, keyValue);
	opened.push(process.hub, keyValue);
	await process.hub.start();
	await process.hub.warmUp(['1', '2']);
	await vi.waitFor(() => expect(process.selfPrefixes.loaded).toBe(true), soon);
	return process;
}

const own = async () => open(await connected(redisUrl(), prefix));

async function throughProxy() {
	const { hostname, port } = new URL(redisUrl());
	const proxy = await cuttingProxy({ host: hostname, port: Number(port || 6379) });
	opened.push(proxy);
	const keyValue = await connected(`redis://127.0.0.1:${proxy.port}`, prefix);
	return { proxy, keyValue, process: await open(keyValue) };
}

/** A pool whose way to the server can be cut. */
function through(proxy: CuttingProxy): Promise<Database> {
	const connection = { ...temporary.connection, host: '127.0.0.1', port: proxy.port };
	return temporary.open({ connection, timeouts: { connectMs: 500, retry: { firstMs: 50, maxMs: 200 } } });
}

function aReader() {
	const seen: string[] = [];
	const catchUp = new EventCatchUp(database, {
		evict: (slot, key) => seen.push(`${slot} ${key}`),
		evictAll: () => seen.push('all')
	});
	return {
		next: async () => {
			await catchUp.run();
			return seen.splice(0).sort();
		}
	};
}

/** Transactions of other databases on the same server count too: waits until all that wrote events here are settled for everybody. */
async function allSettled(): Promise<void> {
	await vi.waitFor(async () => {
		const [row] = await database.prisma.$queryRaw<{ settled: boolean }[]>`
			SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > max(xid) AS settled FROM settings_event`;
		expect(row?.settled).toBe(true);
	}, soon);
}

const event = (key: string, at = 0) => ({ slot: 'prefix', key, at: new Date(at) });

test('a transaction that took its number early and commits late is not missed', async () => {
	const { next } = aReader();
	await next();
	const late = Promise.withResolvers<void>();
	const written = Promise.withResolvers<void>();
	const transaction = database.prisma.$transaction(async (tx) => {
		await tx.settingsEvent.create({ data: event('late') });
		written.resolve();
		await late.promise;
	});
	await written.promise;
	await database.prisma.settingsEvent.create({ data: event('early') });
	expect(await next()).toEqual(['prefix early']);
	late.resolve();
	await transaction;
	expect(await next()).toEqual(['prefix late']);
	expect(await next()).toEqual([]);
});

test('a transaction that wrote before a reader began and commits after is not missed either', async () => {
	const late = Promise.withResolvers<void>();
	const written = Promise.withResolvers<void>();
	const transaction = database.prisma.$transaction(async (tx) => {
		await tx.settingsEvent.create({ data: event('late') });
		written.resolve();
		await late.promise;
	});
	await written.promise;
	const { next } = aReader();
	expect(await next()).toEqual(['all']);
	late.resolve();
	await transaction;
	expect(await next()).toEqual(['prefix late']);
});

test('of many writers at once, readers who read all the time miss none', async () => {
	const { next } = aReader();
	await next();
	const seen = new Set<string>();
	let writing = true;
	const reading = (async () => {
		while (writing) for (const each of await next()) seen.add(each);
	})();
	await Promise.all(Array.from({ length: 60 }, (_, index) => database.prisma.settingsEvent.create({ data: event(String(index)) })));
	writing = false;
	await reading;
	for (const each of await next()) seen.add(each);
	expect(seen.size).toBe(60);
});

test('who was away for longer than the events are kept drops everything, who was not does not', async () => {
	const [away, present] = [aReader(), aReader()];
	await Promise.all([away.next(), present.next()]);
	await database.prisma.settingsEvent.createMany({ data: [event('a', 1_000), event('b', 2_000)] });
	await allSettled();
	expect(await present.next()).toEqual(['prefix a', 'prefix b']);
	await database.prisma.settingsEvent.create({ data: event('c', 9_000) });
	expect(await pruneEvents(database, 5_000, 100)).toBe(2);
	expect(await present.next()).toEqual(['prefix c']);
	await allSettled();
	expect(await away.next()).toEqual(['all']);
	expect(await away.next()).toEqual([]);
});

test('pruning goes in batches and notes nothing when nothing was old', async () => {
	await database.prisma.settingsEvent.createMany({ data: [1, 2, 3].map((at) => event('a', at)) });
	expect([await pruneEvents(database, 4, 2), await pruneEvents(database, 4, 2), await pruneEvents(database, 4, 2)]).toEqual([2, 1, 0]);
	expect(await database.prisma.houseFact.count()).toBe(1);
	expect(await pruneChanges(database, 4, 2)).toBe(0);
});

test('with the database away at start persons are not known, and known as soon as it is back', async () => {
	const { host = '127.0.0.1', port = 5432 } = temporary.connection;
	const proxy = await cuttingProxy({ host, port });
	opened.push(proxy);
	proxy.cut();
	await database.prisma.selfPrefix.create({ data: { userId: 42n, prefix: '?' } });
	const one = aProcess(await through(proxy));
	opened.push(one.hub);
	await one.hub.start();
	expect(await one.hub.warmUp(['1'])).toBe(false);
	expect(one.selfPrefixes.get('42')).toBe(notLoaded);
	await expect(one.prefixes.get('1')).rejects.toThrow();
	proxy.restore();
	await vi.waitFor(() => expect(one.selfPrefixes.get('42')).toBe('?'), soon);
	expect((await one.prefixes.get('1')).settings.prefix).toBe(';');
});

describeWithRedis('processes that share a Redis', () => {
	test('a change in one process is the answer in the other', async () => {
		const [one, two] = [await own(), await own()];
		await Promise.all([two.prefixes.get('1'), two.prefixes.get('2')]);
		await one.setPrefix('1', '!');
		await one.setSelfPrefix('42', '?');
		await vi.waitFor(async () => expect((await two.prefixes.get('1')).settings.prefix).toBe('!'), soon);
		await vi.waitFor(() => expect(two.selfPrefixes.get('42')).toBe('?'), soon);
	});

	test('a process that could not hear reads on when it hears again', async () => {
		const one = await own();
		const { proxy, keyValue, process: two } = await throughProxy();
		proxy.cut();
		await vi.waitFor(() => expect(keyValue.healthy).toBe(false), soon);
		await one.setPrefix('1', '!');
		await one.setSelfPrefix('42', '?');
		proxy.restore();
		await vi.waitFor(async () => expect((await two.prefixes.get('1')).settings.prefix).toBe('!'), soon);
		await vi.waitFor(() => expect(two.selfPrefixes.get('42')).toBe('?'), soon);
	});

	test('a process that could not speak asks the others to read on when it can again', async () => {
		const one = await own();
		const { proxy, keyValue, process: two } = await throughProxy();
		await one.prefixes.get('1');
		proxy.cut();
		await vi.waitFor(() => expect(keyValue.healthy).toBe(false), soon);
		await two.setPrefix('1', '!');
		expect((await two.prefixes.get('1')).settings.prefix).toBe('!');
		proxy.restore();
		await vi.waitFor(async () => expect((await one.prefixes.get('1')).settings.prefix).toBe('!'), soon);
	});

	test('with the database away while a process reads on, it reads on later', async () => {
		const { host = '127.0.0.1', port = 5432 } = temporary.connection;
		const [toDatabase, redis] = [await cuttingProxy({ host, port }), await throughProxy()];
		opened.push(toDatabase);
		const keyValue = await connected(`redis://127.0.0.1:${redis.proxy.port}`, prefix);
		const two = aProcess(await through(toDatabase), keyValue);
		opened.push(two.hub, keyValue);
		await two.hub.start();
		await two.hub.warmUp(['1']);
		await vi.waitFor(() => expect(two.selfPrefixes.loaded).toBe(true), soon);
		redis.proxy.cut();
		await vi.waitFor(() => expect(keyValue.healthy).toBe(false), soon);
		const one = await own();
		await one.setSelfPrefix('42', '?');
		toDatabase.cut();
		redis.proxy.restore();
		await vi.waitFor(() => expect(two.logger.of('warn')).not.toEqual([]), soon);
		expect(two.selfPrefixes.get('42')).toBeNull();
		toDatabase.restore();
		await vi.waitFor(() => expect(two.selfPrefixes.get('42')).toBe('?'), soon);
	});
});
