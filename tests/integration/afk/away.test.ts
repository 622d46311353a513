import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { idsOf, memberKey, PersonSet } from '#lib/settings/personSet.js';
import { SettingsHub } from '#lib/settings/settingsHub.js';
import type { Away } from '#modules/afk/domain.js';
import { awayRepository, awaySlot } from '#modules/afk/repository/away.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { FakeClock } from '../../support/fakeClock.js';
import { recordingLogger } from '../../support/recordingLogger.js';

const guildId = '1100000000000000001';
const otherGuild = '1100000000000000002';
const ana = '1200000000000000001';
const bea = '1200000000000000002';
const now = Date.UTC(2026, 0, 1, 12);
let database: TestDatabase;
let db: PrismaClient;

beforeAll(async () => {
	database = await testDatabase();
	db = (await database.open()).prisma;
});
beforeEach(() => db.afk.deleteMany());
afterAll(() => database[Symbol.asyncDispose]());

/** One process: its own pool, its own set of who is away. */
async function aProcess() {
	const own = await database.open();
	const logger = recordingLogger();
	const hub = new SettingsHub({
		database: own,
		keyValue: memoryKeyValue({ logger }),
		clock: new FakeClock(now),
		logger
	});
	const repository = awayRepository(own, hub);
	const states = new PersonSet<Away>({
		readAll: () => repository.readAll(),
		read: (key) => repository.read(idsOf(key).guildId, idsOf(key).userId)
	});
	hub.register(awaySlot, states);
	await states.load();
	return { hub, repository, states };
}

test('an absence is in memory as soon as it is written, and gone as soon as it ended', async () => {
	const { repository, states } = await aProcess();
	expect(await repository.set(guildId, ana, { reason: 'tea', since: now })).toEqual({ since: now, isNew: true });
	expect(states.get(memberKey(guildId, ana))).toEqual({ reason: 'tea', since: now });
	expect(states.get(memberKey(otherGuild, ana))).toBeNull();
	expect(await repository.end(guildId, ana, now)).toEqual({ since: now, mentions: 0 });
	expect(states.get(memberKey(guildId, ana))).toBeNull();
});

test('a second reason keeps the time and the mentions', async () => {
	const { repository } = await aProcess();
	await repository.set(guildId, ana, { reason: 'tea', since: now });
	await repository.addMentions([{ guildId, userId: ana, since: now, count: 2 }]);
	expect(await repository.set(guildId, ana, { reason: 'lunch', since: now + 60_000 })).toEqual({ since: now, isNew: false });
	expect(await repository.read(guildId, ana)).toEqual({ reason: 'lunch', since: now });
	expect(await repository.end(guildId, ana, now)).toEqual({ since: now, mentions: 2 });
});

test('of many who end one absence at once, in two processes, one did', async () => {
	const [one, two] = await Promise.all([aProcess(), aProcess()]);
	await one.repository.set(guildId, ana, { reason: 'tea', since: now });
	const tries = [one, two, one, two, one, two].map(({ repository }) => repository.end(guildId, ana, now));
	const ended = (await Promise.all(tries)).filter((answer) => answer !== null);
	expect(ended).toEqual([{ since: now, mentions: 0 }]);
});

test('one that began after the given time is not ended', async () => {
	const { repository } = await aProcess();
	await repository.set(guildId, ana, { reason: 'tea', since: now });
	expect(await repository.end(guildId, ana, now - 1)).toBeNull();
	expect(await repository.read(guildId, ana)).not.toBeNull();
});

test('a process that starts later knows everyone who is away', async () => {
	const { repository } = await aProcess();
	await repository.set(guildId, ana, { reason: 'tea', since: now });
	await repository.set(otherGuild, bea, { reason: 'lunch', since: now });
	const { states } = await aProcess();
	expect(states.size).toBe(2);
	expect(states.get(memberKey(otherGuild, bea))).toEqual({ reason: 'lunch', since: now });
});

test('mentions are added to the absence they belong to, and to no later one', async () => {
	const { repository } = await aProcess();
	await repository.set(guildId, ana, { reason: 'tea', since: now });
	await Promise.all([
		repository.addMentions([
			{ guildId, userId: ana, since: now, count: 3 },
			{ guildId, userId: bea, since: now, count: 9 }
		]),
		repository.addMentions([{ guildId, userId: ana, since: now, count: 4 }])
	]);
	await repository.addMentions([{ guildId, userId: ana, since: now - 1, count: 100 }]);
	expect(await repository.end(guildId, ana, now)).toEqual({ since: now, mentions: 7 });
});

test('a person can be exported and erased, and all processes hear of it', async () => {
	const { hub, repository, states } = await aProcess();
	await repository.set(guildId, ana, { reason: 'tea', since: now });
	await repository.set(otherGuild, ana, { reason: 'tea', since: now });
	await repository.set(guildId, bea, { reason: 'lunch', since: now });
	expect(await repository.ofPerson(ana)).toMatchObject([{ guildId: BigInt(guildId), reason: 'tea' }, { guildId: BigInt(otherGuild) }]);
	const before = await db.settingsEvent.count();
	expect(await hub.writeAll((tx, record) => repository.erase(tx, ana, record))).toBe(2);
	expect(states.size).toBe(1);
	expect(await db.settingsEvent.count()).toBe(before + 2);
	expect(await repository.ofPerson(ana)).toEqual([]);
});

test('old absences and those of a server that was left go, a few at a time', async () => {
	const { repository, states } = await aProcess();
	await repository.set(guildId, ana, { reason: 'tea', since: now - 2 });
	await repository.set(guildId, bea, { reason: 'tea', since: now - 1 });
	await repository.set(otherGuild, ana, { reason: 'tea', since: now });
	expect(await repository.purgeOld(now, 1)).toBe(1);
	expect(await repository.purgeOld(now, 5)).toBe(1);
	expect(await repository.purgeOld(now, 5)).toBe(0);
	expect(await repository.purgeGuild(guildId, 5)).toBe(0);
	expect(await repository.purgeGuild(otherGuild, 5)).toBe(1);
	expect(states.size).toBe(0);
});
