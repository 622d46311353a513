import type { ButtonInteraction } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import { refusal } from '#lib/errors/refusal.js';
import { editCaseId } from '#modules/moderation/ids.js';
import { reasonForm } from '#modules/moderation/view/caseFile.js';

type Values = ValuesOfId<typeof editCaseId>;

/** Opens the form for another reason of a case, for whoever may use the command that does the same. */
export class CaseEdit extends ButtonHandler<Values> {
	protected readonly id = editCaseId;

	protected override commandOf(): string {
		return 'moderation.reason';
	}

	protected async answer(interaction: ButtonInteraction, { number }: Values): Promise<void> {
		if (!interaction.inCachedGuild()) throw refusal('commands', 'guild-only');
		const outcome = await this.container.services.moderation.cases.open(interaction.guildId, number);
		if (!outcome.ok) throw refusal('moderation', outcome.code, outcome.values);
		await interaction.showModal(reasonForm(number, outcome.value.case.reason, await this.translatorFor(interaction)));
	}
}
