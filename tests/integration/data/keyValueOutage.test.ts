import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openKeyValue } from '#lib/data/keyValue/openKeyValue.js';
import { type RedisKeyValue, redisKeyValue } from '#lib/data/keyValue/redisKeyValue.js';
import { type CuttingProxy, cuttingProxy } from '../../support/cuttingProxy.js';
import { recordingLogger } from '../../support/recordingLogger.js';
import { describeWithRedis, randomPrefix } from '../../support/redis.js';
import { redisUrl } from '../../support/redisUrl.js';

const minute = 60_000;
const lock = { ttlMs: minute, waitMs: 2_000 };
/** The bound of the requirement: back within 5 s. */
const recovery = { timeout: 5_000, interval: 10 };

test('without an address nothing is tried and the store is this process alone', async () => {
	const opened = await openKeyValue({ redisUrl: null, logger: recordingLogger() });
	expect([opened.shared, opened.healthy]).toEqual([false, true]);
	await opened.close();
});

describeWithRedis('Redis behind a connection that can be cut', () => {
	let proxy: CuttingProxy;
	let prefix: string;
	let logger: ReturnType<typeof recordingLogger>;
	let store: RedisKeyValue;
	/** Another process, whose way to Redis is never cut. */
	let other: RedisKeyValue;

	beforeEach(async () => {
		const { hostname, port } = new URL(redisUrl());
		proxy = await cuttingProxy({ host: hostname, port: Number(port || 6379) });
		prefix = randomPrefix();
		logger = recordingLogger();
		store = redisKeyValue(`redis://127.0.0.1:${proxy.port}`, { prefix, logger });
		other = redisKeyValue(redisUrl(), { prefix, logger: recordingLogger() });
		expect(await Promise.all([store.connected(5_000), other.connected(5_000)])).toEqual([true, true]);
	});

	afterEach(async () => {
		await Promise.all([store.close(), other.close()]);
		await proxy.close();
	});

	/** Cuts and waits until the store has noticed. */
	async function lose(): Promise<void> {
		proxy.cut();
		await vi.waitFor(() => expect(store.healthy).toBe(false), recovery);
	}

	async function findAgain(): Promise<void> {
		proxy.restore();
		await vi.waitFor(() => expect(store.healthy).toBe(true), recovery);
	}

	test('commands in flight when the connection is cut are answered, not thrown', async () => {
		const running = Array.from({ length: 50 }, (_, index) => store.increment('flood', 1, minute).then(() => index));
		proxy.cut();
		expect(await Promise.all(running)).toHaveLength(50);
	});

	test('while Redis is away every command goes on in this process', async () => {
		await store.set('before', 'in Redis', minute);
		await lose();
		expect(await store.get('before')).toBeNull();
		expect(await store.increment('count', 1, minute)).toBe(1);
		expect(await store.increment('count', 1, minute)).toBe(2);
		expect(await store.setIfAbsent('claim', 1, minute)).toBe(true);
		expect(await store.setIfAbsent('claim', 2, minute)).toBe(false);
		await store.set('value', { a: 1 }, minute);
		expect(await store.get('value')).toEqual({ a: 1 });
		await store.delete('value');
		expect(await store.get('value')).toBeNull();
		expect(await store.withLock('lock', lock, async () => 'worked')).toBe('worked');
	});

	test('one warning an outage, and one line when it is over; no address and no arguments in them', async () => {
		await lose();
		await Promise.all(Array.from({ length: 200 }, () => store.get('x')));
		await findAgain();
		expect(logger.of('warn')).toHaveLength(1);
		expect(logger.of('error')).toEqual([]);
		expect(logger.of('info')).toEqual(['Redis is back.']);
	});

	test('what was written during the outage is in Redis after it, in the order of the writes', async () => {
		await store.set('deleted', 'old', minute);
		await store.increment('count', 5, minute);
		await lose();
		await store.delete('deleted');
		await store.set('kept', 'first', minute);
		await store.set('kept', 'second', minute);
		await store.increment('count', 2, minute);
		await store.setIfAbsent('claim', 'mine', minute);
		await findAgain();
		expect(await other.get('deleted')).toBeNull();
		expect(await other.get('kept')).toBe('second');
		expect(await other.get('count')).toBe(7);
		expect(await other.setIfAbsent('claim', 'theirs', minute)).toBe(false);
	});

	test('a claim that another process took during the outage stays theirs', async () => {
		await lose();
		await store.setIfAbsent('claim', 'mine', minute);
		await other.setIfAbsent('claim', 'theirs', minute);
		await findAgain();
		expect(await store.get('claim')).toBe('theirs');
	});

	test('own listeners hear a message during the outage, and are told afterwards that others may have been lost', async () => {
		const heard: unknown[] = [];
		const resubscribed = vi.fn();
		await store.subscribe('news', (message) => heard.push(message));
		await lose();
		store.onResubscribed(resubscribed);
		await store.publish('news', 'local');
		await other.publish('news', 'lost');
		expect(heard).toEqual(['local']);
		await findAgain();
		expect(resubscribed).toHaveBeenCalledTimes(1);
		await other.publish('news', 'heard again');
		await vi.waitFor(() => expect(heard).toEqual(['local', 'heard again']), recovery);
	});

	test('a channel asked for during the outage is heard after it', async () => {
		await lose();
		const heard: unknown[] = [];
		await store.subscribe('later', (message) => heard.push(message));
		await findAgain();
		await other.publish('later', 1);
		await vi.waitFor(() => expect(heard).toEqual([1]), recovery);
	});

	test('a server that says nothing any more is noticed by itself, and a command does not wait for it longer than a second or so', async () => {
		proxy.stall();
		const started = performance.now();
		expect(await store.increment('count', 1, minute)).toBe(1);
		expect(performance.now() - started).toBeLessThan(2_500);
		await vi.waitFor(() => expect(store.healthy).toBe(false), recovery);
		await findAgain();
	});

	test('a lock is one for all processes, and is let go when its holder throws', async () => {
		const order: string[] = [];
		const { promise: done, resolve: finish } = Promise.withResolvers<void>();
		const first = store.withLock('one', lock, async () => {
			order.push('first in');
			await done;
			order.push('first out');
			throw new Error('failed');
		});
		await vi.waitFor(() => expect(order).toEqual(['first in']), recovery);
		await expect(other.withLock('one', { ttlMs: minute, waitMs: 100 }, async () => 'no')).rejects.toMatchObject({
			name: 'LockTimeoutError'
		});
		const second = other.withLock('one', lock, async () => order.push('second in'));
		finish();
		await expect(first).rejects.toThrow('failed');
		await second;
		expect(order).toEqual(['first in', 'first out', 'second in']);
	});

	test('work longer than the time to live keeps its lock', async () => {
		const { promise: done, resolve: finish } = Promise.withResolvers<string>();
		const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
		const long = store.withLock('long', { ttlMs: 300, waitMs: 1_000 }, () => {
			enter();
			return done;
		});
		await entered;
		await expect(other.withLock('long', { ttlMs: minute, waitMs: 700 }, async () => 'stolen')).rejects.toMatchObject({
			name: 'LockTimeoutError'
		});
		finish('mine');
		expect(await long).toBe('mine');
	});

	test('a lock that another took meanwhile is not let go by its former holder', async () => {
		await store.withLock('taken', lock, () => other.set('lock:taken', 'token of another', minute));
		expect(await other.get('lock:taken')).toBe('token of another');
	});

	test('Redis down at start: opening neither fails nor hangs, commands work, and Redis is used once it is there', async () => {
		proxy.cut();
		const late = recordingLogger();
		const opened = await openKeyValue({ redisUrl: `redis://:canary-secret@127.0.0.1:${proxy.port}`, prefix, logger: late });
		try {
			expect(opened.healthy).toBe(false);
			expect(await opened.increment('start', 1, minute)).toBe(1);
			expect(late.of('warn')).toHaveLength(1);
			expect(JSON.stringify(late.lines)).not.toContain('canary-secret');
		} finally {
			await opened.close();
		}
		const reopened = redisKeyValue(`redis://127.0.0.1:${proxy.port}`, { prefix, logger: late });
		try {
			proxy.restore();
			await vi.waitFor(() => expect(reopened.healthy).toBe(true), recovery);
		} finally {
			await reopened.close();
		}
	});

	test('a wrong password is an outage that says so, without the password', async () => {
		const { hostname, port } = new URL(redisUrl());
		const late = recordingLogger();
		const opened = await openKeyValue({ redisUrl: `redis://nobody:canary-secret@${hostname}:${port || 6379}`, prefix, logger: late });
		try {
			await opened.set('x', 1);
			expect(late.of('warn')).toHaveLength(1);
			expect(late.of('warn')[0]).toContain('WRONGPASS');
			expect(JSON.stringify(late.lines)).not.toContain('canary-secret');
		} finally {
			await opened.close();
		}
	});

	test('closing twice is fine, and commands after it do not throw', async () => {
		await store.close();
		await store.close();
		expect(await store.get('x')).toBeNull();
	});
});
