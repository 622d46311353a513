import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { CommandIndex } from '#lib/commands/commandIndex.js';
import { GuardPolicies } from '#lib/commands/guards/policies.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import { PrivacyRegistry } from '#lib/privacy/registry.js';
import { SettingsHub } from '#lib/settings/settingsHub.js';
import { Shutdown } from '#lib/shutdown/shutdown.js';
import { afkModule } from '#modules/afk/index.js';
import { privacyModule } from '#modules/privacy/index.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { FakeClock } from '../../support/fakeClock.js';
import { recordingLogger } from '../../support/recordingLogger.js';
import { describeWithRedis, randomPrefix } from '../../support/redis.js';
import { redisUrl } from '../../support/redisUrl.js';
import { connected } from '../settings/_house.js';
import { quietLogger } from './_logger.js';

const guildId = '1100000000000000001';
const channelId = '1300000000000000001';
const ana = '1200000000000000001';
const now = Date.UTC(2026, 0, 1, 12);
const names = (username: string) => ({ username, display: null, nickname: null });
let database: TestDatabase;
let db: PrismaClient;

beforeAll(async () => {
	database = await testDatabase();
	db = (await database.open()).prisma;
});
beforeEach(() => Promise.all([db.lastSeen.deleteMany(), db.nameHistory.deleteMany(), db.userSettings.deleteMany()]));
afterAll(() => database[Symbol.asyncDispose]());

/** Both modules of one process, as bootstrap puts them together. */
async function aProcess(keyValue: KeyValue = memoryKeyValue({ logger: recordingLogger() })) {
	const own = await database.open();
	const clock = new FakeClock(now);
	const settings = new SettingsHub({ database: own, keyValue, clock, logger: recordingLogger() });
	const registry = new PrivacyRegistry();
	const shutdown = new Shutdown({ budgetMs: 5_000, report: (name, error) => expect.fail(`${name}: ${String(error)}`) });
	const shared = { clock, database: own, keyValue, logger: quietLogger(), privacy: registry, settings, shutdown };
	const kit = { policies: new GuardPolicies(), index: new CommandIndex([], []), afterRun: async () => undefined };
	const privacy = privacyModule({ ...shared, kit, config: { consentNotice: false } });
	const afk = afkModule(shared, privacy);
	shutdown.add('jobs', 'settings', () => settings.close());
	shutdown.add('cache', 'cache', () => keyValue.close());
	await settings.start();
	await settings.warmUp([guildId]);
	return { afk, privacy, registry, shutdown };
}

test('opting out deletes names and last messages, stored or not yet, and nothing comes after', async () => {
	const { afk, privacy, shutdown } = await aProcess();
	const say = (username: string, at: number) => {
		afk.names.onNames({ userId: ana, guildId, now: names(username), before: names(username), at });
		afk.seen.onMessage(guildId, ana, channelId, at);
	};
	say('ana', now);
	expect(await afk.names.list(ana, guildId, null)).toHaveLength(1);
	say('bea', now + 600_000);
	await privacy.setOptOut(ana, 'names', true);
	await privacy.setOptOut(ana, 'seen', true);
	say('cleo', now + 1_200_000);
	await shutdown.run();
	expect([await db.nameHistory.count(), await db.lastSeen.count()]).toEqual([0, 0]);
});

test('what was on its way to storage while its person opted out is taken back', async () => {
	const { afk, privacy, shutdown } = await aProcess();
	afk.names.onNames({ userId: ana, guildId, now: names('ana'), before: names('ana'), at: now });
	expect(await afk.names.count(ana)).toBe(1);
	await privacy.setOptOut(ana, 'names', true);
	// As if the deletion had taken place a moment before the row came.
	await db.nameHistory.create({ data: { userId: BigInt(ana), kind: 'username', value: 'ana', changedAt: new Date(now) } });
	await shutdown.run();
	expect(await db.nameHistory.count()).toBe(0);
});

test('the last message that was not written yet is exported, and erased', async () => {
	const { afk, privacy, shutdown } = await aProcess();
	afk.seen.onMessage(guildId, ana, channelId, now);
	const { afk: exported } = await privacy.export(ana, (key) => key);
	expect(exported?.['last_seen']?.rows).toMatchObject([{ userId: ana, channelId }]);
	afk.seen.onMessage(guildId, ana, channelId, now + 600_000);
	await privacy.forget(ana);
	await shutdown.run();
	expect(await db.lastSeen.count()).toBe(0);
});

describeWithRedis('in two processes', () => {
	test('who is erased in one is not written again by the other, though nothing was stored yet', async () => {
		const prefix = randomPrefix();
		const [here, there] = [await aProcess(await connected(redisUrl(), prefix)), await aProcess(await connected(redisUrl(), prefix))];
		there.afk.seen.onMessage(guildId, ana, channelId, now);
		await here.privacy.forget(ana);
		await vi.waitFor(async () => expect(await there.afk.seen.find(guildId, ana)).toBeNull(), { timeout: 20_000, interval: 10 });
		await Promise.all([here.shutdown.run(), there.shutdown.run()]);
		expect(await db.lastSeen.count()).toBe(0);
	});
});

test('what came in before the end is stored at the end', async () => {
	const { afk, shutdown } = await aProcess();
	afk.seen.onMessage(guildId, ana, channelId, now);
	afk.names.onNames({ userId: ana, guildId, now: names('ana'), before: names('ana'), at: now });
	await shutdown.run();
	expect(await db.lastSeen.findMany()).toMatchObject([{ userId: BigInt(ana), at: new Date(now) }]);
	expect(await db.nameHistory.findMany()).toMatchObject([{ value: 'ana' }]);
});

test('all three tables have an export, an erasure and a retention, and go with their server', async () => {
	const { registry } = await aProcess();
	const tables = ['afk', 'last_seen', 'username_history'];
	const persons = registry.persons.filter(({ module }) => module === 'afk');
	expect(persons.map(({ table }) => table)).toEqual(tables);
	expect(persons.map(({ retention }) => retention?.days)).toEqual([365, 180, 365]);
	expect(registry.guilds.map(({ table }) => table)).toEqual(tables);
});
