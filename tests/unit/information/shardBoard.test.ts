import { expect, test } from 'vitest';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import type { Json } from '#lib/data/keyValue.js';
import { ShardBoard } from '#modules/information/shardBoard.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const state = (id: number, guilds = 3) => ({ id, ping: 40, guilds, members: 120 });

test('each process answers for the shards of all', async () => {
	const shared = memoryKeyValue({ logger: quiet });
	await new ShardBoard(shared).post([state(0), state(1)]);
	await new ShardBoard(shared).post([state(2)]);
	expect(await new ShardBoard(shared).read(3, [])).toEqual([state(0), state(1), state(2)]);
});

test('a shard without news is told as such, not left out', async () => {
	const board = new ShardBoard(memoryKeyValue({ logger: quiet }));
	expect(await board.read(2, [state(0)])).toEqual([state(0), null]);
});

test('what a process knows itself wins over what it last posted', async () => {
	const board = new ShardBoard(memoryKeyValue({ logger: quiet }));
	await board.post([state(0, 3)]);
	expect(await board.read(1, [state(0, 4)])).toEqual([state(0, 4)]);
});

test('news goes stale: it is kept for a minute and a half', async () => {
	const kept: [string, Json, number | undefined][] = [];
	const board = new ShardBoard({ get: async () => null, set: async (key, value, ttlMs) => void kept.push([key, value, ttlMs]) });
	await board.post([state(7)]);
	expect(kept).toEqual([['shard:7', state(7), 90_000]]);
});
