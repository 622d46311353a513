import { container } from '@sapphire/pieces';
import { sub, subgroup } from '#lib/commands/definition.js';
import { choice, colour, member, optional, rest, role } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { markup } from '#lib/core/markdown.js';
import { refusal } from '#lib/errors/refusal.js';
import { readWishes } from '#modules/roles/domain.js';
import { changeRoles } from './_change.js';
import { createRole, deleteRole } from './_edit.js';
import { addSub, changeForMany, manager, removeSub, wholeRole } from './_mass.js';

const crowd = (name: 'all' | 'humans' | 'bots', ownWords: readonly string[] = []) =>
	subgroup({ ownWords, subcommands: { add: addSub(name), remove: removeSub(name) } });

export const RoleCommand = defineGroup({
	id: 'roles.role',
	name: 'role',
	aliases: ['r'],
	default: sub({
		name: 'toggle',
		slash: 'role toggle',
		permissions: manager,
		options: { member: member(), roles: rest({ max: 500 }) },
		run(context, { member: target, roles }) {
			const named = new Set(context.guild.roles.cache.map(({ name }) => name.toLowerCase()));
			const wishes = readWishes(roles, (name) => named.has(name.toLowerCase()));
			if (wishes.length === 0 || wishes.length > 10) throw refusal('roles', 'how-many', { most: 10 });
			return changeRoles(context, target, wishes);
		}
	}),
	subcommands: {
		add: sub({
			slash: 'role add',
			permissions: manager,
			options: { member: member(), role: wholeRole() },
			run: (context, args) => changeRoles(context, args.member, [{ change: 'add', text: args.role.id }])
		}),
		remove: sub({
			slash: 'role remove',
			permissions: manager,
			options: { member: member(), role: wholeRole() },
			run: (context, args) => changeRoles(context, args.member, [{ change: 'remove', text: args.role.id }])
		}),
		create: sub({
			slash: 'role create',
			permissions: manager,
			options: { colour: optional(colour()), name: rest({ max: 100 }) },
			async run(context, args) {
				const made = await createRole(context, args.name, args.colour);
				await context.success('roles:created', { role: markup(`<@&${made}>`) });
			}
		}),
		delete: sub({
			aliases: ['role del', 'r del'],
			slash: 'role delete',
			permissions: manager,
			options: { role: wholeRole() },
			run: (context, args) => deleteRole(context, args.role)
		}),
		all: crowd('all', ['roleall']),
		humans: crowd('humans'),
		bots: crowd('bots'),
		has: sub({
			slash: 'role has',
			permissions: manager,
			options: { holders: role(), change: choice(['add', 'remove']), role: wholeRole() },
			run: (context, { holders, change, role: other }) => changeForMany(context, { roleId: holders.id }, change, other.id)
		}),
		cancel: sub({
			slash: 'role cancel',
			permissions: manager,
			async run(context) {
				const stopping = await container.jobs.cancelRunning(context.guild.id, context.user.id, 'roles.');
				if (stopping.length === 0) throw refusal('roles', 'nothing-runs');
				await context.success('roles:cancelled');
			}
		})
	}
});
