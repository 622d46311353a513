import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { PrivacyRegistry } from '#lib/privacy/registry.js';
import { SettingsHub } from '#lib/settings/settingsHub.js';
import { prefixesModule } from '#modules/prefixes/index.js';
import { FakeClock } from '../../support/fakeClock.js';
import { recordingLogger } from '../../support/recordingLogger.js';
import { temporaryDatabase } from '../../support/temporaryDatabase.js';
import { databaseOf } from '../settings/_house.js';

let house: Awaited<ReturnType<typeof temporaryDatabase>>;

beforeAll(async () => {
	house = await temporaryDatabase();
});
afterAll(() => house[Symbol.asyncDispose]());

beforeEach(async () => {
	const { prisma } = house;
	await prisma.guild.deleteMany();
	await Promise.all([prisma.settingsEvent.deleteMany(), prisma.configChange.deleteMany(), prisma.selfPrefix.deleteMany()]);
});

async function aProcess() {
	const { prisma } = house;
	const clock = new FakeClock();
	const privacy = new PrivacyRegistry();
	const settings = new SettingsHub({
		database: databaseOf(prisma),
		keyValue: memoryKeyValue({ logger: recordingLogger() }),
		clock,
		logger: recordingLogger()
	});
	const prefixes = prefixesModule({ database: { prisma }, settings, privacy, clock });
	await settings.warmUp(['1', '2']);
	return { prisma, prefixes, privacy, settings, clock };
}

test('a prefix survives a restart, and the record says who changed it from what to what', async () => {
	const first = await aProcess();
	await first.prefixes.setGuildPrefix('1', '7', '!');
	await first.prefixes.setGuildPrefix('1', '8', '?');
	const second = await aProcess();
	expect(second.prefixes.prefixesFor('1', '42')).toEqual(['?']);
	const changes = await second.prisma.configChange.findMany({
		orderBy: { id: 'asc' },
		select: { actorId: true, before: true, after: true, slot: true }
	});
	expect(changes).toEqual([
		{ actorId: 7n, before: null, after: '!', slot: 'prefixes.guild' },
		{ actorId: 8n, before: '!', after: '?', slot: 'prefixes.guild' }
	]);
});

test('a refused change leaves no record and no event', async () => {
	const { prefixes, prisma } = await aProcess();
	expect(await prefixes.setGuildPrefix('1', '7', ';')).toMatchObject({ code: 'already' });
	expect(await prefixes.resetGuildPrefix('1', '7')).toMatchObject({ code: 'not-changed' });
	expect([await prisma.configChange.count(), await prisma.settingsEvent.count()]).toEqual([0, 0]);
});

test('of ten people who set the same prefix at once one does', async () => {
	const { prefixes, prisma } = await aProcess();
	const outcomes = await Promise.all(Array.from({ length: 10 }, (_, actor) => prefixes.setGuildPrefix('1', String(actor), '!')));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	expect(await prisma.configChange.count()).toBe(1);
});

test('changes at once come one after the other: each starts where the last ended', async () => {
	const { prefixes, prisma } = await aProcess();
	await Promise.all(['!', '?', '$', '%'].map((prefix) => prefixes.setGuildPrefix('1', '7', prefix)));
	const changes = await prisma.configChange.findMany({ orderBy: { id: 'asc' } });
	expect(changes.map(({ before }) => before)).toEqual([null, ...changes.slice(0, -1).map(({ after }) => after)]);
	expect(await prefixes.prefixesFor('1', '42')).toEqual([changes.at(-1)?.after]);
});

test('a warm server and a person never seen cost no promise', async () => {
	const { prefixes } = await aProcess();
	expect(prefixes.prefixesFor('1', '999')).toEqual([';']);
});

test('one’s own prefix is set, changed and taken away, also by two at once', async () => {
	const { prefixes, prisma } = await aProcess();
	const [one, two] = await Promise.all([prefixes.setSelfPrefix('42', '!'), prefixes.setSelfPrefix('42', '!')]);
	expect([one.ok, two.ok].sort()).toEqual([false, true]);
	expect(await prefixes.view('1', '42')).toEqual({ guild: ';', self: '!' });
	expect(await prefixes.clearSelfPrefix('42')).toMatchObject({ ok: true });
	expect(await prefixes.clearSelfPrefix('42')).toMatchObject({ code: 'no-self-prefix' });
	expect(await prisma.selfPrefix.count()).toBe(0);
});

test('what a person set is told and erased on demand', async () => {
	const { prefixes, prisma, privacy, settings } = await aProcess();
	await prefixes.setSelfPrefix('42', '!');
	const [table] = privacy.persons;
	expect(await table?.export('42')).toEqual([{ prefix: '!' }]);
	expect(await settings.writeAll(async (tx, record) => table?.erase(tx, '42', record))).toEqual({ erased: 1 });
	expect(await table?.export('42')).toEqual([]);
	expect(await prisma.selfPrefix.count()).toBe(0);
	expect(await prefixes.view('1', '42')).toEqual({ guild: ';', self: null });
});

test('a prefix goes with its server', async () => {
	const { prefixes, prisma } = await aProcess();
	await prefixes.setGuildPrefix('1', '7', '!');
	await prisma.guild.delete({ where: { guildId: 1n } });
	expect(await prisma.guildPrefix.count()).toBe(0);
});
