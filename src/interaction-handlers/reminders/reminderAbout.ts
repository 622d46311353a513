import { type InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import { ComponentHandler } from '#lib/components/componentHandler.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { storable } from '#lib/core/text.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { aboutFormId, aboutFormInputs } from '#modules/reminders/ids.js';
import { setText } from '#modules/reminders/view.js';

type Values = ValuesOfId<typeof aboutFormId>;

/** Sets a reminder about a message, from the form of its menu. It comes as a direct message: nobody else saw it being set. */
export class ReminderAbout extends ComponentHandler<Values, ModalSubmitInteraction> {
	protected readonly id = aboutFormId;

	public constructor(context: InteractionHandler.LoaderContext, options: InteractionHandler.Options) {
		super(context, { ...options, interactionHandlerType: InteractionHandlerTypes.ModalSubmit });
	}

	protected override moduleOf(): string {
		return 'reminders';
	}

	protected async answer(interaction: ModalSubmitInteraction, { messageId }: Values): Promise<void> {
		const { fields, channelId, guildId, user } = interaction;
		const { when, text } = aboutFormInputs;
		if (channelId === null || !fields.fields.has(when) || !fields.fields.has(text)) throw refusal('components', 'malformed');
		const outcome = await this.container.services.reminders.add(
			{ userId: user.id, guildId, channelId, messageId },
			{ when: fields.getTextInputValue(when), text: storable(fields.getTextInputValue(text)), everyMs: null, inDm: true }
		);
		if (!outcome.ok) throw refusal('reminders', outcome.code, outcome.values);
		const [t, locale] = [await this.translatorFor(interaction), await this.localeFor(interaction)];
		await interaction.reply({ embeds: [notice('success', setText(outcome.value, 'add', t, locale), user)], flags: MessageFlags.Ephemeral });
	}
}
