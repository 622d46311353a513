import { type ButtonInteraction, MessageFlags } from 'discord.js';
import type { ReplyPayload, SentReply } from '#lib/commands/context/commandContext.js';
import { toMessageOptions } from '#lib/commands/context/payload.js';
import { requireCommand } from '#lib/commands/guards/requireCommand.js';
import { askToConfirm } from '#lib/components/confirm/confirm.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { deleteCaseId } from '#modules/moderation/ids.js';

type Values = ValuesOfId<typeof deleteCaseId>;

const command = 'moderation.case-delete';

/** Deletes the case above it, after a question that only who pressed sees. */
export class CaseDelete extends ButtonHandler<Values> {
	protected readonly id = deleteCaseId;

	protected override commandOf(): string {
		return command;
	}

	protected async answer(interaction: ButtonInteraction, { number }: Values): Promise<void> {
		const { kit, services } = this.container;
		const leaf = kit.index.byId(command);
		if (!interaction.inCachedGuild() || leaf === null) throw refusal('commands', 'guild-only');
		const { guildId, guild, channel, channelId, user, message } = interaction;
		const found = await services.moderation.cases.open(guildId, number);
		if (!found.ok) throw refusal('moderation', found.code, found.values);
		const t = await this.translatorFor(interaction);
		const sure = await askToConfirm(
			{ t, user, channelId, leaf, reply: (payload) => ask(interaction, payload) },
			{
				question: 'moderation:case.ask-delete',
				values: { number },
				recheck: () => requireCommand({ guild, user, channel }, command)
			}
		);
		if (!sure) return;
		const outcome = await services.moderation.cases.delete({ guildId, actorId: user.id }, number);
		if (!outcome.ok) throw refusal('moderation', outcome.code, outcome.values);
		const done = notice('success', t('moderation:case.deleted', { number }), user);
		await interaction.followUp({ embeds: [done], flags: MessageFlags.Ephemeral });
		await message.edit({ components: [] });
	}
}

/** Answers a press for who pressed alone. */
async function ask(interaction: ButtonInteraction, payload: ReplyPayload | string): Promise<SentReply> {
	const options = toMessageOptions(typeof payload === 'string' ? { content: payload } : payload);
	const { resource } = await interaction.reply({ ...options, flags: MessageFlags.Ephemeral, withResponse: true });
	return {
		id: resource?.message?.id ?? '@original',
		channelId: interaction.channelId,
		edit: async (changed) => void (await interaction.editReply(toMessageOptions(changed))),
		delete: () => interaction.deleteReply()
	};
}
