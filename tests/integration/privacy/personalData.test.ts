import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/data/database.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { PrivacyRegistry } from '#lib/privacy/registry.js';
import { PersonSet } from '#lib/settings/personSet.js';
import { SettingsHub } from '#lib/settings/settingsHub.js';
import { housePrivacy } from '#modules/house/privacy.js';
import { guildRepository } from '#modules/house/repository.js';
import { Retention } from '#modules/house/retention.js';
import { ConsentService, consentSlot } from '#modules/privacy/consent.js';
import { optOutBits, policyVersion } from '#modules/privacy/domain.js';
import { consentRepository, optOutRepository } from '#modules/privacy/repository.js';
import { optOutSlot, PrivacyService } from '#modules/privacy/service.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { FakeClock } from '../../support/fakeClock.js';
import { recordingLogger } from '../../support/recordingLogger.js';

const ana = '42';
const day = 86_400_000;

let temporary: TestDatabase;
let database: Database;
beforeAll(async () => {
	temporary = await testDatabase();
	database = await temporary.open();
});
afterAll(() => temporary[Symbol.asyncDispose]());
beforeEach(async () => {
	const { prisma } = database;
	await Promise.all([
		prisma.userSettings.deleteMany(),
		prisma.configChange.deleteMany(),
		prisma.settingsEvent.deleteMany(),
		prisma.scheduledTask.deleteMany(),
		prisma.guild.deleteMany()
	]);
});

async function open() {
	const logger = recordingLogger();
	const clock = new FakeClock();
	const registry = new PrivacyRegistry();
	housePrivacy(registry, database);
	registry.keptInMemory('user_settings', optOutSlot);
	const hub = new SettingsHub({ database, keyValue: memoryKeyValue({ logger }), clock, logger });
	const repository = optOutRepository(database.prisma);
	const optOuts = new PersonSet<number>({ readAll: () => repository.readAll(), read: (userId) => repository.read(userId) });
	hub.register(optOutSlot, optOuts);
	const consents = consentRepository(database.prisma);
	const declined = new PersonSet<true>({ readAll: () => consents.readDeclined(), read: (userId) => consents.hasDeclined(userId) });
	hub.register(consentSlot, declined);
	registry.keptInMemory('user_settings', consentSlot);
	const consent = new ConsentService({ declined, repository: consents, settings: hub, clock });
	await hub.warmUp([]);
	const service = new PrivacyService({
		consent,
		optOuts,
		repository,
		settings: hub,
		registry,
		report: (error) => logger.error(String(error))
	});
	const retention = new Retention({
		guilds: guildRepository(database.prisma),
		privacy: registry,
		report: (error) => logger.error(String(error))
	});
	return { service, registry, clock, logger, retention };
}

const bitsOf = async (userId: string) => (await database.prisma.userSettings.findUnique({ where: { userId: BigInt(userId) } }))?.optOut;

test('switches of one person thrown at once are all kept', async () => {
	const { service } = await open();
	const features = ['snipe', 'names', 'avatars', 'seen', 'lastfm', 'levels'] as const;
	await Promise.all(features.map((feature) => service.setOptOut(ana, feature, true)));
	expect(await bitsOf(ana)).toBe(63);
	await Promise.all([service.setOptOut(ana, 'seen', false), service.setOptOut(ana, 'names', false)]);
	expect(await bitsOf(ana)).toBe(63 - optOutBits.seen - optOutBits.names);
	expect([service.isOptedOut(ana, 'seen'), service.isOptedOut(ana, 'levels')]).toEqual([false, true]);
});

test('one switch thrown twice at once succeeds once', async () => {
	const { service } = await open();
	const outcomes = await Promise.all([service.setOptOut(ana, 'seen', true), service.setOptOut(ana, 'seen', true)]);
	expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
});

test('a switch and the deletion it asks for are one transaction', async () => {
	const { service, registry } = await open();
	await database.prisma.userSettings.create({ data: { userId: BigInt(ana), timezone: 'Europe/Paris' } });
	registry.onOptOut(
		'seen',
		async (tx, userId) => (await tx.userSettings.updateMany({ where: { userId: BigInt(userId) }, data: { timezone: null } })).count
	);
	registry.onOptOut('seen', () => Promise.reject(new Error('half-way')));
	await expect(service.setOptOut(ana, 'seen', true)).rejects.toThrow('half-way');
	expect(await database.prisma.userSettings.findMany()).toMatchObject([{ optOut: 0, timezone: 'Europe/Paris' }]);
	expect(service.isOptedOut(ana, 'seen')).toBe(false);
});

