import { container } from '@sapphire/pieces';
import { sub } from '#lib/commands/definition.js';
import { text } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { guildChange, prefixesView } from '#modules/prefixes/view.js';

export const Prefix = defineGroup({
	id: 'prefixes.prefix',
	name: 'prefix',
	default: sub({
		name: 'set',
		slash: 'prefix set',
		permissions: { member: ['ManageGuild'] },
		options: { prefix: text({ max: 100 }) },
		async run(context, { prefix }) {
			const outcome = await container.services.prefixes.setGuildPrefix(context.guild.id, context.user.id, prefix);
			if (!outcome.ok) throw refusal('prefixes', outcome.code, outcome.values);
			await context.success('prefixes:set', guildChange(outcome.value));
		}
	}),
	subcommands: {
		reset: sub({
			slash: 'prefix reset',
			permissions: { member: ['ManageGuild'] },
			async run(context) {
				const outcome = await container.services.prefixes.resetGuildPrefix(context.guild.id, context.user.id);
				if (!outcome.ok) throw refusal('prefixes', outcome.code, outcome.values);
				await context.success('prefixes:reset', guildChange(outcome.value));
			}
		}),
		view: sub({
			slash: 'prefix view',
			async run(context) {
				const view = await container.services.prefixes.view(context.guild.id, context.user.id);
				await context.reply({ embeds: [prefixesView(view, true, context.user, context.t)] });
			}
		})
	}
});
