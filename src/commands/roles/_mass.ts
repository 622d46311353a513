import { container } from '@sapphire/pieces';
import type { Role } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { sub } from '#lib/commands/definition.js';
import { role } from '#lib/commands/options/index.js';
import type { OptionKind } from '#lib/commands/options/option.js';
import { refusal } from '#lib/errors/refusal.js';
import type { Crowd } from '#modules/roles/domain.js';
import { massJob } from '#modules/roles/index.js';
import { massTitle } from '#modules/roles/view.js';

export const manager = { member: ['ManageRoles'], bot: ['ManageRoles'] } as const;

/** A role as the last thing on the line: its name may have several words. */
export function wholeRole(): OptionKind<Role> {
	return { ...role(), takes: 'rest' };
}

/** Gives or takes a role for many: asks first, then works through them with its progress shown. */
export async function changeForMany(
	context: CommandContext<'guild'>,
	crowd: Crowd,
	change: 'add' | 'remove',
	roleId: string
): Promise<void> {
	const { roles } = container.services;
	const { guild } = context;
	const mass = { roleId, change };
	const role = await allowed(context, mass);
	await context.defer();
	const items = await roles.crowd(guild.id, crowd, mass);
	if (items.length === 0) throw refusal('roles', change === 'add' ? 'nobody-lacks' : 'nobody-has', { role });
	const confirmed = await context.confirm({
		question: change === 'add' ? 'roles:mass.confirm-add' : 'roles:mass.confirm-remove',
		values: { role, count: items.length },
		recheck: async () => void (await allowed(context, mass))
	});
	if (!confirmed) return;
	const title = massTitle(change, crowd, role);
	await container.jobs.startFrom(context, { kind: massJob, title, items, payload: { ...mass }, permission: 'ManageRoles' });
}

async function allowed(
	{ guild, user }: CommandContext<'guild'>,
	mass: { readonly roleId: string; readonly change: 'add' | 'remove' }
): Promise<string> {
	const may = await container.services.roles.mayChange(guild.id, user.id, mass);
	if (!may.ok) throw refusal('roles', may.code, may.values);
	return may.value.name;
}

export const addSub = (crowd: 'all' | 'humans' | 'bots') =>
	sub({
		slash: `role ${crowd} add`,
		permissions: manager,
		options: { role: wholeRole() },
		run: (context, args) => changeForMany(context, crowd, 'add', args.role.id)
	});

export const removeSub = (crowd: 'all' | 'humans' | 'bots') =>
	sub({
		slash: `role ${crowd} remove`,
		permissions: manager,
		options: { role: wholeRole() },
		run: (context, args) => changeForMany(context, crowd, 'remove', args.role.id)
	});
