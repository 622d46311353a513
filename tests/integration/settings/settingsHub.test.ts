import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/data/database.js';
import { notLoaded } from '#lib/settings/personSet.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { aProcess } from './_house.js';

let temporary: TestDatabase;
let database: Database;

beforeAll(async () => {
	temporary = await testDatabase();
	database = await temporary.open();
});
afterAll(() => temporary[Symbol.asyncDispose]());

beforeEach(async () => {
	const { prisma } = database;
	await prisma.guild.deleteMany();
	await Promise.all([prisma.settingsEvent.deleteMany(), prisma.configChange.deleteMany(), prisma.selfPrefix.deleteMany()]);
	await prisma.guild.createMany({ data: [1n, 2n, 3n].map((guildId) => ({ guildId, joinedAt: new Date(0) })) });
});

test('a write stores the row, who changed what, and the event; the next answer is the new one', async () => {
	const one = aProcess(database);
	await one.hub.warmUp(['1', '2']);
	await one.setPrefix('1', '!');
	expect((await one.prefixes.get('1')).settings.prefix).toBe('!');
	const at = new Date(one.clock.now());
	expect(await database.prisma.configChange.findMany({ omit: { id: true } })).toEqual([
		{ guildId: 1n, actorId: 7n, slot: 'prefix', before: null, after: { prefix: '!' }, at }
	]);
	expect(await database.prisma.settingsEvent.findMany({ omit: { id: true, xid: true } })).toEqual([{ slot: 'prefix', key: '1', at }]);
});

test('what a person sets for himself is announced and not put into the record of a server', async () => {
	const one = aProcess(database);
	await one.hub.warmUp([]);
	await one.setSelfPrefix('42', '?');
	expect(one.selfPrefixes.get('42')).toBe('?');
	expect(await database.prisma.configChange.count()).toBe(0);
	expect(await database.prisma.settingsEvent.count()).toBe(1);
});

test('a write that fails leaves neither row nor record nor event, and the old value is answered', async () => {
	const one = aProcess(database);
	await one.setPrefix('1', '!');
	const failing = one.hub.write('prefix', '1', { guildId: '1', actorId: '7', before: null, after: null }, async (tx) => {
		await tx.guildPrefix.delete({ where: { guildId: 1n } });
		throw new Error('half-way');
	});
	await expect(failing).rejects.toThrow('half-way');
	expect((await one.prefixes.get('1')).settings.prefix).toBe('!');
	expect(await database.prisma.settingsEvent.count()).toBe(1);
	expect(await database.prisma.configChange.count()).toBe(1);
});

test('the change may be made from what the statement answered, and a write that changed nothing is not recorded', async () => {
	const { hub } = aProcess(database);
	const setTo = (prefix: string) =>
		hub.write(
			'prefix',
			'1',
			(changed: number) => (changed === 0 ? null : { guildId: '1', actorId: '7', before: null, after: { prefix } }),
			(tx) => tx.$executeRaw`
				INSERT INTO guild_prefix (guild_id, prefix) VALUES (1, ${prefix})
				ON CONFLICT (guild_id) DO UPDATE SET prefix = excluded.prefix WHERE guild_prefix.prefix <> excluded.prefix`
		);
	expect([await setTo('!'), await setTo('!'), await setTo('?')]).toEqual([1, 0, 1]);
	expect(await database.prisma.configChange.count()).toBe(2);
});

test('changes of several slots are one transaction', async () => {
	const one = aProcess(database);
	await one.hub.warmUp(['1']);
	await one.hub.writeAll(async (tx, record) => {
		await tx.guildPrefix.create({ data: { guildId: 1n, prefix: '!' } });
		await record('prefix', '1', { guildId: '1', actorId: '7', before: null, after: '!' });
		await tx.selfPrefix.create({ data: { userId: 42n, prefix: '?' } });
		await record('selfPrefix', '42', { guildId: null });
	});
	expect([(await one.prefixes.get('1')).settings.prefix, one.selfPrefixes.get('42')]).toEqual(['!', '?']);
	expect(await database.prisma.settingsEvent.count()).toBe(2);
});

test('two who write one row at once leave one value, two records, and the value in memory is the stored one', async () => {
	const one = aProcess(database);
	await one.hub.warmUp(['1']);
	await Promise.all([one.setPrefix('1', 'a'), one.setPrefix('1', 'b')]);
	const stored = await database.prisma.guildPrefix.findUniqueOrThrow({ where: { guildId: 1n } });
	expect((await one.prefixes.get('1')).settings.prefix).toBe(stored.prefix);
	expect(await database.prisma.configChange.count()).toBe(2);
});

test('at READY every slot is read with one statement, however many servers', async () => {
	await database.prisma.guildPrefix.create({ data: { guildId: 2n, prefix: '!' } });
	const one = aProcess(database);
	await one.hub.start();
	expect(await one.hub.warmUp(['1', '2', '3'])).toBe(true);
	expect(one.counted).toEqual({ read: 0, readMany: 1, readAll: 1 });
	expect([one.prefixes.peek('1'), one.prefixes.peek('2')].map((entry) => entry?.settings.prefix)).toEqual([';', '!']);
	expect(one.selfPrefixes.get('42')).toBeNull();
	expect(one.counted.read).toBe(0);
});

test('a server that was left is not kept, not even when somebody asks for it later', async () => {
	const one = aProcess(database);
	await one.hub.warmUp(['1', '2']);
	one.hub.guildLeft('1');
	await one.prefixes.get('1');
	expect([one.prefixes.size, one.prefixes.peek('1')]).toEqual([1, undefined]);
	one.hub.guildJoined('1');
	await one.prefixes.get('1');
	expect(one.prefixes.size).toBe(2);
});

test('a slot of one name cannot be registered twice', () => {
	const one = aProcess(database);
	expect(() => one.hub.register('prefix', one.prefixes)).toThrow('"prefix" is registered twice');
	expect(() => one.hub.register('prefix', one.selfPrefixes)).toThrow('"prefix" is registered twice');
});

test('before the warm-up a set of persons says that it is not loaded', () => {
	expect(aProcess(database).selfPrefixes.get('42')).toBe(notLoaded);
});
