import { container } from '@sapphire/pieces';
import { ChannelType, type GuildBasedChannel } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { sub } from '#lib/commands/definition.js';
import { channel, optional, rest } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { markup } from '#lib/core/markdown.js';
import { isProtectedModule } from '#modules/commandsettings/domain.js';
import { requireModules, splitChannel } from '#modules/commandsettings/requests.js';
import { moduleLines } from '#modules/commandsettings/view.js';
import { pathChoices, required, rulesOf, showList, who } from './_rules.js';

const manager = { member: ['ManageGuild'] } as const;
const places = optional(
	channel(ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildVoice, ChannelType.GuildStageVoice, ChannelType.GuildForum)
);

export const DisableModule = defineGroup({
	id: 'commandsettings.disablemodule',
	name: 'disablemodule',
	aliases: ['disablem'],
	subcommands: {
		add: sub({
			slash: 'command module disable',
			permissions: manager,
			options: { modules: rest({ max: 200, autocomplete: (typed) => moduleChoices(typed) }), channel: places },
			async run(context, args) {
				const { modules, place } = request(context, args, false);
				required(await container.services.commandsettings.disableModules(who(context), modules, place?.id ?? null));
				await context.success(
					place === null ? 'commandsettings:modules.off' : 'commandsettings:modules.off-channel',
					values(modules, place)
				);
			}
		}),
		remove: sub({
			slash: 'command module enable',
			permissions: manager,
			options: {
				modules: rest({
					max: 200,
					autocomplete: async (typed, { guildId }) => pathChoices(typed, [...((await rulesOf(guildId))?.modules.keys() ?? [])])
				}),
				channel: places
			},
			async run(context, args) {
				const { modules, place } = request(context, args, true);
				required(await container.services.commandsettings.enableModules(who(context), modules, place?.id ?? null));
				await context.success(place === null ? 'commandsettings:modules.on' : 'commandsettings:modules.on-channel', values(modules, place));
			}
		}),
		list: sub({
			slash: 'command module list',
			permissions: manager,
			async run(context) {
				const rules = await container.services.commandsettings.rules(context.guild.id);
				const lines = moduleLines(rules, { t: context.t, index: container.kit.index });
				await showList(context, context.t('commandsettings:modules.title'), lines, 'no-module-off');
			}
		})
	}
});

/** The modules and the channel that were named. What is off by an older version can be switched on even if it is protected today. */
function request(
	context: CommandContext<'guild'>,
	{ modules, channel: chosen }: { readonly modules: string; readonly channel: GuildBasedChannel | null },
	protectedToo: boolean
) {
	const categories = container.services.help.categories(container.kit.index, context.locale);
	const { text, channel: typed } =
		context.flow === 'prefix' ? splitChannel(modules, context.guild, categories) : { text: modules, channel: null };
	return { modules: requireModules(text, categories, { protectedToo }), place: chosen ?? typed };
}

function values(modules: readonly string[], place: GuildBasedChannel | null) {
	return { modules: modules.join(', '), count: modules.length, ...(place !== null && { channel: markup(`<#${place.id}>`) }) };
}

function moduleChoices(typed: string) {
	const modules = new Set(container.kit.index.leaves.map(({ module }) => module));
	return pathChoices(
		typed,
		[...modules].filter((module) => !isProtectedModule(module))
	);
}
