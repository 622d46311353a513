import { container } from '@sapphire/pieces';
import { sub } from '#lib/commands/definition.js';
import { rest, text } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { aliasWord, longestAlias } from '#modules/commandsettings/domain.js';
import { unknownCommand } from '#modules/commandsettings/requests.js';
import { isCommandWord, splitTarget } from '#modules/commandsettings/targets.js';
import { aliasLines, aliasValues } from '#modules/commandsettings/view.js';
import { commandChoices, namesIn, pathChoices, required, rulesOf, showList, who } from './_rules.js';

const manager = { member: ['ManageGuild'] } as const;

export const Alias = defineGroup({
	id: 'commandsettings.alias',
	name: 'alias',
	subcommands: {
		add: sub({
			slash: 'command alias add',
			permissions: manager,
			options: { alias: text({ max: 100 }), command: rest({ max: 500, autocomplete: commandChoices }) },
			async run(context, args) {
				const { index } = container.kit;
				const alias = aliasWord(args.alias);
				if (alias === null) throw refusal('commandsettings', 'no-word', { most: longestAlias });
				if (isCommandWord(index, alias)) throw refusal('commandsettings', 'is-command', { alias });
				const split = splitTarget(index, args.command);
				if (split === null) throw unknownCommand(await namesIn(context), args.command);
				const target = { command: split.found.key, arguments: split.rest };
				required(await container.services.commandsettings.addAlias(who(context), alias, target));
				await context.success('commandsettings:aliases.added', aliasValues(alias, target, index));
			}
		}),
		remove: sub({
			slash: 'command alias remove',
			permissions: manager,
			options: {
				alias: text({
					max: 100,
					autocomplete: async (typed, { guildId }) => pathChoices(typed, [...((await rulesOf(guildId))?.aliases.keys() ?? [])])
				})
			},
			async run(context, args) {
				const alias = aliasWord(args.alias) ?? args.alias;
				required(await container.services.commandsettings.removeAlias(who(context), alias));
				await context.success('commandsettings:aliases.removed', { alias });
			}
		}),
		list: sub({
			slash: 'command alias list',
			permissions: manager,
			async run(context) {
				const rules = await container.services.commandsettings.rules(context.guild.id);
				const lines = aliasLines(rules, { t: context.t, index: container.kit.index });
				await showList(context, context.t('commandsettings:aliases.title'), lines, 'no-aliases');
			}
		})
	}
});
