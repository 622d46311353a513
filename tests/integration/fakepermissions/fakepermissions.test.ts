import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { GuardPolicies } from '#lib/commands/guards/policies.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { PrivacyRegistry } from '#lib/privacy/registry.js';
import { SettingsHub } from '#lib/settings/settingsHub.js';
import { fakePermissionsModule } from '#modules/fakepermissions/index.js';
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
	await Promise.all([prisma.settingsEvent.deleteMany(), prisma.configChange.deleteMany()]);
});

async function aProcess() {
	const { prisma } = house;
	const [clock, privacy, logger] = [new FakeClock(), new PrivacyRegistry(), recordingLogger()];
	const settings = new SettingsHub({ database: databaseOf(prisma), keyValue: memoryKeyValue({ logger }), clock, logger });
	const service = fakePermissionsModule({ database: { prisma }, settings, privacy, clock, kit: { policies: new GuardPolicies() } });
	await settings.warmUp(['1', '2']);
	return { prisma, service, privacy, settings };
}

const ofMods = { guildId: '1', actorId: '7', roleId: '50' };

test('what a role has survives a restart and is known at once in a warm server', async () => {
	const first = await aProcess();
	await first.service.add(ofMods, 'BanMembers');
	await first.service.add(ofMods, 'ManageMessages');
	const second = await aProcess();
	expect(second.service.bitsOf('1', ['50'])).toBe(PermissionFlagsBits.BanMembers | PermissionFlagsBits.ManageMessages);
	expect(second.service.bitsOf('2', ['50'])).toBe(0n);
	expect(await second.service.list('1')).toEqual(new Map([['50', expect.arrayContaining(['BanMembers', 'ManageMessages'])]]));
});

test('the record says who changed it from what to what; a refusal leaves none', async () => {
	const { prisma, service } = await aProcess();
	await service.add(ofMods, 'BanMembers');
	await service.replace({ ...ofMods, actorId: '8' }, ['KickMembers']);
	expect(await service.add(ofMods, 'KickMembers')).toMatchObject({ code: 'already' });
	const changes = await prisma.configChange.findMany({ orderBy: { id: 'asc' }, select: { actorId: true, before: true, after: true } });
	expect(changes).toEqual([
		{ actorId: 7n, before: { 50: [] }, after: { 50: ['BanMembers'] } },
		{ actorId: 8n, before: { 50: ['BanMembers'] }, after: { 50: ['KickMembers'] } }
	]);
	expect(await prisma.settingsEvent.count()).toBe(2);
});

test('changes at once all stay: of ten different ones none is lost, of ten equal ones one counts', async () => {
	const { service } = await aProcess();
	const different = ['BanMembers', 'KickMembers', 'ManageRoles', 'ManageGuild', 'MoveMembers'] as const;
	await Promise.all(different.map((permission) => service.add(ofMods, permission)));
	expect((await service.list('1')).get('50')).toHaveLength(5);
	const equal = await Promise.all(Array.from({ length: 10 }, () => service.add({ ...ofMods, roleId: '51' }, 'BanMembers')));
	expect(equal.filter(({ ok }) => ok)).toHaveLength(1);
});

test('a deleted role is forgotten, in the table too; a role without any leaves no record', async () => {
	const { prisma, service } = await aProcess();
	await service.add(ofMods, 'BanMembers');
	await service.add({ ...ofMods, roleId: '51' }, 'BanMembers');
	await service.onRoleDeleted({ guildId: '1', actorId: '99', roleId: '50' });
	await service.onRoleDeleted({ guildId: '1', actorId: '99', roleId: '52' });
	expect(await prisma.fakePermission.findMany({ select: { roleId: true } })).toEqual([{ roleId: 51n }]);
	expect(await prisma.configChange.count()).toBe(3);
	expect(await service.bitsOf('1', ['50'])).toBe(0n);
});

test('who gave them is told and taken out on demand; the roles keep what they have', async () => {
	const { prisma, service, privacy, settings } = await aProcess();
	await service.add(ofMods, 'BanMembers');
	const [table] = privacy.persons;
	expect(await table?.export('7')).toMatchObject([{ guildId: 1n, roleId: 50n, permission: 'BanMembers' }]);
	expect(await settings.writeAll(async (tx, record) => table?.erase(tx, '7', record))).toEqual({ erased: 1 });
	expect(await table?.export('7')).toEqual([]);
	expect(await prisma.fakePermission.count()).toBe(1);
});
