import {
	type APIEmbed,
	type ContextMenuCommandInteraction,
	type Interaction,
	type Message,
	MessageFlags,
	PermissionFlagsBits,
	RESTJSONErrorCodes,
	type RepliableInteraction
} from 'discord.js';
import { answerTo, maySpeakAt, mayWeAt } from '#lib/discord/answer.js';
import { TimedRemovals } from '#lib/discord/timedRemovals.js';
import { onDiscordCode } from './discordCodes.js';

/** An answer by prefix that only one person needs is removed after this. Milliseconds. */
const removeAfterMs = 15_000;

/** The channel or message is gone, or we may not write there: then nobody can be told. */
export const unanswerable = [
	RESTJSONErrorCodes.UnknownMessage,
	RESTJSONErrorCodes.UnknownChannel,
	RESTJSONErrorCodes.MissingAccess,
	RESTJSONErrorCodes.MissingPermissions,
	RESTJSONErrorCodes.CannotSendMessagesToThisUser,
	RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds
];
/** Too late, or answered in the meantime. */
const tooLate = [
	RESTJSONErrorCodes.UnknownInteraction,
	RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
	RESTJSONErrorCodes.UnknownWebhook,
	RESTJSONErrorCodes.InvalidWebhookToken
];

/** Answers that are for one person: ephemeral by interaction; by prefix without a ping and removed after a while. */
export class PrivateAnswers {
	readonly #removals = new TimedRemovals();

	public async toInteraction(interaction: Interaction | ContextMenuCommandInteraction, embed: APIEmbed): Promise<void> {
		// Suggestions have no place for a sentence.
		if (interaction.isAutocomplete()) return onDiscordCode(interaction.respond([]), tooLate, undefined);
		if (!interaction.isRepliable()) return;
		await onDiscordCode(answer(interaction, embed), tooLate, undefined);
	}

	public async toMessage(message: Message, embed: APIEmbed): Promise<void> {
		// Discord counts what it has to refuse, and shuts out who lets himself be refused too often.
		if (!maySpeakAt(message)) return;
		// Without the right to embed, an embed is shown as nothing at all.
		const body = mayWeAt(message, PermissionFlagsBits.EmbedLinks) ? { embeds: [embed] } : { content: embed.description ?? '' };
		const options = { ...body, allowedMentions: { parse: [], repliedUser: false } };
		const reply = await onDiscordCode(answerTo(message, options), unanswerable, null);
		if (reply !== null && message.guildId !== null) this.#removals.add(reply, removeAfterMs);
	}

	/** Removes at once what is still to be removed: before the process ends. */
	public removeAll(): Promise<void> {
		return this.#removals.removeAll();
	}
}

async function answer(interaction: RepliableInteraction, embed: APIEmbed): Promise<unknown> {
	const hidden = { embeds: [embed], flags: MessageFlags.Ephemeral } as const;
	if (!interaction.deferred && !interaction.replied) return interaction.reply(hidden);
	// `ephemeral` is null where a component only deferred its update: its message must stay.
	if (interaction.replied || interaction.ephemeral === null) return interaction.followUp(hidden);
	if (interaction.ephemeral) return interaction.editReply({ embeds: [embed] });
	// A public "is thinking" cannot become private: it is taken away.
	await interaction.deleteReply();
	return interaction.followUp(hidden);
}
