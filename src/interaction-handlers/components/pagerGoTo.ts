import type { ModalSubmitInteraction } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { FormHandler } from '#lib/components/handlers.js';
import { goToPageId, pageNumberInput } from '#lib/components/pager/ids.js';
import { pagers } from '#lib/components/pager/pager.js';
import { pageView } from '#lib/components/pager/view.js';
import { refusal } from '#lib/errors/refusal.js';

type Values = ValuesOfId<typeof goToPageId>;

/** The page's number that somebody typed. */
export class PagerGoTo extends FormHandler<Values> {
	protected readonly id = goToPageId;

	protected override moduleOf({ nonce }: Values): string {
		return pagers.find(nonce)?.module ?? 'components';
	}

	protected async answer(interaction: ModalSubmitInteraction, { nonce }: Values): Promise<void> {
		if (!interaction.isFromMessage() || !interaction.fields.fields.has(pageNumberInput)) throw refusal('components', 'malformed');
		const press = { nonce, userId: interaction.user.id, channelId: interaction.channelId };
		const outcome = pagers.goTo(press, interaction.fields.getTextInputValue(pageNumberInput));
		if (!outcome.ok) throw refusal('components', outcome.code, outcome.values);
		await interaction.update(pageView(outcome.value, await this.translatorFor(interaction)));
	}
}