async function fill(): Promise<void> {
	const { prisma } = database;
	const at = new Date(0);
	await prisma.userSettings.createMany({
		data: [
			{ userId: BigInt(ana), locale: 'fr', timezone: 'Europe/Paris' },
			{ userId: 7n, locale: 'de' }
		]
	});
	await prisma.configChange.createMany({ data: [42n, 7n].map((actorId) => ({ guildId: 1n, actorId, slot: 'prefix', at, after: '!' })) });
	await prisma.settingsEvent.createMany({ data: [ana, `1:${ana}`, '7', '142'].map((key) => ({ slot: 's', key, at })) });
}

test('the export holds the rows of the person and of nobody else, and is JSON', async () => {
	const { service } = await open();
	await fill();
	const data = await service.export(ana, (key) => key);
	expect(JSON.parse(JSON.stringify(data))).toMatchObject({
		house: {
			user_settings: { keptForDays: null, rows: [{ userId: ana, locale: 'fr', timezone: 'Europe/Paris', optOut: 0 }] },
			config_change: { keptForDays: 365, rows: [{ actorId: ana, slot: 'prefix', after: '!' }] },
			settings_event: { keptForDays: 7, rows: [{ key: ana }, { key: `1:${ana}` }] }
		}
	});
	expect(data['house']?.['config_change']?.rows).toHaveLength(1);
	expect(data['house']?.['settings_event']?.rows).toHaveLength(2);
});

test('forgetting deletes the settings, takes the person out of the record of servers, and leaves others alone', async () => {
	const { service } = await open();
	await fill();
	const forgotten = await service.forget(ana);
	expect(forgotten).toMatchObject({ erased: 2, failed: [], kept: [{ table: 'settings_event', reason: 'house:kept.settings-event' }] });
	expect(await database.prisma.userSettings.findMany({ select: { userId: true } })).toEqual([{ userId: 7n }]);
	const actors = await database.prisma.configChange.findMany({ select: { actorId: true }, orderBy: { actorId: 'asc' } });
	expect(actors).toEqual([{ actorId: 0n }, { actorId: 7n }]);
	expect((await service.forget(ana)).erased).toBe(0);
});

test('who is opted out stays so after being forgotten, with everything else gone', async () => {
	const { service } = await open();
	await fill();
	await service.setOptOut(ana, 'seen', true);
	const { kept } = await service.forget(ana);
	expect(kept).toContainEqual({ table: 'user_settings', count: 1, reason: 'house:kept.opt-out' });
	expect(await database.prisma.userSettings.findUnique({ where: { userId: BigInt(ana) } })).toMatchObject({
		locale: null,
		timezone: null,
		optOut: optOutBits.seen
	});
	expect(service.isOptedOut(ana, 'seen')).toBe(true);
});

test('the daily chore deletes what is too old, and servers left over 30 days ago with all that is theirs', async () => {
	const { retention } = await open();
	const { prisma } = database;
	const now = 2_000 * day;
	const ago = (days: number): Date => new Date(now - days * day);
	await prisma.settingsEvent.createMany({ data: [8, 6].map((days) => ({ slot: 's', key: String(days), at: ago(days) })) });
	await prisma.configChange.createMany({
		data: [
			{ guildId: 1n, actorId: 1n, slot: 'old', at: ago(366) },
			{ guildId: 1n, actorId: 1n, slot: 'kept', at: ago(364) },
			{ guildId: 2n, actorId: 1n, slot: 'left', at: ago(1) }
		]
	});
	await prisma.scheduledTask.createMany({ data: [1n, 2n].map((guildId) => ({ kind: 'k', key: String(guildId), guildId, dueAt: ago(0) })) });
	await prisma.guild.createMany({
		data: [
			{ guildId: 1n, joinedAt: ago(500) },
			{ guildId: 2n, joinedAt: ago(500), leftAt: ago(31) },
			{ guildId: 3n, joinedAt: ago(500), leftAt: ago(29) }
		]
	});
	expect(await retention.runDaily(now)).toEqual({ rows: { settings_event: 1, config_change: 1 }, guilds: 1, failed: [] });
	expect((await prisma.settingsEvent.findMany()).map(({ key }) => key)).toEqual(['6']);
	expect((await prisma.configChange.findMany()).map(({ slot }) => slot)).toEqual(['kept']);
	expect((await prisma.scheduledTask.findMany()).map(({ guildId }) => guildId)).toEqual([1n]);
	expect((await prisma.guild.findMany({ orderBy: { guildId: 'asc' } })).map(({ guildId }) => guildId)).toEqual([1n, 3n]);
	expect(await retention.runDaily(now)).toEqual({ rows: {}, guilds: 0, failed: [] });
});

