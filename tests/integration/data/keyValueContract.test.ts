import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { redisKeyValue } from '#lib/data/keyValue/redisKeyValue.js';
import type { Json, KeyValue } from '#lib/data/keyValue.js';
import { recordingLogger } from '../../support/recordingLogger.js';
import { describeWithRedis, randomPrefix } from '../../support/redis.js';
import { redisUrl } from '../../support/redisUrl.js';

const inMemory = async (): Promise<KeyValue> => memoryKeyValue({ logger: recordingLogger() });

async function onRedis(): Promise<KeyValue> {
	const opened = redisKeyValue(redisUrl(), { prefix: randomPrefix(), logger: recordingLogger() });
	expect(await opened.connected(5_000)).toBe(true);
	return opened;
}

describe('key-value over memory', () => contract(inMemory));
describeWithRedis('key-value over redis', () => contract(onRedis));

const minute = 60_000;
let made = 0;
const newKey = (): string => `key-${++made}`;

function contract(open: () => Promise<KeyValue>): void {
	let store: KeyValue;
	beforeAll(async () => {
		store = await open();
	});
	afterAll(() => store.close());

	test('a key never set answers null', async () => {
		expect(await store.get(newKey())).toBeNull();
	});

	test.each<[string, Json]>([
		['a text', 'tea'],
		['a text that looks like a number', '12'],
		['zero', 0],
		['false', false],
		['null', null],
		['nested values', { a: [1, { b: null }], c: 'ü🍵' }]
	])('%s comes back as it went in', async (_, value) => {
		const key = newKey();
		await store.set(key, value, minute);
		expect(await store.get(key)).toEqual(value);
	});

	test('a value handed out is a copy', async () => {
		const key = newKey();
		const value = { words: ['a'] };
		await store.set(key, value);
		value.words.push('b');
		expect(await store.get(key)).toEqual({ words: ['a'] });
	});

	test('a value is gone when its time is over, one without a time stays', async () => {
		const [short, long] = [newKey(), newKey()];
		await Promise.all([store.set(short, 1, 30), store.set(long, 1)]);
		await vi.waitFor(async () => expect(await store.get(short)).toBeNull(), { timeout: 20_000, interval: 10 });
		expect(await store.get(long)).toBe(1);
	});

	test('a time to live below one millisecond does not mean for ever', async () => {
		const key = newKey();
		await store.set(key, 1, 0);
		await vi.waitFor(async () => expect(await store.get(key)).toBeNull(), { timeout: 20_000, interval: 10 });
	});

	test('setting again replaces the value and its time', async () => {
		const key = newKey();
		await store.set(key, 'old', 30);
		await store.set(key, 'new');
		await vi.waitFor(async () => expect(await store.get(key)).toBe('new'), { timeout: 500 });
	});

	test('of twenty who set an absent key at once, one succeeds', async () => {
		const key = newKey();
		const taken = await Promise.all(Array.from({ length: 20 }, (_, index) => store.setIfAbsent(key, index, minute)));
		expect(taken.filter(Boolean)).toHaveLength(1);
		expect(await store.get(key)).toBe(taken.indexOf(true));
	});

	test('an absent key can be set again when its time is over', async () => {
		const key = newKey();
		expect(await store.setIfAbsent(key, 1, 30)).toBe(true);
		expect(await store.setIfAbsent(key, 2, 30)).toBe(false);
		await vi.waitFor(async () => expect(await store.setIfAbsent(key, 3, minute)).toBe(true), { timeout: 20_000, interval: 10 });
	});

	test('deleting takes several keys, missing ones too, and none at all', async () => {
		const [a, b, missing] = [newKey(), newKey(), newKey()];
		await Promise.all([store.set(a, 1), store.set(b, 2)]);
		await store.delete();
		await store.delete(a, b, missing);
		expect(await Promise.all([store.get(a), store.get(b)])).toEqual([null, null]);
	});

	test('a hundred adds at once lose none', async () => {
		const key = newKey();
		const sums = await Promise.all(Array.from({ length: 100 }, () => store.increment(key, 2, minute)));
		expect(Math.max(...sums)).toBe(200);
		expect(new Set(sums).size).toBe(100);
		expect(await store.get(key)).toBe(200);
	});

	test('the time of a counter starts with its first add and is not prolonged by later ones', async () => {
		const key = newKey();
		await store.increment(key, 1, 60);
		let last = 0;
		await vi.waitFor(
			async () => {
				const sum = await store.increment(key, 1, minute);
				const startedAgain = sum <= last;
				last = sum;
				expect(startedAgain).toBe(true);
			},
			{ timeout: 20_000, interval: 5 }
		);
	});

	test('a counter may go down', async () => {
		const key = newKey();
		await store.increment(key, 1, minute);
		expect(await store.increment(key, -3, minute)).toBe(-2);
	});

	test('adding to something that is no number is a mistake, not an outage', async () => {
		const key = newKey();
		await store.set(key, 'tea');
		await expect(store.increment(key, 1, minute)).rejects.toThrow();
		expect(store.healthy).toBe(true);
	});

	test('two never hold one lock, and the answer of the work is handed back', async () => {
		const key = newKey();
		let inside = 0;
		let most = 0;
		const work = async (index: number): Promise<number> => {
			inside += 1;
			most = Math.max(most, inside);
			await new Promise((resolve) => setImmediate(resolve));
			inside -= 1;
			return index;
		};
		const answers = await Promise.all(
			Array.from({ length: 10 }, (_, index) => store.withLock(key, { ttlMs: minute, waitMs: 5_000 }, () => work(index)))
		);
		expect(answers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(most).toBe(1);
	});

	test('a lock is let go when the work throws', async () => {
		const key = newKey();
		const options = { ttlMs: minute, waitMs: 1_000 };
		await expect(store.withLock(key, options, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(await store.withLock(key, options, async () => 'free')).toBe('free');
	});

	test('one who waited long enough is told so, and the holder is not disturbed', async () => {
		const key = newKey();
		const { promise: done, resolve: finish } = Promise.withResolvers<string>();
		const holder = store.withLock(key, { ttlMs: minute, waitMs: 1_000 }, () => done);
		await expect(store.withLock(key, { ttlMs: minute, waitMs: 20 }, async () => 'too early')).rejects.toMatchObject({
			name: 'LockTimeoutError'
		});
		finish('kept');
		expect(await holder).toBe('kept');
		expect(await store.withLock(key, { ttlMs: minute, waitMs: 1_000 }, async () => 'next')).toBe('next');
	});

	test('locks of different keys do not wait for each other', async () => {
		const [a, b] = [newKey(), newKey()];
		const options = { ttlMs: minute, waitMs: 100 };
		expect(await store.withLock(a, options, () => store.withLock(b, options, async () => 'both'))).toBe('both');
	});

	test('a message reaches every listener of its channel, and no other', async () => {
		const [channel, other] = [newKey(), newKey()];
		const heard: Json[] = [];
		await store.subscribe(channel, (message) => heard.push(['first', message]));
		await store.subscribe(channel, (message) => heard.push(['second', message]));
		await store.subscribe(other, (message) => heard.push(['other', message]));
		await store.publish(channel, { id: '1' });
		await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 20_000 });
		await store.publish(other, 2);
		await vi.waitFor(() => expect(heard).toHaveLength(3), { timeout: 20_000 });
		expect(heard).toEqual([
			['first', { id: '1' }],
			['second', { id: '1' }],
			['other', 2]
		]);
	});

	test('a listener that throws does not keep the others from hearing', async () => {
		const channel = newKey();
		const heard: Json[] = [];
		await store.subscribe(channel, () => {
			throw new Error('mine');
		});
		await store.subscribe(channel, (message) => heard.push(message));
		await store.publish(channel, 'still');
		await vi.waitFor(() => expect(heard).toEqual(['still']), { timeout: 20_000 });
	});

	test('after unsubscribing nothing more is heard, also when the channel is subscribed again by another', async () => {
		const channel = newKey();
		const gone: Json[] = [];
		const kept: Json[] = [];
		const unsubscribe = await store.subscribe(channel, (message) => gone.push(message));
		await unsubscribe();
		await store.subscribe(channel, (message) => kept.push(message));
		await store.publish(channel, 1);
		await vi.waitFor(() => expect(kept).toEqual([1]), { timeout: 20_000 });
		expect(gone).toEqual([]);
	});
}
