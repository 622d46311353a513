import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { GuardPolicies } from '#lib/commands/guards/policies.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import { PrivacyRegistry } from '#lib/privacy/registry.js';
import { SettingsHub } from '#lib/settings/settingsHub.js';
import { accessModule } from '#modules/access/index.js';
import { FakeClock } from '../../support/fakeClock.js';
import { recordingLogger } from '../../support/recordingLogger.js';
import { describeWithRedis, randomPrefix } from '../../support/redis.js';
import { redisUrl } from '../../support/redisUrl.js';
import { temporaryDatabase } from '../../support/temporaryDatabase.js';
import { connected, databaseOf } from '../settings/_house.js';

const [ana, bea, staff, owner] = ['101', '102', '201', '202'] as const;
const server = '301';
const day = 86_400_000;

let house: Awaited<ReturnType<typeof temporaryDatabase>>;

beforeAll(async () => {
	house = await temporaryDatabase();
});
afterAll(() => house[Symbol.asyncDispose]());

beforeEach(async () => {
	const { prisma } = house;
	await Promise.all([prisma.settingsEvent.deleteMany(), prisma.blacklist.deleteMany(), prisma.entitlement.deleteMany()]);
});

async function aProcess(keyValue: KeyValue = memoryKeyValue({ logger: recordingLogger() })) {
	const { prisma } = house;
	const clock = new FakeClock();
	const logger = recordingLogger();
	const privacy = new PrivacyRegistry();
	const settings = new SettingsHub({ database: databaseOf(prisma), keyValue, clock, logger });
	const config = {
		ownerIds: new Set([owner]),
		staffIds: new Set([staff]),
		guildGate: true,
		staffLogChannel: null,
		welcomeMessage: false,
		buyerRole: null
	};
	const kit = { policies: new GuardPolicies() };
	const shutdown = { add: () => undefined };
	const access = accessModule({ database: { prisma }, settings, privacy, clock, config, logger, shutdown, kit });
	await settings.start();
	await settings.warmUp([]);
	const table = (name: string) => {
		const found = privacy.persons.find((entry) => entry.table === name);
		if (found === undefined) throw new Error(`No table ${name}`);
		return found;
	};
	const erase = (name: string, userId: string) => settings.writeAll((tx, record) => table(name).erase(tx, userId, record));
	return { access, clock, prisma, settings, table, erase };
}

const blacklisting = (userId: string, actorId: string = staff) => ({ actorId, userId, isBot: false });

test('a ban survives a restart, with its end', async () => {
	const first = await aProcess();
	await first.access.blacklistUser(blacklisting(ana), null, 'floods');
	await first.access.blacklistUser(blacklisting(bea), day, null);
	const second = await aProcess();
	expect([second.access.isBlacklisted(ana), second.access.isBlacklisted(bea)]).toEqual([true, true]);
	second.clock.advance(day);
	expect([second.access.isBlacklisted(ana), second.access.isBlacklisted(bea)]).toEqual([true, false]);
});

test('of ten who blacklist one person at once one does, and of ten who lift it one does', async () => {
	const { access, prisma } = await aProcess();
	const added = await Promise.all(Array.from({ length: 10 }, () => access.blacklistUser(blacklisting(ana), null, null)));
	expect(added.filter(({ ok }) => ok)).toHaveLength(1);
	const lifted = await Promise.all(Array.from({ length: 10 }, () => access.lift('user', ana)));
	expect(lifted.filter(({ ok }) => ok)).toHaveLength(1);
	expect(await prisma.blacklist.count()).toBe(0);
	expect(await prisma.settingsEvent.count()).toBe(2);
});

test('a ban that has ended is replaced by a new one, and cannot be lifted any more', async () => {
	const { access, clock, prisma } = await aProcess();
	await access.blacklistUser(blacklisting(ana), day, 'first');
	clock.advance(day);
	expect(await access.lift('user', ana)).toMatchObject({ code: 'not-blacklisted' });
	expect(await access.blacklistUser(blacklisting(ana), null, 'second')).toMatchObject({ ok: true });
	expect(await prisma.blacklist.findMany()).toMatchObject([{ reason: 'second', expiresAt: null }]);
	expect(access.isBlacklisted(ana)).toBe(true);
});

test('a person and a server of one number are two', async () => {
	const { access } = await aProcess();
	await access.blacklistGuild(ana, owner, null);
	expect(access.isBlacklisted(ana)).toBe(false);
	expect(await access.guildRefusal(ana)).toMatchObject({ code: 'server-blacklisted' });
});

