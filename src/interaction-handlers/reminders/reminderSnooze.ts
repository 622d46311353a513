import { type ButtonInteraction, MessageFlags } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { snoozeId, snoozeMinutes } from '#modules/reminders/ids.js';
import { setText } from '#modules/reminders/view.js';

type Values = ValuesOfId<typeof snoozeId>;

/** Puts a reminder that came off for a while. */
export class ReminderSnooze extends ButtonHandler<Values> {
	protected readonly id = snoozeId;

	protected override moduleOf(): string {
		return 'reminders';
	}

	protected async answer(interaction: ButtonInteraction, { id, minutes, occurrence }: Values): Promise<void> {
		if (!interaction.message.mentions.users.has(interaction.user.id)) throw refusal('components', 'not-yours');
		if (!snoozeMinutes.some((offered) => offered === minutes)) throw refusal('components', 'malformed');
		const outcome = await this.container.services.reminders.snooze(interaction.user.id, id, occurrence, minutes * 60_000);
		if (!outcome.ok) throw refusal('reminders', outcome.code, outcome.values);
		const t = await this.translatorFor(interaction);
		await interaction.update({ components: [] });
		await interaction.followUp({
			embeds: [notice('success', setText(outcome.value, 'snooze', t, interaction.locale), interaction.user)],
			flags: MessageFlags.Ephemeral
		});
	}
}
