import type { StringSelectMenuInteraction } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { SelectHandler } from '#lib/components/handlers.js';
import { markup } from '#lib/core/markdown.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { isGrantable } from '#modules/fakepermissions/domain.js';
import { editId } from '#modules/fakepermissions/ids.js';
import { grantValues, slashNote } from '#modules/fakepermissions/view.js';

type Values = ValuesOfId<typeof editId>;

/** Gives a role exactly what the owner chose. The guards of the command are asked again: he may not be the owner any more. */
export class FakepermissionsEdit extends SelectHandler<Values> {
	protected readonly id = editId;

	protected override commandOf(): string {
		return 'fakepermissions.fakepermissions-edit';
	}

	protected async answer(interaction: StringSelectMenuInteraction, { roleId, userId }: Values): Promise<void> {
		const { kit, services } = this.container;
		const { user, guild } = interaction;
		if (user.id !== userId) throw refusal('components', 'not-yours');
		// The id says which role; whether it is one of this server is asked of the server.
		const role = guild?.roles.cache.get(roleId);
		if (guild === null || role === undefined) throw refusal('fakepermissions', 'role-gone');
		const grant = { guildId: guild.id, actorId: user.id, roleId };
		const outcome = await services.fakepermissions.replace(grant, interaction.values.filter(isGrantable));
		if (!outcome.ok) throw refusal('fakepermissions', outcome.code, { roles: roleId, permission: '' });

		const locale = await this.localeFor(interaction);
		const wording = { t: kit.languages.translator(locale), locale };
		const before = outcome.value.before.get(roleId) ?? [];
		const after = outcome.value.after.get(roleId) ?? [];
		const added = after.filter((permission) => !before.includes(permission));
		const slash = added.length === 0 ? '' : slashNote(added, role, kit.index.leaves, wording);
		const text = wording.t('fakepermissions:edit.done', { ...grantValues(roleId, after, wording), slash: markup(slash) });
		await interaction.update({ embeds: [notice('success', text, user)], components: [] });
	}
}
