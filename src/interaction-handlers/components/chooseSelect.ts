import type { StringSelectMenuInteraction } from 'discord.js';
import { choices } from '#lib/components/choose/choose.js';
import { chooseId } from '#lib/components/choose/ids.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { SelectHandler } from '#lib/components/handlers.js';
import { refusal } from '#lib/errors/refusal.js';

type Values = ValuesOfId<typeof chooseId>;

/** One of several things that a command could not tell apart. */
export class ChooseSelect extends SelectHandler<Values> {
	protected readonly id = chooseId;

	protected override moduleOf({ nonce }: Values): string {
		return choices.find(nonce)?.module ?? 'components';
	}

	/** Permissions may have changed since the question. Whoever was not asked hears that, and not what he would need for it. */
	protected override commandOf({ nonce }: Values, userId: string): string | null {
		const question = choices.find(nonce);
		const command = question?.userId === userId ? question.command : undefined;
		return command === undefined ? null : (this.container.kit.index.byId(command)?.id ?? null);
	}

	protected async answer(interaction: StringSelectMenuInteraction, { nonce }: Values): Promise<void> {
		const [answer = ''] = interaction.values;
		const outcome = choices.press({ nonce, answer, userId: interaction.user.id, channelId: interaction.channelId });
		if (!outcome.ok) throw refusal('components', outcome.code);
		await interaction.deferUpdate();
	}
}
