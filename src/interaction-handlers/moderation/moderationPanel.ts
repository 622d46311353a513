import { type ButtonInteraction, MessageFlags } from 'discord.js';
import type { ReplyPayload } from '#lib/commands/context/commandContext.js';
import { toMessageOptions } from '#lib/commands/context/payload.js';
import type { ValuesOfId } from '#lib/components/customId.js';
import { ButtonHandler } from '#lib/components/handlers.js';
import { sendPages } from '#lib/components/pager/pager.js';
import { markup } from '#lib/core/markdown.js';
import { refusal } from '#lib/errors/refusal.js';
import { type FormAction, panelCommands, panelId } from '#modules/moderation/ids.js';
import { caseListPages } from '#modules/moderation/view/caseLists.js';
import { panelForm } from '#modules/moderation/view/panel.js';
import { quotedIn } from '#modules/moderation/view/quote.js';

type Values = ValuesOfId<typeof panelId>;

/** A button of the panel about somebody: shows what he did, or asks for the reason of what shall be done. */
export class ModerationPanel extends ButtonHandler<Values> {
	protected readonly id = panelId;

	protected override moduleOf(): string {
		return 'moderation';
	}

	protected override commandOf({ action }: Values): string {
		return panelCommands[action];
	}

	protected async answer(interaction: ButtonInteraction, { action, ...about }: Values): Promise<void> {
		if (!interaction.inCachedGuild()) throw refusal('commands', 'guild-only');
		if (action === 'history') await this.#showHistory(interaction, about.userId);
		else await this.#askWhy(interaction, { action, ...about });
	}

	async #askWhy(interaction: ButtonInteraction<'cached'>, values: Omit<Values, 'action'> & { readonly action: FormAction }): Promise<void> {
		const { guildId, message, client } = interaction;
		const { defaultMuteSeconds, requireReason } = await this.container.services.moderation.moderation.settings(guildId);
		const username = (await client.users.fetch(values.userId)).username;
		const [t, locale] = [await this.translatorFor(interaction), await this.localeFor(interaction)];
		const quoted = quotedIn(message.embeds.map(({ description }) => (description === null ? {} : { description })));
		// Into a field for plain text.
		const offer = quoted && t('moderation:panel.form.offer', { text: markup(quoted) });
		const form = { username, offer, needsReason: requireReason, defaultMuteMs: defaultMuteSeconds * 1_000 };
		await interaction.showModal(panelForm(values, form, { t, locale }));
	}

	async #showHistory(interaction: ButtonInteraction<'cached'>, userId: string): Promise<void> {
		const { guildId, channelId, user, client } = interaction;
		const { kit, services } = this.container;
		const leaf = kit.index.byId(panelCommands.history);
		const list = await services.moderation.cases.list({ guildId, userId });
		if (leaf === null || list.counts.size === 0) throw refusal('moderation', 'no-cases');
		const [t, locale] = [await this.translatorFor(interaction), await this.localeFor(interaction)];
		const labelOf = (type: string) => services.moderation.labelOf(type, t);
		const title = t('moderation:list.title-of', { user: (await client.users.fetch(userId)).username });
		const reply = async (payload: ReplyPayload | string) => {
			const options = toMessageOptions(typeof payload === 'string' ? { content: payload } : payload);
			const { resource } = await interaction.reply({ ...options, flags: MessageFlags.Ephemeral, withResponse: true });
			return {
				id: resource?.message?.id ?? '@original',
				channelId,
				edit: async (changed: ReplyPayload) => void (await interaction.editReply(toMessageOptions(changed))),
				delete: () => interaction.deleteReply()
			};
		};
		await sendPages({ t, user, channelId, leaf, client, reply }, { embeds: caseListPages(list, title, { t, locale, labelOf }) });
	}
}
