import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/data/database.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { memberKey, PersonSet } from '#lib/settings/personSet.js';
import { SettingsHub } from '#lib/settings/settingsHub.js';
import { createTimers } from '#lib/timers/timers.js';
import { configRepository } from '../../../src/modules/moderation/repository/config.js';
import { jailRepository, jailSlot } from '../../../src/modules/moderation/repository/jail.js';
import { jailSetupRepository } from '../../../src/modules/moderation/repository/jailSetup.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { FakeClock } from '../../support/fakeClock.js';
import { recordingLogger } from '../../support/recordingLogger.js';
import { RecordingTimerLog } from '../../support/recordingTimerLog.js';

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
	server = await testDatabase();
	database = await server.open();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
	await database.prisma.guild.deleteMany();
	await database.prisma.scheduledTask.deleteMany();
	await database.prisma.guild.create({ data: { guildId: 1n, joinedAt: new Date(now) } });
});

const now = Date.UTC(2026, 5, 1);

function make() {
	const logger = recordingLogger();
	const clock = new FakeClock(now);
	const hub = new SettingsHub({ database, keyValue: memoryKeyValue({ logger }), clock, logger });
	const timers = createTimers({ database, clock, log: new RecordingTimerLog() });
	const entries = jailRepository(database, timers);
	const jailed = new PersonSet<number>({ readAll: () => entries.readAll(), read: (key) => entries.read(key) });
	hub.register(jailSlot, jailed);
	return { hub, entries, jailed, setups: jailSetupRepository(database, hub, timers), config: configRepository(database, hub) };
}

const entry = { guildId: '1', userId: '3', roleIds: ['10', '11'], caseNumber: 4, at: now };

test('who is in jail is known in memory as soon as that is stored, and no longer when he is let out', async () => {
	const { hub, entries, jailed } = make();
	await jailed.load();
	const key = memberKey('1', '3');
	await hub.writeAll((tx, change) => entries.put(tx, entry, change));
	expect([jailed.get(key), await entries.find('1', '3')]).toEqual([4, entry]);
	expect(await database.prisma.scheduledTask.count({ where: { kind: 'moderationJailGreeting', key } })).toBe(1);
	await hub.writeAll((tx, change) => entries.remove(tx, entry, change));
	expect([jailed.get(key), await entries.find('1', '3')]).toEqual([null, null]);
});

test('a role whose time ended meanwhile is not among those that he gets back', async () => {
	const { hub, entries } = make();
	await hub.writeAll((tx, change) => entries.put(tx, entry, change));
	await hub.writeAll((tx) => entries.forgetRoles(tx, { guildId: '1', userId: '3' }, ['11', '99']));
	expect((await entries.find('1', '3'))?.roleIds).toEqual(['10']);
	await hub.writeAll((tx) => entries.forgetRoles(tx, { guildId: '1', userId: '4' }, ['10']));
	expect(await entries.find('1', '4')).toBeNull();
});

test('who is put there twice keeps the roles of both times', async () => {
	const { hub, entries } = make();
	const put = (roleIds: readonly string[], caseNumber: number) =>
		hub.writeAll((tx, change) => entries.put(tx, { ...entry, roleIds, caseNumber }, change));
	await put(['10', '11'], 4);
	await put(['11', '12'], 5);
	const stored = await entries.find('1', '3');
	expect([[...(stored?.roleIds ?? [])].sort(), stored?.caseNumber]).toEqual([['10', '11', '12'], 5]);
});

test('a making that was cut short keeps its beginning; two at once have one', async () => {
	const { setups } = make();
	const begun = await Promise.all([setups.begin('1', now), setups.begin('1', now + 5_000)]);
	expect(new Set(begun).size).toBe(1);
	expect(await setups.begin('1', now + 60_000)).toBe(begun[0]);
	await setups.end('1');
	expect(await setups.begin('1', now + 90_000)).toBe(now + 90_000);
});

test('a jail that is dismissed stands in no setting, and what has to be deleted is kept until it is', async () => {
	const { setups, config } = make();
	const by = { guildId: '1', actorId: '2', now };
	expect(await setups.dismiss(by, now)).toBeNull();
	await setups.begin('1', now);
	await setups.noteLogChannel('1', '23');
	await config.change(by, () => ({ ok: true, value: { jailRoleId: '20', jailChannelId: '21', jailCategoryId: '22', logChannelId: '23' } }));
	const things = { roleId: '20', channelId: '21', categoryId: '22', logChannelId: '23' };
	const both = await Promise.all([setups.dismiss(by, now), setups.dismiss(by, now)]);
	expect(both.filter((one) => one !== null)).toEqual([things]);
	expect(await config.read('1')).toMatchObject({ jailRoleId: null, jailChannelId: null, jailCategoryId: null, logChannelId: null });
	expect((await setups.find('1')).leaving).toEqual(things);
	expect(await database.prisma.scheduledTask.count({ where: { kind: 'moderationJailDismantle' } })).toBe(1);
	await setups.forget('1');
	expect((await setups.find('1')).leaving).toBeNull();
	expect(await database.prisma.scheduledTask.count()).toBe(0);
});

test('a log channel that the server chose itself stays', async () => {
	const { setups, config } = make();
	const by = { guildId: '1', actorId: '2', now };
	await config.change(by, () => ({ ok: true, value: { jailRoleId: '20', logChannelId: '99' } }));
	expect(await setups.dismiss(by, now)).toMatchObject({ roleId: '20', logChannelId: null });
	expect((await config.read('1'))?.logChannelId).toBe('99');
});
