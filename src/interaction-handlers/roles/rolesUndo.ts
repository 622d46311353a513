import { type ButtonInteraction, MessageFlags } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { progressMessage } from '#lib/jobs/view.js';
import { undoMassId } from '#modules/roles/ids.js';
import { massJob } from '#modules/roles/index.js';
import { massTitle } from '#modules/roles/view.js';

type Values = ValuesOfId<typeof undoMassId>;

/** Takes a change of roles for many back, for whoever may do the same by command, within ten minutes. */
export class RolesUndo extends ButtonHandler<Values> {
	protected readonly id = undoMassId;

	protected override commandOf(): string {
		return 'roles.role-all-remove';
	}

	protected async answer(interaction: ButtonInteraction, { jobId }: Values): Promise<void> {
		if (!interaction.inCachedGuild()) throw refusal('commands', 'guild-only');
		const { guildId, user, channelId, message } = interaction;
		await interaction.deferReply({ flags: MessageFlags.Ephemeral });
		const { jobs, services } = this.container;
		const undoing = await services.roles.undoing(jobId, guildId, user.id);
		if (!undoing.ok) throw refusal('roles', undoing.code, undoing.values);
		const { role, mass, items } = undoing.value;
		const locale = await this.localeFor(interaction);
		const title = massTitle(mass.change, 'all', role.name);
		const place = { guildId, actorId: user.id, channelId, locale };
		const started = await jobs.start({ ...place, kind: massJob, title, items, payload: { ...mass }, permission: 'ManageRoles' });
		if (!started.ok) throw refusal('jobs', started.code);
		const t = await this.translatorFor(interaction);
		const { embeds, components } = progressMessage(started.value, t);
		await message.edit({ embeds: [...embeds], components: [...components] });
		await jobs.showIn(started.value.id, message.id);
		await interaction.editReply({ embeds: [notice('success', t('roles:mass.undoing'), user)] });
	}
}