test('two who let one server in at once: one does, and its buyer has it', async () => {
	const { access } = await aProcess();
	const outcomes = await Promise.all([ana, bea].map((buyer) => access.authorise(server, buyer, staff)));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	const bought = await Promise.all([ana, bea].map((buyer) => access.boughtBy(buyer)));
	expect(bought.flat().map(({ guildId }) => guildId)).toEqual([server]);
	expect(await access.guildRefusal(server)).toBeNull();
	expect(await access.unauthorise(server)).toMatchObject({ ok: true });
	expect(await access.guildRefusal(server)).toMatchObject({ code: 'unauthorised' });
});

test('what was refused writes no event', async () => {
	const { access, prisma } = await aProcess();
	await access.lift('user', ana);
	await access.lift('guild', server);
	await access.unauthorise(server);
	await access.blacklistUser(blacklisting(staff), null, null);
	expect(await prisma.settingsEvent.count()).toBe(0);
});

test('one is told of the own ban and its reason, not of the reasons of others; being forgotten does not lift it', async () => {
	const { access, table, erase } = await aProcess();
	await access.blacklistUser(blacklisting(ana), null, 'floods');
	expect(await table('blacklist').export(ana)).toMatchObject([{ kind: 'user', id: BigInt(ana), reason: 'floods', writtenByYou: false }]);
	expect(await table('blacklist').export(staff)).toMatchObject([{ id: BigInt(ana), reason: null, writtenByYou: true }]);
	expect(await erase('blacklist', ana)).toEqual({ erased: 0, kept: { count: 1, reason: 'access:kept.blacklist' } });
	expect(access.isBlacklisted(ana)).toBe(true);
	expect(await erase('blacklist', staff)).toEqual({ erased: 1 });
	expect(await table('blacklist').export(staff)).toEqual([]);
});

test('a buyer who is forgotten leaves the server its right', async () => {
	const { access, table, erase } = await aProcess();
	await access.authorise(server, ana, staff);
	expect(await table('entitlement').export(ana)).toMatchObject([{ subjectId: BigInt(server), boughtByYou: true, writtenByYou: false }]);
	expect(await erase('entitlement', ana)).toEqual({ erased: 1 });
	expect(await table('entitlement').export(ana)).toEqual([]);
	expect(await access.guildRefusal(server)).toBeNull();
	expect(await access.unauthorise(server)).toEqual({ ok: true, value: { buyerId: null, since: expect.any(Number) } });
});

test('a ban is kept for 30 days after its end, one without end for ever', async () => {
	const { access, clock, prisma, table } = await aProcess();
	await access.blacklistUser(blacklisting(ana), day, null);
	await access.blacklistUser(blacklisting(bea), null, null);
	const { retention } = table('blacklist');
	if (retention === undefined) throw new Error('The blacklist has no retention');
	expect(retention.days).toBe(30);
	expect(await retention.purge(clock.now() + day, 100)).toBe(0);
	expect(await retention.purge(clock.now() + day + 1, 100)).toBe(1);
	expect(await prisma.blacklist.findMany({ select: { id: true } })).toEqual([{ id: BigInt(bea) }]);
});

describeWithRedis('two processes', () => {
	test('what one writes the other knows at once', async () => {
		const prefix = randomPrefix();
		const stores = await Promise.all([connected(redisUrl(), prefix), connected(redisUrl(), prefix)]);
		const [one, two] = await Promise.all(stores.map((store) => aProcess(store)));
		if (one === undefined || two === undefined) throw new Error('Two were opened');
		const soon = { timeout: 20_000, interval: 10 };
		await one.access.blacklistUser(blacklisting(ana), null, null);
		await vi.waitFor(() => expect(two.access.isBlacklisted(ana)).toBe(true), soon);
		await one.access.lift('user', ana);
		await vi.waitFor(() => expect(two.access.isBlacklisted(ana)).toBe(false), soon);
		await two.access.authorise(server, ana, staff);
		await vi.waitFor(async () => expect(await one.access.guildRefusal(server)).toBeNull(), soon);
		await two.access.blacklistGuild(server, owner, null);
		await vi.waitFor(async () => expect(await one.access.guildRefusal(server)).toMatchObject({ code: 'server-blacklisted' }), soon);
		for (const process of [one, two]) await process.settings.close();
		for (const store of stores) await store.close();
	});
});
