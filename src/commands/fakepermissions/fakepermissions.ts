import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { sub } from '#lib/commands/definition.js';
import { optional, role } from '#lib/commands/options/index.js';
import type { AutocompleteContext } from '#lib/commands/options/option.js';
import { pickRole } from '#lib/commands/options/roles.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { markup } from '#lib/core/markdown.js';
import { permissionKey } from '#lib/discord/permissions.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { type FakePermission, grantable } from '#modules/fakepermissions/domain.js';
import { permissionWord, readGrant, roleWord } from '#modules/fakepermissions/options.js';
import { editSelect, grantableLines, grantLines, grantValues, slashNote, snakeCase } from '#modules/fakepermissions/view.js';

const guildOwner = { guildOwner: true } as const;

/** The same word below each name of the group. */
const below = (word: string) => ['fakepermissions', 'fakeperms', 'fp'].map((group) => `${group} ${word}`);

export const FakePermissions = defineGroup({
	id: 'fakepermissions.fakepermissions',
	name: 'fakepermissions',
	aliases: ['fakeperms', 'fp'],
	subcommands: {
		add: sub({
			aliases: below('append'),
			slash: 'fakepermissions add',
			permissions: guildOwner,
			options: { role: roleWord(), permission: permissionWord(choices) },
			async run(context, args) {
				const { role, permission } = await readGrant(args.role, args.permission, (text) => pickRole(text, context));
				const outcome = await container.services.fakepermissions.add(grantOf(context, role.id), permission);
				if (!outcome.ok) throw refused(outcome.code, context, role.id, [permission]);
				const values = {
					...grantValues(role.id, [permission], context),
					slash: markup(slashNote([permission], role, container.kit.index.leaves, context))
				};
				await context.success('fakepermissions:added', values);
			}
		}),
		remove: sub({
			slash: 'fakepermissions remove',
			permissions: guildOwner,
			options: { role: roleWord(), permission: permissionWord(choices) },
			async run(context, args) {
				const { role, permission } = await readGrant(args.role, args.permission, (text) => pickRole(text, context));
				const outcome = await container.services.fakepermissions.remove(grantOf(context, role.id), permission);
				if (!outcome.ok) throw refused(outcome.code, context, role.id, [permission]);
				await context.success('fakepermissions:removed', grantValues(role.id, [permission], context));
			}
		}),
		edit: sub({
			slash: 'fakepermissions edit',
			permissions: guildOwner,
			options: { role: role() },
			async run(context, { role }) {
				if (role.id === context.guild.id) throw refused('everyone', context, role.id, []);
				const own = (await container.services.fakepermissions.list(context.guild.id)).get(role.id) ?? [];
				const text = context.t('fakepermissions:edit.question', grantValues(role.id, own, context));
				await context.reply({
					embeds: [notice('neutral', text, context.user)],
					components: [editSelect(role, context.user.id, own, context)]
				});
			}
		}),
		list: sub({
			slash: 'fakepermissions list',
			options: { role: optional(role()) },
			async run(context, { role }) {
				const all = await container.services.fakepermissions.list(context.guild.id);
				if (role === null) {
					if (all.size === 0) throw refusal('fakepermissions', 'none-at-all');
					await context.paginate({ title: context.t('fakepermissions:title'), lines: grantLines(all, context) });
					return;
				}
				const own = all.get(role.id);
				if (own === undefined) throw refused('none', context, role.id, []);
				await context.neutral('fakepermissions:line', grantValues(role.id, own, context));
			}
		}),
		reset: sub({
			slash: 'fakepermissions reset',
			permissions: guildOwner,
			options: { role: optional(role()) },
			run: (context, { role }) => reset(context, role?.id ?? null)
		}),
		permissions: sub({
			aliases: below('perms'),
			slash: 'fakepermissions permissions',
			async run(context) {
				await context.paginate({ title: context.t('fakepermissions:grantable.title'), lines: grantableLines(context) });
			}
		})
	}
});

async function reset(context: CommandContext<'guild'>, roleId: string | null): Promise<void> {
	const service = container.services.fakepermissions;
	const all = await service.list(context.guild.id);
	if (roleId === null ? all.size === 0 : !all.has(roleId)) throw refused(roleId === null ? 'none-at-all' : 'none', context, roleId, []);
	const sure = await context.confirm({
		question: roleId === null ? 'fakepermissions:reset.ask-all' : 'fakepermissions:reset.ask',
		values: roleId === null ? { count: all.size } : grantValues(roleId, all.get(roleId) ?? [], context),
		// The server may have another owner by now.
		recheck: async () => {
			if (context.guild.ownerId !== context.user.id) throw refusal('commands', 'guild-owner-only');
		}
	});
	if (!sure) return;
	const outcome = await service.reset({ guildId: context.guild.id, actorId: context.user.id, roleId });
	if (!outcome.ok) throw refused(outcome.code, context, roleId, []);
	if (roleId === null) await context.success('fakepermissions:reset.all', { count: outcome.value.before.size });
	else await context.success('fakepermissions:reset.one', grantValues(roleId, [], context));
}

function grantOf(context: CommandContext<'guild'>, roleId: string) {
	return { guildId: context.guild.id, actorId: context.user.id, roleId };
}

function refused(code: string, { t }: CommandContext, roleId: string | null, [permission]: readonly FakePermission[]) {
	return refusal('fakepermissions', code, {
		roles: roleId ?? '',
		permission: permission === undefined ? '' : t(permissionKey(permission))
	});
}

function choices(typed: string, { locale }: AutocompleteContext) {
	const t = container.kit.languages.translator(locale);
	const wanted = typed.toLowerCase();
	return grantable
		.map((value) => ({ name: t(permissionKey(value)), value }))
		.filter(({ name, value }) => name.toLowerCase().includes(wanted) || snakeCase(value).includes(wanted));
}
