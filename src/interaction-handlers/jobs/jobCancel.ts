import { type ButtonInteraction, MessageFlags } from 'discord.js';
import { requestOfInteraction } from '#lib/commands/guards/guardRequest.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import { notice } from '#lib/discord/theme.js';
import { Refusal, refusal } from '#lib/errors/refusal.js';
import { mayCancel } from '#lib/jobs/access.js';
import { jobCancelId } from '#lib/jobs/ids.js';

type Values = ValuesOfId<typeof jobCancelId>;

/** Stops mass work: for the one who started it, and for those who hold its permission now. */
export class JobCancel extends ButtonHandler<Values> {
	protected readonly id = jobCancelId;

	protected override moduleOf(): string {
		return 'jobs';
	}

	protected async answer(interaction: ButtonInteraction, { id }: Values): Promise<void> {
		const { jobs, kit } = this.container;
		const { guildId, user } = interaction;
		const job = await jobs.find(id);
		// The id says which job; whether it is one of this server is asked of the job.
		if (job === null || guildId === null || job.guildId !== guildId) throw refusal('jobs', 'unknown');
		const refused = await mayCancel(job, (leaf) => requestOfInteraction(interaction, leaf, 'slash'), kit);
		if (refused !== null) throw new Refusal({ values: {}, silent: false, ...refused });
		const outcome = await jobs.cancel(id, { guildId, userId: user.id });
		if (!outcome.ok) throw refusal('jobs', outcome.code);
		const t = await this.translatorFor(interaction);
		// The message itself has one writer: who works on the job.
		await interaction.reply({ embeds: [notice('success', t('jobs:stopping'), user)], flags: MessageFlags.Ephemeral });
	}
}