const consentOf = async (userId: string) => {
	const row = await database.prisma.userSettings.findUnique({ where: { userId: BigInt(userId) } });
	return row && [row.consent, row.consentVersion, row.consentAt?.getTime() ?? null];
};

test('the notice is shown by one of two processes, once', async () => {
	const processes = [await open(), await open()];
	const shown: string[] = [];
	const tell = (userId: string) =>
		Promise.all(processes.map(({ service }) => service.consent.tell(userId, async () => void shown.push(userId))));
	await Promise.all([tell(ana), tell(ana), tell('43')]);
	await tell(ana);
	expect(shown.sort()).toEqual([ana, '43']);
	const later = await open();
	await later.service.consent.tell(ana, async () => void shown.push('again'));
	expect(shown).toHaveLength(2);
	expect(await consentOf(ana)).toEqual(['unknown', policyVersion, processes[0]?.clock.now()]);
});

test('a notice that could not be shown leaves nothing behind but what was there', async () => {
	const { service } = await open();
	const fail = (userId: string) => expect(service.consent.tell(userId, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
	await database.prisma.userSettings.create({ data: { userId: BigInt(ana), timezone: 'Europe/Paris' } });
	await fail(ana);
	await fail('43');
	expect([await consentOf(ana), await consentOf('43')]).toEqual([['unknown', null, null], null]);
});

test('a notice of a new version goes to those who agreed to an old one, and not to who disagreed', async () => {
	const { service } = await open();
	const old = { consentVersion: policyVersion - 1, consentAt: new Date(0) };
	await database.prisma.userSettings.createMany({
		data: [
			{ userId: BigInt(ana), consent: 'accepted', ...old },
			{ userId: 43n, consent: 'declined', ...old }
		]
	});
	const shown: string[] = [];
	const late = await open();
	for (const userId of [ana, '43']) {
		await service.consent.tell(userId, async () => void shown.push(userId));
		await late.service.consent.tell(userId, async () => void shown.push(userId));
	}
	expect(shown).toEqual([ana]);
	expect(await consentOf('43')).toEqual(['declined', policyVersion - 1, 0]);
});

test('whoever disagreed stays so when everything else is deleted; whoever agreed is forgotten', async () => {
	const { service } = await open();
	await service.consent.answer(ana, 'declined');
	await service.consent.answer('43', 'accepted');
	await database.prisma.userSettings.updateMany({ data: { locale: 'de', timezone: 'Europe/Berlin' } });
	expect(await service.forget(ana)).toMatchObject({ kept: [{ table: 'user_settings', count: 1 }, { table: 'settings_event' }] });
	await service.forget('43');
	expect([await consentOf(ana), await consentOf('43')]).toEqual([['declined', policyVersion, expect.any(Number)], null]);
	expect(await database.prisma.userSettings.findMany({ select: { locale: true, timezone: true } })).toEqual([
		{ locale: null, timezone: null }
	]);
	expect([service.isOptedOut(ana, 'seen'), service.isOptedOut('43', 'seen')]).toEqual([true, false]);
});

test('agreeing and disagreeing at once leaves one of both, the same in memory and in storage', async () => {
	const { service } = await open();
	await Promise.all([service.consent.answer(ana, 'accepted'), service.consent.answer(ana, 'declined')]);
	const { consent } = await service.consent.state(ana);
	expect(consent).not.toBe('unknown');
	expect(service.consent.isDeclined(ana)).toBe(consent === 'declined');
});
