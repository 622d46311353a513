import { type ButtonInteraction, MessageFlags } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import { refusal } from '#lib/errors/refusal.js';
import { performedOf } from '#modules/moderation/answer.js';
import { undoId } from '#modules/moderation/ids.js';
import { performedView } from '#modules/moderation/view/performed.js';

type Values = ValuesOfId<typeof undoId>;

/** Takes an action back: for whoever may use the command that does the same, within ten minutes. */
export class ModerationUndo extends ButtonHandler<Values> {
	protected readonly id = undoId;

	/** Its guards are asked: a forged type is refused by the case itself. */
	protected override commandOf({ type }: Values): string | null {
		const { actions } = this.container.services.moderation.moderation;
		return actions.get(type)?.command ?? 'moderation.undo';
	}

	protected async answer(interaction: ButtonInteraction, { number, type }: Values): Promise<void> {
		if (!interaction.inCachedGuild()) throw refusal('commands', 'guild-only');
		const { guildId, user, message } = interaction;
		// What one person alone sees can be changed as the answer to his press, and in no other way.
		const isPrivate = message.flags.has(MessageFlags.Ephemeral);
		if (isPrivate) await interaction.deferUpdate();
		else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
		const outcome = await this.container.services.moderation.undo({ guildId, number, type, actorId: user.id });
		const performed = performedOf(outcome);
		await interaction.editReply(toReply(performedView(performed, user, await this.translatorFor(interaction))));
		if (!isPrivate) await message.edit({ components: [] });
	}
}

function toReply({ embeds, components }: ReturnType<typeof performedView>) {
	return { embeds: [...embeds], components: [...components] };
}
