import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/data/database.js';
import { type GuildRepository, guildRepository } from '#modules/house/repository.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';

let temporary: TestDatabase;
let database: Database;
let guilds: GuildRepository;

beforeAll(async () => {
	temporary = await testDatabase();
	database = await temporary.open();
	guilds = guildRepository(database.prisma);
});
afterAll(() => temporary[Symbol.asyncDispose]());
beforeEach(() => database.prisma.guild.deleteMany());

const stored = async () => {
	const rows = await database.prisma.guild.findMany({ orderBy: { guildId: 'asc' } });
	return rows.map(({ guildId, joinedAt, leftAt }) => [guildId.toString(), joinedAt.getTime(), leftAt?.getTime() ?? null]);
};
/** An id on that shard of four. */
const onShard = (shard: number, nth = 0): string => String((BigInt(nth * 4 + shard) << 22n) + 1n);

test('new servers are added, known ones keep their first time, left ones are back', async () => {
	await guilds.markPresent([
		{ guildId: '1', joinedAt: 100 },
		{ guildId: '2', joinedAt: 100 }
	]);
	await guilds.markLeft([{ guildId: '2', leftAt: 200 }]);
	await guilds.markPresent([1, 2, 3].map((id) => ({ guildId: String(id), joinedAt: 300 })));
	expect(await stored()).toEqual([
		['1', 100, null],
		['2', 100, null],
		['3', 300, null]
	]);
});

test('leaving twice keeps the first time, and leaving an unknown server is nothing', async () => {
	await guilds.markPresent([{ guildId: '1', joinedAt: 100 }]);
	await guilds.markLeft([{ guildId: '1', leftAt: 200 }]);
	await guilds.markLeft([
		{ guildId: '1', leftAt: 300 },
		{ guildId: '9', leftAt: 300 }
	]);
	expect(await stored()).toEqual([['1', 100, 200]]);
});

test('thirty thousand servers are one statement', async () => {
	await guilds.markPresent(Array.from({ length: 30_000 }, (_, index) => ({ guildId: String(index + 1), joinedAt: 100 })));
	expect(await database.prisma.guild.count()).toBe(30_000);
});

test('only servers of its own shard are marked as left, and only those not present', async () => {
	const [here, gone, otherShard] = [onShard(1), onShard(1, 1), onShard(2)];
	await guilds.markPresent([here, gone, otherShard].map((guildId) => ({ guildId, joinedAt: 100 })));
	expect(await guilds.markLeftExcept([here], { shardCount: 4, shardId: 1 }, 500)).toEqual([gone]);
	expect(await guilds.markLeftExcept([here], { shardCount: 4, shardId: 1 }, 900)).toEqual([]);
	expect((await stored()).filter(([, , leftAt]) => leftAt !== null)).toEqual([[gone, 100, 500]]);
});

test('without any server present all of its shard are left', async () => {
	await guilds.markPresent([{ guildId: onShard(0), joinedAt: 100 }]);
	expect(await guilds.markLeftExcept([], { shardCount: 1, shardId: 0 }, 500)).toEqual([onShard(0)]);
});

test('a server left long ago goes with what hangs on it; one that came back stays', async () => {
	await guilds.markPresent([1, 2, 3].map((id) => ({ guildId: String(id), joinedAt: 100 })));
	await database.prisma.guildPrefix.create({ data: { guildId: 1n, prefix: '!' } });
	await guilds.markLeft([
		{ guildId: '1', leftAt: 200 },
		{ guildId: '2', leftAt: 150 },
		{ guildId: '3', leftAt: 1_000 }
	]);
	expect(await guilds.leftBefore(1_000, 10)).toEqual(['2', '1']);
	expect(await guilds.leftBefore(1_000, 1)).toEqual(['2']);
	await guilds.markPresent([{ guildId: '2', joinedAt: 300 }]);
	expect([await guilds.removeLeft('1', 1_000), await guilds.removeLeft('2', 1_000), await guilds.removeLeft('3', 1_000)]).toEqual([
		true,
		false,
		false
	]);
	expect(await database.prisma.guildPrefix.count()).toBe(0);
	expect((await stored()).map(([id]) => id)).toEqual(['2', '3']);
});
