import type { ButtonInteraction } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import type { Outcome } from '#lib/core/outcome.js';
import { refusal } from '#lib/errors/refusal.js';
import { progressMessage } from '#lib/jobs/view.js';
import { deedByType } from '#modules/channelstate/domain/mass.js';
import { reverseId } from '#modules/channelstate/ids.js';
import { performedOf } from '#modules/moderation/answer.js';

type Values = ValuesOfId<typeof reverseId>;

/** Takes mass work back by mass work: for whoever may use the command that does the same, within ten minutes. */
export class ChannelstateReverse extends ButtonHandler<Values> {
	protected readonly id = reverseId;

	/** Its guards are asked: a forged type is refused by the work itself. */
	protected override commandOf({ type }: Values): string {
		return deedByType(type)?.command ?? 'channelstate.reverse';
	}

	protected async answer(interaction: ButtonInteraction, { job: jobId, type }: Values): Promise<void> {
		if (!interaction.inCachedGuild()) throw refusal('commands', 'guild-only');
		const { jobs, services } = this.container;
		const { mass } = services.channelstate;
		const { guildId, channelId, user } = interaction;
		await interaction.deferUpdate();
		const { deed, userId, username } = given(await mass.reverse(guildId, jobId, type));
		const order = { type: deed.type, guildId, targetId: userId, actorId: user.id };
		performedOf(await services.moderation.moderation.judge(order));
		const channelIds = given(await mass.plan({ guildId, deed, userId, reverses: jobId }));
		const request = mass.jobOf(deed, channelIds, { userId, username, reverses: jobId });
		const locale = await this.localeFor(interaction);
		const started = await jobs.start({ ...request, guildId, channelId, actorId: user.id, locale });
		if (!started.ok) throw refusal('jobs', started.code);
		const { embeds, components } = progressMessage(started.value, await this.translatorFor(interaction));
		const sent = await interaction.followUp({ embeds: [...embeds], components: [...components] });
		await jobs.showIn(started.value.id, sent.id);
		await interaction.editReply({ components: [] });
	}
}

/** @throws the refusal */
function given<T>(outcome: Outcome<T>): T {
	if (!outcome.ok) throw refusal('channelstate', outcome.code, outcome.values);
	return outcome.value;
}
