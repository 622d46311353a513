import type { ButtonInteraction } from 'discord.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import { refusal } from '#lib/errors/refusal.js';
import { consentAnswered } from '#modules/privacy/view.js';

interface Values {
	readonly userId: string;
}

/** The word of the person whom a notice is for. */
export abstract class ConsentAnswer extends ButtonHandler<Values> {
	protected abstract readonly consent: 'accepted' | 'declined';

	protected override moduleOf(): string {
		return 'privacy';
	}

	protected async answer(interaction: ButtonInteraction, { userId }: Values): Promise<void> {
		if (interaction.user.id !== userId) throw refusal('components', 'not-yours');
		await this.container.services.privacy.consent.answer(userId, this.consent);
		const t = await this.translatorFor(interaction);
		await interaction.update({ embeds: [consentAnswered(this.consent, interaction.user, t)], components: [] });
	}
}
