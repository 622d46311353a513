import { container } from '@sapphire/pieces';
import { rest } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { unknownCommand } from '#modules/commandsettings/requests.js';
import { findTarget } from '#modules/commandsettings/targets.js';
import { namesIn, required, storedChoices, who } from './_rules.js';

export const EnableCommand = defineCommand({
	id: 'commandsettings.enablecommand',
	name: 'enablecommand',
	aliases: ['enablecmd'],
	slash: 'command enable',
	permissions: { member: ['Administrator'] },
	options: {
		command: rest({ max: 100, autocomplete: (typed, context) => storedChoices(typed, context, ({ commands }) => commands) })
	},
	async run(context, { command }) {
		const target = findTarget(container.kit.index, command);
		if (target === null) throw unknownCommand(await namesIn(context), command);
		required(await container.services.commandsettings.enableCommand(who(context), target));
		await context.success('commandsettings:off.on-again', { command: target.path });
	}
});
