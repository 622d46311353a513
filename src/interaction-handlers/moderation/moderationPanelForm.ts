import { MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { FormHandler } from '#lib/components/handlers.js';
import { storable } from '#lib/core/text.js';
import { messageUrl } from '#lib/discord/messageLink.js';
import { refusal } from '#lib/errors/refusal.js';
import { parseDuration } from '#lib/time/duration.js';
import { performedOf } from '#modules/moderation/answer.js';
import { panelCommands, panelFormId, panelInputs } from '#modules/moderation/ids.js';
import { performedView } from '#modules/moderation/view/performed.js';

type Values = ValuesOfId<typeof panelFormId>;

const longest = 5 * 365 * 86_400_000;

/** Does what was chosen on the panel, for the reason of its form. Rights and ranks are asked as for the command that does the same. */
export class ModerationPanelForm extends FormHandler<Values> {
	protected readonly id = panelFormId;

	protected override moduleOf(): string {
		return 'moderation';
	}

	protected override commandOf({ action }: Values): string {
		return panelCommands[action];
	}

	protected async answer(interaction: ModalSubmitInteraction, values: Values): Promise<void> {
		if (!interaction.inCachedGuild()) throw refusal('commands', 'guild-only');
		const { guildId, user } = interaction;
		const { moderation } = this.container.services.moderation;
		const { defaultMuteSeconds, deleteMessageSeconds } = await moderation.settings(guildId);
		const { action, userId: targetId, channelId, messageId } = values;
		const reason = read(interaction, panelInputs.reason);
		const typed = read(interaction, panelInputs.duration);
		const given = action === 'mute' || action === 'ban' ? lengthOf(typed) : null;
		const evidence = messageId === '0' ? {} : { evidence: messageUrl({ guildId, channelId, messageId }) };
		await interaction.deferReply({ flags: MessageFlags.Ephemeral });
		const performed = performedOf(
			await moderation.perform({
				...{ type: action, guildId, targetId, actorId: user.id, reason },
				durationMs: given ?? (action === 'mute' ? defaultMuteSeconds * 1_000 : null),
				details: { ...evidence, ...(action === 'ban' && { deleteSeconds: deleteMessageSeconds }) }
			})
		);
		const { embeds, components } = performedView(performed, user, await this.translatorFor(interaction));
		await interaction.editReply({ embeds: [...embeds], components: [...components] });
	}
}

function read({ fields }: ModalSubmitInteraction, name: string): string | null {
	return fields.fields.has(name) ? storable(fields.getTextInputValue(name)).trim() || null : null;
}

function lengthOf(typed: string | null): number | null {
	if (typed === null) return null;
	const milliseconds = parseDuration(typed);
	if (milliseconds === null || milliseconds < 1_000 || milliseconds > longest)
		throw refusal('moderation', 'not-a-length', { given: typed });
	return milliseconds;
}
