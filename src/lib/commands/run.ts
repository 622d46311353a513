import { container } from '@sapphire/pieces';
import type { ChatInputCommandInteraction, ContextMenuCommandInteraction, Message } from 'discord.js';
import { hasLeft } from '#lib/discord/hasLeft.js';
import { Refusal, refusal } from '#lib/errors/refusal.js';
import { withLogContext } from '#lib/observability/logContext.js';
import { authorOf } from './author.js';
import type { CommandContext } from './context/commandContext.js';
import { InteractionContext } from './context/interactionContext.js';
import { MessageContext } from './context/messageContext.js';
import { type GuardRequest, requestOfInteraction, requestOfMessage } from './guards/guardRequest.js';
import { wouldRefuse } from './guards/guards.js';
import type { Invocation } from './invocation.js';
import type { Leaf } from './leaf.js';
import type { Menu } from './menu.js';
import type { ReadContext } from './options/option.js';
import { readSlash, readTyped } from './readArguments.js';

/*
 * The only place of the kit that reads the container: Sapphire makes pieces itself, so nothing can be handed to them.
 */

/** Runs a leaf for a message. */
export async function runTyped(leaf: Leaf, message: Message, { invocation }: { readonly invocation: Invocation }): Promise<void> {
	const { kit } = container;
	const locale = await kit.locale({
		interaction: null,
		userId: message.author.id,
		guildId: message.guildId,
		guildLocale: message.guild?.preferredLocale ?? null
	});
	if (hasLeft(message)) return;
	const member = message.inGuild() ? await authorOf(message) : null;
	const context = new MessageContext({ leaf, message, member, prefix: invocation.prefix, locale, t: kit.languages.translator(locale) });
	const args = await readTyped(leaf, invocation.rest, invocation.prefix, readContext(context, message)).catch(async (error: unknown) => {
		if (error instanceof Refusal) await container.messages.didNotRun(message);
		throw error;
	});
	await requireConsent(leaf, args, () => requestOfMessage(message, leaf));
	await timed(leaf, 'prefix', message, () => leaf.run(context, args));
	await afterRun(context);
}

/** Runs a leaf for a slash command. */
export async function runSlash(leaf: Leaf, interaction: ChatInputCommandInteraction): Promise<void> {
	const context = await interactionContext(leaf, interaction, 'slash');
	await timed(leaf, 'slash', interaction, () =>
		context.deferringWhenSlow(async () => {
			const args = await readSlash(leaf, interaction, readContext(context, null));
			await requireConsent(leaf, args, () => requestOfInteraction(interaction, leaf, 'slash'));
			return leaf.run(context, args);
		})
	);
	await afterRun(context);
}

/** Runs an entry of a context menu. */
export async function runMenu(menu: Menu, interaction: ContextMenuCommandInteraction): Promise<void> {
	const context = await interactionContext(menu.leaf, interaction, 'menu');
	if (interaction.isMessageContextMenuCommand()) {
		const target = { message: interaction.targetMessage };
		await timed(menu.leaf, 'menu', interaction, () => context.deferringWhenSlow(async () => menu.run(context, target)));
	} else if (interaction.isUserContextMenuCommand()) {
		const member = interaction.inCachedGuild() ? interaction.targetMember : null;
		const target = { user: interaction.targetUser, member };
		await timed(menu.leaf, 'menu', interaction, () => context.deferringWhenSlow(async () => menu.run(context, target)));
	}
	await afterRun(context);
}

/** The guard let such a leaf pass: only its arguments say whether the call stores something. */
async function requireConsent(
	leaf: Leaf,
	args: Readonly<Record<string, unknown>>,
	request: () => GuardRequest | Promise<GuardRequest>
): Promise<void> {
	if (leaf.takesAway === null || leaf.takesAway(args)) return;
	const refused = await wouldRefuse(['consented'], await request(), container.kit);
	if (refused !== null) throw new Refusal({ values: {}, silent: false, ...refused });
}

/** The command is done by now, and its answer stands: what goes wrong here is no business of the caller. */
async function afterRun(context: CommandContext): Promise<void> {
	try {
		await container.kit.afterRun(context);
	} catch (error) {
		container.errors.inBackground(error, { where: 'after a command', name: context.leaf.id });
	}
}

async function interactionContext(
	leaf: Leaf,
	interaction: ChatInputCommandInteraction | ContextMenuCommandInteraction,
	flow: 'slash' | 'menu'
) {
	const { kit } = container;
	const { locale: spoken, user, guildId, guildLocale } = interaction;
	const locale = await kit.locale({ interaction: spoken, userId: user.id, guildId, guildLocale });
	// A server that only knows the commands, not the bot, has neither members nor channels for us.
	if (leaf.where === 'guild' && !interaction.inCachedGuild()) throw refusal('commands', 'guild-only');
	return new InteractionContext({ leaf, interaction, flow, locale, t: kit.languages.translator(locale) });
}

function readContext(context: CommandContext, message: Message | null): ReadContext {
	const { client, guild, channelId, user } = context;
	return { client, guild, channelId, user, message, now: container.kit.clock.now(), choose: (request) => context.choose(request) };
}

interface Origin {
	readonly guild: { readonly id: string; readonly shardId: number } | null;
	readonly channelId: string | null;
}

/** Log lines written meanwhile carry the ids of the command, its server and shard. */
async function timed(
	leaf: Leaf,
	flow: 'prefix' | 'slash' | 'menu',
	{ guild, channelId }: Origin,
	work: () => Promise<unknown>
): Promise<void> {
	const start = performance.now();
	const context = { command: leaf.id, shard: guild?.shardId ?? 0, guild: guild?.id, channel: channelId ?? undefined };
	try {
		await withLogContext(context, work);
	} finally {
		container.kit.onRun(leaf, flow, performance.now() - start);
	}
}
