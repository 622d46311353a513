import type { ButtonInteraction } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import { refusal } from '#lib/errors/refusal.js';
import { doneId } from '#modules/reminders/ids.js';

type Values = ValuesOfId<typeof doneId>;

/** The person has seen the reminder: its buttons go. */
export class ReminderDone extends ButtonHandler<Values> {
	protected readonly id = doneId;

	protected override moduleOf(): string {
		return 'reminders';
	}

	protected async answer(interaction: ButtonInteraction, { id }: Values): Promise<void> {
		// The row may be gone already: whom it was for stands in the message.
		if (!interaction.message.mentions.users.has(interaction.user.id)) throw refusal('components', 'not-yours');
		const outcome = await this.container.services.reminders.done(interaction.user.id, id);
		if (!outcome.ok) throw refusal('reminders', outcome.code);
		await interaction.update({ components: [] });
	}
}
