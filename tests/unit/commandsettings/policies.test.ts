import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { CommandIndex } from '#lib/commands/commandIndex.js';
import type { GuardRequest } from '#lib/commands/guards/guardRequest.js';
import { GuardPolicies, type PolicyGuard } from '#lib/commands/guards/policies.js';
import { menuOf } from '#lib/commands/menu.js';
import { StorageAway } from '#lib/data/storageAway.js';
import { type CommandRules, noRules } from '#modules/commandsettings/domain.js';
import { registerPolicies } from '#modules/commandsettings/policies.js';
import { aLeaf } from '../commands/support.js';

const seen = aLeaf({ id: 'afk.seen', name: 'seen' });
const ping = aLeaf({ id: 'diagnostics.ping', name: 'ping' });
const index = new CommandIndex([seen, ping], []);

function make(given: Partial<CommandRules> | Error) {
	const policies = new GuardPolicies();
	let asked = 0;
	const rules = () => {
		asked += 1;
		return given instanceof Error ? Promise.reject(given) : { ...noRules, ...given };
	};
	registerPolicies({ policies, index: () => index, rules });
	const ask = async (guard: PolicyGuard, request: Partial<GuardRequest> = {}) =>
		(
			await policies.ask(guard, {
				leaf: seen,
				flow: 'prefix',
				userId: 'ana',
				guildId: 'g',
				guildOwnerId: 'owner',
				channelId: 'c',
				parentChannelId: null,
				roleIds: ['helpers'],
				memberPermissions: 0n,
				botPermissions: 0n,
				...request
			})
		)?.code ?? null;
	return { policies, ask, asked: () => asked };
}

const menu = menuOf({ id: 'afk.menu', target: 'user', command: 'afk.seen', run: async () => undefined }).leaf;

describe('a command that is off', () => {
	const off = { commands: new Set(['afk.seen', 'diagnostics.ping']) };
	test.each([
		['is refused', {}, 'command-off'],
		['is refused to the owner too', { userId: 'owner', memberPermissions: PermissionFlagsBits.Administrator }, 'command-off'],
		['is refused in the menu that does the same', { leaf: menu, flow: 'menu' as const }, 'command-off'],
		['works in a direct message', { guildId: null }, null],
		['works all the same when it must work everywhere', { leaf: ping }, null]
	])('%s', async (_, request, expected) => {
		expect(await make(off).ask('commandEnabled', request)).toBe(expected);
	});
});

describe('a module that is off', () => {
	const off = {
		modules: new Map([
			['afk', new Set(['c'])],
			['diagnostics', new Set(['0'])]
		])
	};
	test.each([
		['is refused in its channel', {}, 'module-off-here'],
		['is refused in a thread there', { channelId: 't', parentChannelId: 'c' }, 'module-off-here'],
		['works elsewhere', { channelId: 'd' }, null],
		['works all the same when it must', { leaf: ping }, null]
	])('%s', async (_, request, expected) => {
		expect(await make(off).ask('moduleEnabled', request)).toBe(expected);
	});

	test('says so of the whole server', async () => {
		expect(await make({ modules: new Map([['afk', new Set(['0'])]]) }).ask('moduleEnabled')).toBe('module-off');
	});
});

describe('a command that is kept for roles', () => {
	const kept = { restrictions: new Map([['afk.seen', ['mods', 'helpers']]]) };
	test.each([
		['is open to who has one of them', {}, null],
		['is refused to others', { roleIds: ['guests'] }, 'restricted'],
		['is refused in the menu that does the same', { roleIds: [], leaf: menu }, 'restricted'],
		['is open to the owner', { roleIds: [], userId: 'owner' }, null],
		['is open to administrators', { roleIds: [], memberPermissions: PermissionFlagsBits.Administrator }, null]
	])('%s', async (_, request, expected) => {
		expect(await make(kept).ask('notRestricted', request)).toBe(expected);
	});

	test('is open to fake administrators', async () => {
		const { policies, ask } = make(kept);
		policies.registerPermissions(({ userId }) => (userId === 'ana' ? PermissionFlagsBits.Administrator : PermissionFlagsBits.BanMembers));
		expect(await ask('notRestricted', { roleIds: [] })).toBeNull();
		expect(await ask('notRestricted', { roleIds: [], userId: 'bea' })).toBe('restricted');
	});
});

describe('while storage is away', () => {
	test('what is not known is refused, what must work everywhere does not even ask', async () => {
		const { ask, asked } = make(new StorageAway('away'));
		expect(await ask('notRestricted')).toBe('storage-away');
		const before = asked();
		for (const guard of ['moduleEnabled', 'commandEnabled', 'notRestricted'] as const) expect(await ask(guard, { leaf: ping })).toBeNull();
		expect(asked()).toBe(before);
	});

	test('another fault is not hidden', async () => {
		await expect(make(new Error('a bug')).ask('commandEnabled')).rejects.toThrow('a bug');
	});
});
