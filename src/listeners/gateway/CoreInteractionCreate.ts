import { Events, Listener } from '@sapphire/framework';
import { type Interaction, MessageFlags } from 'discord.js';
import type { ComponentInteraction } from '#lib/components/componentHandler.js';
import { notice } from '#lib/discord/theme.js';

/**
 * Takes the place of Sapphire's listener of the same name, which says nothing when nobody takes a component: Discord then shows
 * "interaction failed". Here it is said that the component has expired.
 */
export class CoreInteractionCreate extends Listener<typeof Events.InteractionCreate> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.InteractionCreate });
	}

	public override async run(interaction: Interaction): Promise<void> {
		const { client } = this.container;
		if (interaction.isChatInputCommand()) client.emit(Events.PossibleChatInputCommand, interaction);
		else if (interaction.isContextMenuCommand()) client.emit(Events.PossibleContextMenuCommand, interaction);
		else if (interaction.isAutocomplete()) client.emit(Events.PossibleAutocompleteInteraction, interaction);
		else if (interaction.isMessageComponent() || interaction.isModalSubmit()) await this.#component(interaction);
		else this.container.logger.debug(`An interaction of type ${interaction.type} has no customer.`);
	}

	async #component(interaction: ComponentInteraction): Promise<void> {
		const taken = await this.container.stores.get('interaction-handlers').run(interaction);
		if (taken || interaction.replied || interaction.deferred) return;
		const { kit } = this.container;
		const { locale, user, guildId, guildLocale } = interaction;
		const t = kit.languages.translator(await kit.locale({ interaction: locale, userId: user.id, guildId, guildLocale }));
		await interaction.reply({ embeds: [notice('error', t('components:refusals.expired'), user)], flags: MessageFlags.Ephemeral });
	}
}
