import { MessageFlags, type StringSelectMenuInteraction } from 'discord.js';
import { requestOfInteraction } from '#lib/commands/guards/guardRequest.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { SelectHandler } from '#lib/components/handlers.js';
import { refusal } from '#lib/errors/refusal.js';
import { leavesIn } from '#modules/help/catalogue.js';
import { categoryPage } from '#modules/help/categoryPage.js';
import { helpCategoryId } from '#modules/help/ids.js';

type Values = ValuesOfId<typeof helpCategoryId>;

/** Shows a category. The one who asked for help turns his own page; anybody else gets a copy that only he sees. */
export class HelpCategory extends SelectHandler<Values> {
	protected readonly id = helpCategoryId;

	protected async answer(interaction: StringSelectMenuInteraction, { userId }: Values): Promise<void> {
		const { kit, services } = this.container;
		const locale = await this.localeFor(interaction);
		const categories = services.help.categories(kit.index, locale);
		const chosen = categories.find(({ module }) => module === interaction.values[0]);
		const [leaf] = chosen === undefined ? [] : leavesIn(kit.index, chosen.module);
		// The module may be gone since the select was sent.
		if (chosen === undefined || leaf === undefined) throw refusal('components', 'expired');

		const { guild: prefix } = await services.prefixes.view(interaction.guildId, interaction.user.id);
		const wording = { t: kit.languages.translator(locale), locale, languages: kit.languages, prefix };
		const asker = requestOfInteraction(interaction, leaf, 'slash');
		const page = await categoryPage(chosen.module, categories, asker, wording, kit);
		const payload = { embeds: [...page.embeds], components: [...page.components] };
		if (interaction.user.id === userId) await interaction.update(payload);
		else await interaction.reply({ ...payload, flags: MessageFlags.Ephemeral });
	}
}
