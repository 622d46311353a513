import { container } from '@sapphire/pieces';
import type { Role } from 'discord.js';
import { sub } from '#lib/commands/definition.js';
import { role, text } from '#lib/commands/options/index.js';
import type { OptionKind } from '#lib/commands/options/option.js';
import { pickRole } from '#lib/commands/options/roles.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { markup } from '#lib/core/markdown.js';
import { requireTargetAndRole } from '#modules/commandsettings/requests.js';
import { restrictionLines } from '#modules/commandsettings/view.js';
import { commandChoices, namesIn, required, showList, storedChoices, who } from './_rules.js';

const guildOwner = { guildOwner: true } as const;

/** By slash a role; by prefix what is left of the line, since a command can have several words too. */
const roleAtTheEnd: OptionKind<Role | string> = { ...role(), takes: 'rest', parse: (typed) => typed };

/** The same words below each name of the group. */
const below = (...words: readonly string[]) =>
	words.flatMap((word) => ['restrictcommand', 'rc', 'restrictcmd'].map((group) => `${group} ${word}`));

export const RestrictCommand = defineGroup({
	id: 'commandsettings.restrictcommand',
	name: 'restrictcommand',
	aliases: ['rc', 'restrictcmd'],
	subcommands: {
		add: sub({
			aliases: below('make'),
			slash: 'command restriction add',
			permissions: guildOwner,
			options: { command: text({ max: 100, autocomplete: commandChoices }), role: roleAtTheEnd },
			async run(context, args) {
				const { target, role } = await requireTargetAndRole(await namesIn(context), args.command, args.role, (text) =>
					pickRole(text, context)
				);
				required(await container.services.commandsettings.restrict(who(context), target.key, role.id));
				await context.success('commandsettings:restrictions.added', { command: target.path, role: markup(`<@&${role.id}>`) });
			}
		}),
		delete: sub({
			aliases: below('remove', 'del'),
			slash: 'command restriction delete',
			permissions: guildOwner,
			options: {
				command: text({
					max: 100,
					autocomplete: (typed, context) => storedChoices(typed, context, ({ restrictions }) => restrictions.keys())
				}),
				role: roleAtTheEnd
			},
			async run(context, args) {
				const { target, role } = await requireTargetAndRole(await namesIn(context), args.command, args.role, (text) =>
					pickRole(text, context)
				);
				required(await container.services.commandsettings.unrestrict(who(context), target.key, role.id));
				await context.success('commandsettings:restrictions.deleted', { command: target.path, role: markup(`<@&${role.id}>`) });
			}
		}),
		list: sub({
			slash: 'command restriction list',
			permissions: { member: ['ManageGuild'] },
			async run(context) {
				const rules = await container.services.commandsettings.rules(context.guild.id);
				const lines = restrictionLines(rules, { t: context.t, index: container.kit.index });
				await showList(context, context.t('commandsettings:restrictions.title'), lines, 'no-restrictions');
			}
		})
	}
});
