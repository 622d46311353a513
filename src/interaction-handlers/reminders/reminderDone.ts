import { type InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { ComponentHandler } from '#lib/components/componentHandler.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { refusal } from '#lib/errors/refusal.js';
import { doneId } from '#modules/reminders/ids.js';

type Values = ValuesOfId<typeof doneId>;

/** The person has seen the reminder: its buttons go. */
export class ReminderDone extends ComponentHandler<Values> {
	protected readonly id = doneId;

	public constructor(context: InteractionHandler.LoaderContext, options: InteractionHandler.Options) {
		super(context, { ...options, interactionHandlerType: InteractionHandlerTypes.Button });
	}

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
