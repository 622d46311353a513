import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/data/database.js';
import type { Snapshot } from '../../../src/modules/moderation/domain/restore.js';
import { moderationPersons, purgeSnapshots } from '../../../src/modules/moderation/repository/persons.js';
import { snapshotRepository } from '../../../src/modules/moderation/repository/snapshots.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
	server = await testDatabase();
	database = await server.open();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
	await database.prisma.guild.deleteMany();
});

const now = Date.UTC(2026, 5, 1);
const day = 86_400_000;
const one: Snapshot = { guildId: '1', userId: '3', roleIds: ['10', '11'], nickname: 'Annie', leftAt: now };
const find = () => snapshotRepository(database).find('1', '3');

/** Somebody in jail, whose server is known. */
async function jail(roleIds: readonly bigint[]) {
	await database.prisma.guild.create({ data: { guildId: 1n, joinedAt: new Date(now) } });
	await database.prisma.moderationConfig.create({ data: { guildId: 1n, jailRoleId: 20n } });
	await database.prisma.jailEntry.create({ data: { guildId: 1n, userId: 3n, roleIds: [...roleIds], caseNumber: 1, at: new Date(now) } });
}

test('what somebody had when he left last counts, in a server of which nothing was stored yet', async () => {
	const { keep } = snapshotRepository(database);
	expect(await find()).toBeNull();
	await keep(one);
	expect(await find()).toEqual(one);
	await keep({ ...one, roleIds: ['12'], nickname: null, leftAt: now + day });
	expect(await find()).toEqual({ ...one, roleIds: ['12'], nickname: null, leftAt: now + day });
});

test('two who hear of the same leave at once keep one row', async () => {
	const { keep } = snapshotRepository(database);
	await Promise.all(Array.from({ length: 4 }, () => keep(one)));
	expect(await find()).toEqual(one);
	expect(await database.prisma.roleSnapshot.count()).toBe(1);
});

test('of who leaves out of jail the roles around it are kept, and not that of the jail', async () => {
	await jail([10n, 11n]);
	await snapshotRepository(database).keep({ ...one, roleIds: ['20', '11', '12'] });
	expect([...((await find())?.roleIds ?? [])].sort()).toEqual(['10', '11', '12']);
});

test('a role of the jail alone is nothing to keep, and takes nothing away', async () => {
	await jail([]);
	const { keep } = snapshotRepository(database);
	await keep({ ...one, roleIds: ['20'], nickname: null });
	expect(await find()).toBeNull();
	await keep(one);
	await keep({ ...one, roleIds: ['20'], nickname: null, leftAt: now + day });
	expect((await find())?.leftAt).toBe(now);
	await keep({ ...one, roleIds: [], nickname: 'Annie', leftAt: now + day });
	expect(await find()).toMatchObject({ roleIds: [], nickname: 'Annie' });
});

test('it is handed over, forgotten with its person, and after its time', async () => {
	const { keep } = snapshotRepository(database);
	await keep(one);
	await keep({ ...one, userId: '4', leftAt: now + day });
	const { snapshots } = moderationPersons(database);
	expect(await snapshots.export('3')).toHaveLength(1);
	expect(await purgeSnapshots(database)(now + 1, 100)).toBe(1);
	expect(await database.transaction((tx) => snapshots.erase(tx, '4'))).toBe(1);
	expect(await database.prisma.roleSnapshot.count()).toBe(0);
});
