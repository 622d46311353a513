import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CommandIndex } from '#lib/commands/commandIndex.js';
import { GuardPolicies } from '#lib/commands/guards/policies.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { PrivacyRegistry } from '#lib/privacy/registry.js';
import { ChannelReferences } from '#lib/settings/channelReferences.js';
import { SettingsHub } from '#lib/settings/settingsHub.js';
import { mostAliases } from '#modules/commandsettings/domain.js';
import { commandSettingsModule } from '#modules/commandsettings/index.js';
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
	const warnings: string[] = [];
	const settings = new SettingsHub({ database: databaseOf(prisma), keyValue: memoryKeyValue({ logger }), clock, logger });
	const told: unknown[] = [];
	const client = {
		rest: { post: async (route: string, { body }: { body: unknown }) => told.push({ route, body }) },
		guilds: { cache: new Map() }
	};
	const service = commandSettingsModule(
		{
			client: client as never,
			database: { prisma },
			languages: loadLanguages(),
			settings,
			privacy,
			channelReferences: new ChannelReferences(),
			clock,
			kit: { policies: new GuardPolicies(), index: new CommandIndex([], []) },
			logger: { warn: (message) => void warnings.push(message) }
		},
		{
			// The one server has a log channel, the other has none.
			moderation: { moderation: { settings: async (guildId: string) => ({ logChannelId: guildId === '1' ? '40' : null }) } } as never,
			locales: { guild: () => null }
		}
	);
	await settings.warmUp(['1', '2']);
	return { prisma, service, privacy, settings, warnings, told };
}

const owner = { guildId: '1', actorId: '7' };
const seen = { key: 'afk.seen', inside: ['afk.seen'], around: [] };

test('everything survives a restart, and a warm server answers without a promise', async () => {
	const { service } = await aProcess();
	await service.disableCommand(owner, seen);
	await service.disableModules(owner, ['afk', 'fun'], '30');
	await service.restrict(owner, 'afk.names', '50');
	await service.restrict(owner, 'afk.names', '51');
	await service.addAlias(owner, 'where', { command: 'afk.seen', arguments: '@Ana' });
	const again = await aProcess();
	expect(again.service.rules('1')).toEqual({
		commands: new Set(['afk.seen']),
		modules: new Map([
			['afk', new Set(['30'])],
			['fun', new Set(['30'])]
		]),
		restrictions: new Map([['afk.names', ['50', '51']]]),
		aliases: new Map([['where', { command: 'afk.seen', arguments: '@Ana' }]])
	});
	expect(again.service.mayHaveAliases('1')).toBe(true);
	expect(again.service.mayHaveAliases('2')).toBe(false);
});

test('a change counts at once and is recorded with what it added and took away; a refusal leaves no record', async () => {
	const { prisma, service } = await aProcess();
	await service.disableModules(owner, ['afk'], '30');
	await service.disableModules({ ...owner, actorId: '8' }, ['afk'], null);
	expect(await service.disableModules(owner, ['afk'], '30')).toMatchObject({ code: 'module-already-off' });
	expect((await service.rules('1')).modules).toEqual(new Map([['afk', new Set(['0'])]]));
	const changes = await prisma.configChange.findMany({ orderBy: { id: 'asc' }, select: { actorId: true, before: true, after: true } });
	const place = (channelId: string) => [{ off: 'module', name: 'afk', channelId }];
	expect(changes).toEqual([
		{ actorId: 7n, before: [], after: place('30') },
		{ actorId: 8n, before: place('30'), after: place('0') }
	]);
});

