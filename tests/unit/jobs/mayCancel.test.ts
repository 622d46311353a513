import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { Cooldowns } from '#lib/commands/guards/cooldowns.js';
import type { GuardRequest } from '#lib/commands/guards/guardRequest.js';
import { GuardPolicies } from '#lib/commands/guards/policies.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { mayCancel } from '#lib/jobs/access.js';

const { Administrator, BanMembers, ManageRoles } = PermissionFlagsBits;
const job = { actorId: 'ana', permission: 'ManageRoles' } as const;

function answer(who: Partial<GuardRequest>, fake = 0n) {
	const policies = new GuardPolicies();
	policies.registerPermissions(() => fake);
	const keyValue = memoryKeyValue({ logger: { info: () => undefined, warn: () => undefined, error: () => undefined } });
	const kit = {
		policies,
		cooldowns: new Cooldowns(keyValue, { now: () => 1_000_000 }),
		staff: { owners: new Set(['staff']), staff: new Set<string>() }
	};
	const base = { flow: 'slash', userId: 'bea', guildId: 'g', guildOwnerId: 'owner', channelId: 'c', parentChannelId: null } as const;
	return mayCancel(job, (leaf) => ({ ...base, leaf, roleIds: [], memberPermissions: 0n, botPermissions: 0n, ...who }), kit);
}

test.each([
	['the one who started it, whatever he may by now', { userId: 'ana' }, 0n],
	['who holds its permission', { memberPermissions: ManageRoles }, 0n],
	['who holds it by a fake one', {}, ManageRoles],
	['an administrator', { memberPermissions: Administrator }, 0n],
	['the owner of the server', { userId: 'owner' }, 0n]
])('%s may stop it', async (_, who, fake) => {
	expect(await answer(who, fake)).toBeNull();
});

test.each([
	['somebody else', {}],
	['who holds another permission', { memberPermissions: BanMembers }],
	['who runs the bot', { userId: 'staff' }]
])('%s may not, and hears what is missing', async (_, who) => {
	expect(await answer(who)).toMatchObject({ module: 'commands', code: 'missing-permissions', values: { permissions: 'ManageRoles' } });
});
