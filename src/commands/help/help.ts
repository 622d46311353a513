import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { requestOfMember } from '#lib/commands/guards/guardRequest.js';
import type { Leaf } from '#lib/commands/leaf.js';
import { optional, rest } from '#lib/commands/options/index.js';
import type { AutocompleteContext } from '#lib/commands/options/option.js';
import type { OwnCall } from '#lib/commands/ownWords.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { type Asker, accessOf, askerOutsideGuild } from '#modules/help/access.js';
import { type Category, choicesFor, findTopic } from '#modules/help/catalogue.js';
import { categoryPage } from '#modules/help/categoryPage.js';
import { commandView } from '#modules/help/commandView.js';
import { categorySelects, menuView, type Wording } from '#modules/help/view.js';
import { inviteLink } from '#modules/information/discord.js';

export const Help = defineCommand({
	id: 'help.help',
	name: 'help',
	aliases: ['commands', 'h', 'cmds'],
	where: 'both',
	slash: 'help',
	options: { command: optional(rest({ max: 100, autocomplete: (typed, asking) => choices(typed, asking) })) },
	async run(context, { command }) {
		const { kit, services } = container;
		const categories = services.help.categories(kit.index, context.locale);
		const wording = await wordingOf(context);
		if (command === null) return menu(context, categories, wording);

		const ownWords = await services.commandsettings.ownWords(kit.index, context.guild?.id ?? null);
		const topic = findTopic(command, kit.index, categories, {
			ownWords,
			prefixes: await kit.prefixes(context.guild?.id ?? null, context.user.id)
		});
		const asker = await askerOf(context);
		switch (topic.kind) {
			case 'unknown':
				throw unknown(command, topic.guesses, wording.prefix);
			case 'category':
				await context.reply(await categoryPage(topic.module, categories, asker, wording, kit));
				return;
			case 'command':
				await context.reply({ embeds: [await page(topic.leaf, asker, categories, wording, topic.own)] });
				return;
			case 'group':
				await context.paginate({
					embeds: await Promise.all(topic.group.leaves.map((leaf) => page(leaf, asker, categories, wording, topic.own)))
				});
		}
	}
});

async function menu(context: CommandContext, categories: readonly Category[], wording: Wording): Promise<void> {
	const { index } = container.kit;
	const { commandsUrl, supportServer } = container.services.help;
	const view = menuView(
		{
			avatar: context.client.user.displayAvatarURL(),
			commands: index.leaves.filter((leaf) => !leaf.hidden).length,
			categories: categories.length,
			links: { commands: commandsUrl, support: supportServer, invite: inviteLink(context.client, index.leaves) }
		},
		wording
	);
	await context.reply({ embeds: [view], components: categorySelects(categories, context.user.id, context.t) });
}

async function page(leaf: Leaf, asker: Asker, categories: readonly Category[], wording: Wording, own?: OwnCall) {
	const category = categories.find(({ module }) => module === leaf.module)?.name ?? leaf.module;
	return commandView(leaf, await accessOf(leaf, asker, container.kit), category, wording, own);
}

async function wordingOf({ t, locale, guild, user }: CommandContext): Promise<Wording> {
	const { guild: prefix } = await container.services.prefixes.view(guild?.id ?? null, user.id);
	return { t, locale, languages: container.kit.languages, prefix };
}

async function askerOf({ leaf, guild, member, channelId, user }: CommandContext): Promise<Asker> {
	if (guild === null || member === null) return askerOutsideGuild(user.id, channelId);
	return requestOfMember(leaf, member, guild.channels.cache.get(channelId) ?? null);
}

function unknown(given: string, guesses: readonly string[], prefix: string) {
	const [first, second, third] = guesses.map((guess) => `${prefix}help ${guess}`);
	if (first === undefined || second === undefined || third === undefined) return refusal('help', 'unknown-command', { given });
	return refusal('help', 'unknown-command-guesses', { given, first, second, third });
}

async function choices(typed: string, { locale, guildId }: AutocompleteContext) {
	const { kit, services } = container;
	const ownWords = await services.commandsettings.ownWords(kit.index, guildId);
	return choicesFor(typed, kit.index, services.help.categories(kit.index, locale), ownWords);
}