test('of ten who do the same at once one does it; the number of own words holds against a crowd', async () => {
	const { prisma, service } = await aProcess();
	const same = await Promise.all(Array.from({ length: 10 }, () => service.disableCommand(owner, seen)));
	expect(same.filter(({ ok }) => ok)).toHaveLength(1);
	await prisma.commandAlias.createMany({
		data: Array.from({ length: mostAliases - 1 }, (_, index) => ({
			guildId: 1n,
			alias: `a${index}`,
			command: 'x',
			arguments: '',
			at: new Date(0)
		}))
	});
	const words = await Promise.all(['x', 'y', 'z'].map((word) => service.addAlias(owner, word, { command: 'afk.seen', arguments: '' })));
	expect(words.filter(({ ok }) => ok)).toHaveLength(1);
	expect(await prisma.commandAlias.count()).toBe(mostAliases);
});

test('channels that were deleted unnoticed are forgotten; what is off everywhere stays so, and a server that was not told keeps all', async () => {
	const { service } = await aProcess();
	const elsewhere = { ...owner, guildId: '2' };
	for (const channelId of ['60', '61']) await service.disableModules(owner, ['afk'], channelId);
	await service.disableModules(owner, ['reminders'], null);
	await service.disableModules(elsewhere, ['afk'], '62');
	const told = new Map([['1', new Set(['61'])]]);
	await service.forgetMissing({ roles: told, channels: told }, '99');
	expect((await service.rules('1')).modules).toEqual(
		new Map([
			['afk', new Set(['61'])],
			['reminders', new Set(['0'])]
		])
	);
	expect((await service.rules('2')).modules).toEqual(new Map([['afk', new Set(['62'])]]));
});

test('a deleted role leaves the others at work; when the last one goes, the log says what is open now', async () => {
	const { service, warnings, told } = await aProcess();
	await service.restrict(owner, 'afk.seen', '50');
	await service.restrict(owner, 'afk.seen', '51');
	await service.onRoleDeleted({ guildId: '1', actorId: '99' }, '50');
	expect((await service.rules('1')).restrictions).toEqual(new Map([['afk.seen', ['51']]]));
	expect(warnings).toEqual([]);
	await service.forgetMissing({ roles: new Map([['1', new Set(['50'])]]), channels: new Map([['1', new Set()]]) }, '99');
	expect((await service.rules('1')).restrictions).toEqual(new Map());
	expect(warnings).toEqual([expect.stringContaining('afk.seen')]);
	expect(told).toMatchObject([
		{ route: '/channels/40/messages', body: { embeds: [{ description: expect.stringContaining('`afk.seen`') }], enforce_nonce: true } }
	]);
});

test('two roles deleted at once both go', async () => {
	const { service } = await aProcess();
	for (const roleId of ['50', '51', '52']) await service.restrict(owner, 'afk.seen', roleId);
	await Promise.all(['50', '51'].map((roleId) => service.onRoleDeleted({ guildId: '1', actorId: '99' }, roleId)));
	expect((await service.rules('1')).restrictions).toEqual(new Map([['afk.seen', ['52']]]));
});

test('a deleted channel takes along what was off in it', async () => {
	const { service } = await aProcess();
	await service.disableModules(owner, ['afk'], '30');
	await service.disableModules(owner, ['afk'], '31');
	await service.onChannelDeleted({ guildId: '1', actorId: '99' }, '30');
	expect((await service.rules('1')).modules).toEqual(new Map([['afk', new Set(['31'])]]));
});

test('who did it is told and taken out on demand; the settings stay', async () => {
	const { prisma, service, privacy, settings } = await aProcess();
	await service.disableCommand(owner, seen);
	await service.restrict(owner, 'afk.seen', '50');
	await service.addAlias(owner, 'where', { command: 'afk.seen', arguments: '' });
	expect(privacy.persons.map(({ table }) => table)).toEqual(['disabled_command', 'command_restriction', 'command_alias']);
	for (const table of privacy.persons) {
		expect(await table.export('7')).toHaveLength(1);
		expect(await settings.writeAll((tx, record) => table.erase(tx, '7', record))).toEqual({ erased: 1 });
		expect(await table.export('7')).toEqual([]);
	}
	const left = await Promise.all([prisma.disabledCommand.count(), prisma.commandRestriction.count(), prisma.commandAlias.count()]);
	expect(left).toEqual([1, 1, 1]);
});
