import { container } from '@sapphire/pieces';
import { sub } from '#lib/commands/definition.js';
import { rest } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { requireTarget } from '#modules/commandsettings/requests.js';
import { commandLines } from '#modules/commandsettings/view.js';
import { commandChoices, namesIn, required, showList, who } from './_rules.js';

export const DisableCommand = defineGroup({
	id: 'commandsettings.disablecommand',
	name: 'disablecommand',
	aliases: ['disablecmd'],
	default: sub({
		name: 'add',
		slash: 'command disable',
		permissions: { member: ['Administrator'] },
		options: { command: rest({ max: 100, autocomplete: commandChoices }) },
		async run(context, { command }) {
			const target = requireTarget(await namesIn(context), command);
			required(await container.services.commandsettings.disableCommand(who(context), target));
			await context.success(target.leaves.length > 1 ? 'commandsettings:off.group' : 'commandsettings:off.done', { command: target.path });
		}
	}),
	subcommands: {
		list: sub({
			slash: 'command disabled',
			async run(context) {
				const rules = await container.services.commandsettings.rules(context.guild.id);
				const lines = commandLines(rules, { t: context.t, index: container.kit.index });
				await showList(context, context.t('commandsettings:off.title'), lines, 'none-off');
			}
		})
	}
});
