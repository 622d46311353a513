import { MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { FormHandler } from '#lib/components/handlers.js';
import { storable } from '#lib/core/text.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { namesOf } from '#modules/moderation/discord/names.js';
import { reasonFormId, reasonInput } from '#modules/moderation/ids.js';
import { caseFileEmbed } from '#modules/moderation/view/caseFile.js';
import { editedValues } from '#modules/moderation/view/edited.js';

type Values = ValuesOfId<typeof reasonFormId>;

/** Gives a case the reason of the form, and shows it as it is now. */
export class CaseReason extends FormHandler<Values> {
	protected readonly id = reasonFormId;

	protected override commandOf(): string {
		return 'moderation.reason';
	}

	protected async answer(interaction: ModalSubmitInteraction, { number }: Values): Promise<void> {
		if (!interaction.inCachedGuild()) throw refusal('commands', 'guild-only');
		const { fields, guildId, user, client } = interaction;
		if (!fields.fields.has(reasonInput)) throw refusal('components', 'malformed');
		const reason = storable(fields.getTextInputValue(reasonInput)).trim();
		if (reason === '') throw refusal('moderation', 'reason-needed');
		const { cases, labelOf, remarksOf } = this.container.services.moderation;
		const outcome = await cases.changeReason({ guildId, actorId: user.id }, { kind: 'numbers', from: number, to: number }, reason);
		if (!outcome.ok) throw refusal('moderation', outcome.code, outcome.values);

		const [t, locale] = [await this.translatorFor(interaction), await this.localeFor(interaction)];
		const done = { embeds: [notice('success', t('moderation:edited.reason', editedValues(outcome.value, reason)), user)] };
		const file = await cases.open(guildId, number);
		if (!file.ok || !interaction.isFromMessage()) return void (await interaction.reply({ ...done, flags: MessageFlags.Ephemeral }));
		const words = { t, locale, label: labelOf(file.value.case.type, t), remarks: remarksOf(file.value.case, t) };
		await interaction.update({ embeds: [caseFileEmbed(file.value, await namesOf(client, file.value.case), words)] });
		await interaction.followUp({ ...done, flags: MessageFlags.Ephemeral });
	}
}
