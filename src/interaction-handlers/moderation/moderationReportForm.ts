import { MessageFlags, type ModalSubmitInteraction, PermissionFlagsBits, RESTJSONErrorCodes } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { FormHandler } from '#lib/components/handlers.js';
import { storable } from '#lib/core/text.js';
import { notice } from '#lib/discord/theme.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import { refusal } from '#lib/errors/refusal.js';
import { panelInputs, reportFormId } from '#modules/moderation/ids.js';

type Values = ValuesOfId<typeof reportFormId>;

/** Brings a report about a message to the staff, from the form of its menu. */
export class ModerationReportForm extends FormHandler<Values> {
	protected readonly id = reportFormId;

	protected override moduleOf(): string {
		return 'moderation';
	}

	protected override commandOf(): string {
		return 'moderation.report';
	}

	protected async answer(interaction: ModalSubmitInteraction, values: Values): Promise<void> {
		if (!interaction.inCachedGuild()) throw refusal('commands', 'guild-only');
		const { fields, guildId, user } = interaction;
		if (!fields.fields.has(panelInputs.reason)) throw refusal('components', 'malformed');
		const reason = storable(fields.getTextInputValue(panelInputs.reason)).trim();
		if (reason === '') throw refusal('components', 'malformed');
		await interaction.deferReply({ flags: MessageFlags.Ephemeral });
		const { reported, message } = await this.#read(interaction, values);
		const sent = await this.container.services.moderation.report({ guildId, reporter: user, user: reported, reason, message });
		if (!sent.ok) throw refusal('moderation', sent.code);
		const t = await this.translatorFor(interaction);
		await interaction.editReply({ embeds: [notice('success', t('moderation:report.sent'), user)] });
	}

	/** The ids are what the client says: only what the reporter can see is shown to the staff, with the author that Discord names. */
	async #read({ client, guild, member }: ModalSubmitInteraction<'cached'>, { channelId, messageId, userId }: Values) {
		const channel = guild.channels.cache.get(channelId) ?? (await onDiscordCode(guild.channels.fetch(channelId), gone, null));
		const mayRead = channel?.permissionsFor(member)?.has(PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory);
		const found = channel?.isTextBased() && mayRead ? await onDiscordCode(channel.messages.fetch(messageId), gone, null) : null;
		if (found === null) {
			const reported = await onDiscordCode(client.users.fetch(userId), [RESTJSONErrorCodes.UnknownUser], null);
			if (reported === null) throw refusal('moderation', 'nobody');
			return { reported, message: null };
		}
		return { reported: found.author, message: { channelId, messageId, text: found.content } };
	}
}

const gone = [RESTJSONErrorCodes.UnknownMessage, RESTJSONErrorCodes.UnknownChannel, RESTJSONErrorCodes.MissingAccess];
