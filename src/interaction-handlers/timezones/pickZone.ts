import { type InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { StringSelectMenuInteraction } from 'discord.js';
import { ComponentHandler } from '#lib/components/componentHandler.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { pickZoneId } from '#modules/timezones/ids.js';
import { zoneValues } from '#modules/timezones/view.js';

type Values = ValuesOfId<typeof pickZoneId>;

/** The zone that a person picked of several. */
export class PickZone extends ComponentHandler<Values, StringSelectMenuInteraction> {
	protected readonly id = pickZoneId;

	public constructor(context: InteractionHandler.LoaderContext, options: InteractionHandler.Options) {
		super(context, { ...options, interactionHandlerType: InteractionHandlerTypes.SelectMenu });
	}

	protected async answer(interaction: StringSelectMenuInteraction, { userId }: Values): Promise<void> {
		if (interaction.user.id !== userId) throw refusal('components', 'not-yours');
		const outcome = await this.container.services.timezones.set(userId, interaction.values[0] ?? '');
		if (!outcome.ok) throw refusal('timezones', outcome.code, outcome.values);
		const t = await this.translatorFor(interaction);
		const values = zoneValues(outcome.value, this.container.kit.clock.now(), interaction.locale);
		await interaction.update({ embeds: [notice('success', t('timezones:set.done', values), interaction.user)], components: [] });
	}
}
