import { MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { filledField } from '#lib/components/formField.js';
import { FormHandler } from '#lib/components/handlers.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { aboutFormId, aboutFormInputs } from '#modules/reminders/ids.js';
import { setText } from '#modules/reminders/view.js';

type Values = ValuesOfId<typeof aboutFormId>;

/** Sets a reminder about a message, from the form of its menu. It comes as a direct message: nobody else saw it being set. */
export class ReminderAbout extends FormHandler<Values> {
	protected readonly id = aboutFormId;

	protected override commandOf(): string {
		return 'reminders.remind';
	}

	protected async answer(interaction: ModalSubmitInteraction, { messageId }: Values): Promise<void> {
		const { channelId, guildId, user } = interaction;
		if (channelId === null) throw refusal('components', 'malformed');
		const [when, text] = [filledField(interaction, aboutFormInputs.when), filledField(interaction, aboutFormInputs.text)];
		const outcome = await this.container.services.reminders.add(
			{ userId: user.id, guildId, channelId, messageId },
			{ when, text, everyMs: null, inDm: true }
		);
		if (!outcome.ok) throw refusal('reminders', outcome.code, outcome.values);
		const [t, locale] = [await this.translatorFor(interaction), await this.localeFor(interaction)];
		await interaction.reply({ embeds: [notice('success', setText(outcome.value, 'add', t, locale), user)], flags: MessageFlags.Ephemeral });
	}
}
