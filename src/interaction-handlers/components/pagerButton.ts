import type { ButtonInteraction } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import { pageId } from '#lib/components/pager/ids.js';
import { pagers } from '#lib/components/pager/pager.js';
import { goToForm, pageView } from '#lib/components/pager/view.js';
import { refusal } from '#lib/errors/refusal.js';

type Values = ValuesOfId<typeof pageId>;

/** Turns the pages of a list, asks for a page's number, or takes the list away. */
export class PagerButton extends ButtonHandler<Values> {
	protected readonly id = pageId;

	protected override moduleOf({ nonce }: Values): string {
		return pagers.find(nonce)?.module ?? 'components';
	}

	protected async answer(interaction: ButtonInteraction, { nonce, action }: Values): Promise<void> {
		const press = { nonce, userId: interaction.user.id, channelId: interaction.channelId };
		const t = await this.translatorFor(interaction);
		const outcome = action === 'goto' ? pagers.visit(press) : action === 'delete' ? pagers.remove(press) : pagers.turn(press, action);
		if (!outcome.ok) throw refusal('components', outcome.code);

		if (action === 'goto') {
			await interaction.showModal(goToForm(outcome.value, t));
		} else if (action === 'delete') {
			await interaction.deferUpdate();
			await interaction.deleteReply();
		} else {
			await interaction.update(pageView(outcome.value, t));
		}
	}
}
