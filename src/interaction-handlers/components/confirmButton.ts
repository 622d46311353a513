import { type InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { ComponentHandler } from '#lib/components/componentHandler.js';
import { confirmations } from '#lib/components/confirm/confirm.js';
import { confirmId } from '#lib/components/confirm/ids.js';
import { confirmButtons } from '#lib/components/confirm/view.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { refusal } from '#lib/errors/refusal.js';

type Values = ValuesOfId<typeof confirmId>;

/** Yes or no to a question that a command asked. */
export class ConfirmButton extends ComponentHandler<Values> {
	protected readonly id = confirmId;

	public constructor(context: InteractionHandler.LoaderContext, options: InteractionHandler.Options) {
		super(context, { ...options, interactionHandlerType: InteractionHandlerTypes.Button });
	}

	protected override moduleOf({ nonce }: Values): string {
		return confirmations.find(nonce)?.module ?? 'components';
	}

	protected async answer(interaction: ButtonInteraction, { nonce, answer }: Values): Promise<void> {
		const outcome = confirmations.press({ nonce, answer, userId: interaction.user.id, channelId: interaction.channelId });
		if (!outcome.ok) throw refusal('components', outcome.code);
		const t = await this.translatorFor(interaction);
		await interaction.update({ components: [confirmButtons(nonce, t, true)] });
	}
}
