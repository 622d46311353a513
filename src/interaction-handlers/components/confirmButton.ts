import type { ButtonInteraction } from 'discord.js';
import { confirmations } from '#lib/components/confirm/confirm.js';
import { confirmId } from '#lib/components/confirm/ids.js';
import { confirmButtons } from '#lib/components/confirm/view.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import { refusal } from '#lib/errors/refusal.js';

type Values = ValuesOfId<typeof confirmId>;

/** Yes or no to a question that a command asked. */
export class ConfirmButton extends ButtonHandler<Values> {
	protected readonly id = confirmId;

	protected override moduleOf({ nonce }: Values): string {
		return confirmations.find(nonce)?.module ?? 'components';
	}

	/**
	 * Permissions may have changed since the question. An entry of a menu is no command: what it asks for is asked by its own check.
	 * Whoever was not asked hears that, and not what he would need for it.
	 */
	protected override commandOf({ nonce, answer }: Values, userId: string): string | null {
		const question = confirmations.find(nonce);
		const command = answer === 'yes' && question?.userId === userId ? question.command : undefined;
		return command === undefined ? null : (this.container.kit.index.byId(command)?.id ?? null);
	}

	protected async answer(interaction: ButtonInteraction, { nonce, answer }: Values): Promise<void> {
		const outcome = confirmations.press({ nonce, answer, userId: interaction.user.id, channelId: interaction.channelId });
		if (!outcome.ok) throw refusal('components', outcome.code);
		const t = await this.translatorFor(interaction);
		await interaction.update({ components: [confirmButtons(nonce, t, true)] });
	}
}
