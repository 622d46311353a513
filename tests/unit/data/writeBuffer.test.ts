import { expect, test, vi } from 'vitest';
import { StorageAway } from '#lib/data/storageAway.js';
import { WriteBuffer, type WriteBufferOptions } from '#lib/data/writeBuffer.js';

interface Line {
	level: 'warn' | 'error';
	message: string;
}

function make(options: Partial<WriteBufferOptions<number>> = {}) {
	const written: (readonly [string, number])[][] = [];
	const lines: Line[] = [];
	const storage = { fault: null as Error | null };
	const buffer = new WriteBuffer<number>({
		name: 'sums',
		most: 3,
		batch: 2,
		merge: (earlier, later) => earlier + later,
		async write(entries) {
			if (storage.fault) throw storage.fault;
			written.push([...entries]);
		},
		log: {
			warn: (_, message) => lines.push({ level: 'warn', message }),
			error: (_, message) => lines.push({ level: 'error', message })
		},
		...options
	});
	return { buffer, written, lines, storage };
}

test('what is added is written in batches, each key once', async () => {
	const { buffer, written } = make();
	for (const key of ['a', 'b', 'a', 'c']) buffer.add(key, 1);
	await buffer.flush();
	expect(written).toEqual([
		[
			['a', 2],
			['b', 1]
		],
		[['c', 1]]
	]);
	await buffer.flush();
	expect(written).toHaveLength(2);
});

test('while storage is away nothing is lost, and what came meanwhile is merged in', async () => {
	const { buffer, written, storage, lines } = make();
	buffer.add('a', 1);
	storage.fault = new StorageAway('away');
	await buffer.flush();
	buffer.add('a', 2);
	await buffer.flush();
	storage.fault = null;
	await buffer.flush();
	expect(written).toEqual([[['a', 3]]]);
	expect(lines).toEqual([]);
});

test('a full buffer takes no new key, still merges known ones, and says so once per outage', async () => {
	const { buffer, written, storage, lines } = make();
	storage.fault = new StorageAway('away');
	for (const key of ['a', 'b', 'c']) expect(buffer.add(key, 1)).toBe(true);
	expect(buffer.add('d', 1)).toBe(false);
	expect(buffer.add('e', 1)).toBe(false);
	expect(buffer.add('a', 1)).toBe(true);
	expect(buffer.size).toBe(3);
	expect(lines).toEqual([{ level: 'warn', message: expect.stringContaining('sums') }]);

	storage.fault = null;
	await buffer.flush();
	expect(written.flat()).toContainEqual(['a', 2]);
	for (const key of ['a', 'b', 'c', 'd']) buffer.add(key, 1);
	expect(lines).toHaveLength(2);
});

test('a batch that storage refuses for good is dropped and logged, and the next one is written', async () => {
	const { buffer, written, storage, lines } = make();
	buffer.add('a', 1);
	storage.fault = new Error('no such column');
	await buffer.flush();
	storage.fault = null;
	buffer.add('b', 1);
	await buffer.flush();
	expect(written).toEqual([[['b', 1]]]);
	expect(lines).toEqual([{ level: 'error', message: expect.stringContaining('sums') }]);
});

test('what is taken out is not written, and a write that is under way is waited for', async () => {
	const begun = Promise.withResolvers<void>();
	const gate = Promise.withResolvers<void>();
	const { buffer, written } = make({
		async write(entries) {
			begun.resolve();
			await gate.promise;
			written.push([...entries]);
		}
	});
	buffer.add('a', 1);
	const flushing = buffer.flush();
	await begun.promise;
	const taking = buffer.take('a');
	buffer.add('b', 5);
	gate.resolve();
	await flushing;
	expect(await taking).toBeUndefined();
	expect(written).toEqual([[['a', 1]]]);
	expect(await buffer.take('b')).toBe(5);
	await buffer.flush();
	expect(written).toHaveLength(1);
});

test('two flushes at once write everything once', async () => {
	const { buffer, written } = make();
	buffer.add('a', 1);
	const first = buffer.flush();
	buffer.add('b', 1);
	await Promise.all([first, buffer.flush()]);
	expect(written.flat()).toEqual([
		['a', 1],
		['b', 1]
	]);
});

test('what was dropped is not written', async () => {
	const { buffer, written } = make();
	buffer.add('a', 1);
	buffer.add('b', 1);
	buffer.drop((key) => key === 'a');
	await buffer.flush();
	expect(written).toEqual([[['b', 1]]]);
});

test('the keys that were written are told one round later, and again when that failed for want of storage', async () => {
	const told: (readonly string[])[] = [];
	const fault = { now: null as Error | null };
	const { buffer } = make({
		async afterwards(keys) {
			if (fault.now) throw fault.now;
			told.push(keys);
		}
	});
	buffer.add('a', 1);
	await buffer.flush();
	expect(told).toEqual([]);
	fault.now = new StorageAway('away');
	await buffer.flush();
	fault.now = null;
	await buffer.flush();
	expect(told).toEqual([['a']]);
	await buffer.flush();
	expect(told).toHaveLength(1);
});

test('closing writes what is left and says what could not be', async () => {
	const good = make();
	good.buffer.add('a', 1);
	await good.buffer.close();
	expect(good.written).toEqual([[['a', 1]]]);

	const bad = make();
	bad.storage.fault = new StorageAway('away');
	bad.buffer.add('a', 1);
	await bad.buffer.close();
	expect(bad.lines).toEqual([{ level: 'warn', message: expect.stringContaining('1 are lost') }]);
});

test('a buffer that is half full before its time is written at once', async () => {
	const { buffer, written } = make({ most: 4 });
	buffer.start(3_600_000);
	buffer.add('a', 1);
	await Promise.resolve();
	expect(written).toEqual([]);
	buffer.add('b', 1);
	await vi.waitFor(() => expect(buffer.size).toBe(0));
	expect(written).toEqual([
		[
			['a', 1],
			['b', 1]
		]
	]);
	await buffer.close();
});
