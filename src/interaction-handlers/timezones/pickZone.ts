import type { StringSelectMenuInteraction } from 'discord.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { SelectHandler } from '#lib/components/handlers.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { pickZoneId } from '#modules/timezones/ids.js';
import { zoneKey, zoneValues } from '#modules/timezones/view.js';

type Values = ValuesOfId<typeof pickZoneId>;

/** The zone that a person picked of several. */
export class PickZone extends SelectHandler<Values> {
	protected readonly id = pickZoneId;

	protected override commandOf(): string {
		return 'timezones.timezone-set';
	}

	protected async answer(interaction: StringSelectMenuInteraction, { userId }: Values): Promise<void> {
		if (interaction.user.id !== userId) throw refusal('components', 'not-yours');
		const outcome = await this.container.services.timezones.set(userId, interaction.values[0] ?? '');
		if (!outcome.ok) throw refusal('timezones', outcome.code, outcome.values);
		const t = await this.translatorFor(interaction);
		const values = zoneValues(outcome.value, this.container.kit.clock.now(), interaction.locale);
		await interaction.update({
			embeds: [notice('success', t(zoneKey('set.done', outcome.value), values), interaction.user)],
			components: []
		});
	}
}
