import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { type SeenRepository, seenRepository } from '#modules/afk/repository/seen.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';

const guildId = '1100000000000000001';
const channelId = '1300000000000000001';
const otherChannel = '1300000000000000002';
const ana = '1200000000000000001';
const bea = '1200000000000000002';
const now = Date.UTC(2026, 0, 1, 12);
let database: TestDatabase;
let db: PrismaClient;
let repository: SeenRepository;

beforeAll(async () => {
	database = await testDatabase();
	db = (await database.open()).prisma;
	repository = seenRepository({ prisma: db });
});
beforeEach(() => db.lastSeen.deleteMany());
afterAll(() => database[Symbol.asyncDispose]());

test('the newest sighting stands, in whatever order they come', async () => {
	await repository.record([{ guildId, userId: ana, at: now, channelId }]);
	await repository.record([{ guildId, userId: ana, at: now - 1, channelId: otherChannel }]);
	expect(await repository.find(guildId, ana)).toEqual({ at: now, channelId });
	await repository.record([{ guildId, userId: ana, at: now + 1, channelId: otherChannel }]);
	expect(await repository.find(guildId, ana)).toEqual({ at: now + 1, channelId: otherChannel });
	expect(await repository.find(guildId, bea)).toBeNull();
});

test('a thousand members are one statement, and two processes at once do not get in each other’s way', async () => {
	const elsewhere = seenRepository(await database.open());
	const batch = (at: number) =>
		Array.from({ length: 1_000 }, (_, index) => ({ guildId, userId: String(BigInt(ana) + BigInt(index)), at, channelId }));
	await Promise.all([
		repository.record(batch(now)),
		elsewhere.record(batch(now + 1).reverse()),
		repository.record(batch(now + 2).reverse()),
		elsewhere.record(batch(now - 1))
	]);
	const [count, newest] = await Promise.all([db.lastSeen.count(), repository.find(guildId, ana)]);
	expect(count).toBe(1_000);
	expect(newest?.at).toBe(now + 2);
	expect(await db.lastSeen.count({ where: { at: new Date(now + 2) } })).toBe(1_000);
});

test('persons can be exported, erased and forgotten', async () => {
	await repository.record([
		{ guildId, userId: ana, at: now, channelId },
		{ guildId, userId: bea, at: now, channelId }
	]);
	expect(await repository.ofPerson(ana)).toMatchObject([{ guildId: BigInt(guildId), channelId: BigInt(channelId), at: new Date(now) }]);
	expect(await db.$transaction((tx) => repository.erase(tx, ana))).toBe(1);
	expect(await repository.find(guildId, ana)).toBeNull();
	await repository.forget([ana, bea]);
	expect(await repository.find(guildId, bea)).toBeNull();
});

test('old sightings and those of a server that was left go, the oldest first', async () => {
	await repository.record([
		{ guildId, userId: ana, at: now - 2, channelId },
		{ guildId, userId: bea, at: now - 1, channelId }
	]);
	expect(await repository.purgeOld(now - 2, 5)).toBe(0);
	expect(await repository.purgeOld(now, 1)).toBe(1);
	expect(await repository.find(guildId, ana)).toBeNull();
	expect(await repository.purgeGuild('1100000000000000009', 5)).toBe(0);
	expect(await repository.purgeGuild(guildId, 5)).toBe(1);
});
