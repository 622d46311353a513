import {
	type APIActionRowComponent,
	type APIButtonComponent,
	type APIEmbed,
	type APIEmbedField,
	type APIModalInteractionResponseCallbackData,
	ButtonStyle,
	ComponentType,
	SnowflakeUtil,
	TextInputStyle
} from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { formatDuration, relativeTime, timestamp } from '#lib/discord/format.js';
import { cut, fitEmbed, limits } from '#lib/discord/limits.js';
import { messageUrl } from '#lib/discord/messageLink.js';
import { colours } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import { type FormAction, type PanelAction, panelActions, panelFormId, panelId, panelInputs } from '../ids.js';
import type { PanelFacts } from '../service/panel.js';
import type { AboutMessage } from '../service/reports.js';
import { caseLine, countsText, type ListWords } from './caseLists.js';
import { quoteOf } from './quote.js';

type Rows = APIActionRowComponent<APIButtonComponent>[];
type Place = Pick<AboutMessage, 'channelId' | 'messageId'>;

const shownRoles = 15;
/** What needs somebody who is here. */
const forMembers: ReadonlySet<PanelAction> = new Set(['warn', 'mute', 'kick']);
const styles: Readonly<Partial<Record<PanelAction, ButtonStyle.Danger | ButtonStyle.Primary>>> = {
	kick: ButtonStyle.Danger,
	ban: ButtonStyle.Danger,
	warn: ButtonStyle.Primary,
	mute: ButtonStyle.Primary
};

/** What is known of somebody, with buttons for what can be done about him. */
export function panelView(
	{ target, mutedUntil, counts, active }: PanelFacts,
	message: (AboutMessage & { readonly guildId: string }) | null,
	actions: readonly PanelAction[],
	words: ListWords
): { readonly embeds: readonly APIEmbed[]; readonly components: Rows } {
	const { t } = words;
	const fields: APIEmbedField[] = [];
	const add = (name: 'user' | 'joined' | 'roles' | 'muted' | 'cases' | 'active', value: string, inline = true) =>
		fields.push({ name: t(`moderation:panel.${name}`), value, inline });
	const made = SnowflakeUtil.timestampFrom(target.id);
	add('user', t('moderation:panel.person', { user: markup(`<@${target.id}>`), id: target.id, made: markup(relativeTime(made)) }));
	add('joined', target.inServer && target.joinedAt !== null ? relativeTime(target.joinedAt) : t('moderation:panel.outside'));
	if (mutedUntil !== null) add('muted', timestamp(mutedUntil));
	if (target.roleIds.length > 0) add('roles', rolesText(target.roleIds), false);
	add('cases', counts.size === 0 ? t('moderation:panel.no-cases') : countsText(counts, words), false);
	if (active.length > 0) add('active', cut(active.map((one) => caseLine(one, words)).join('\n'), limits.fieldValue), false);
	const about = message && [t('moderation:panel.about', { link: markup(messageUrl(message)) }), quoteOf(message.text)].join('\n');
	const embed = { color: colours.accent, title: t('moderation:panel.title', { user: target.username }), fields };
	return {
		embeds: [fitEmbed(about === null ? embed : { ...embed, description: about })],
		components: panelButtons(target, message, actions, t)
	};
}

function rolesText(roleIds: readonly string[]): string {
	const shown = roleIds.slice(0, shownRoles).map((id) => `<@&${id}>`);
	return [...shown, ...(roleIds.length > shownRoles ? ['…'] : [])].join(' ');
}

/** The buttons of the panel, two rows at most. */
export function panelButtons(
	user: { readonly id: string; readonly inServer: boolean },
	message: Place | null,
	actions: readonly PanelAction[],
	t: Translate
): Rows {
	const place = { channelId: message?.channelId ?? '0', messageId: message?.messageId ?? '0' };
	const buttons = panelActions
		.filter((action) => actions.includes(action) && (user.inServer || !forMembers.has(action)))
		.map(
			(action): APIButtonComponent => ({
				type: ComponentType.Button,
				style: styles[action] ?? ButtonStyle.Secondary,
				label: t(`moderation:panel.actions.${action}`),
				custom_id: panelId.encode({ action, userId: user.id, ...place })
			})
		);
	const rows = [buttons.slice(0, 4), buttons.slice(4)].filter((row) => row.length > 0);
	return rows.map((components) => ({ type: ComponentType.ActionRow, components }));
}

/** Asks why, and for how long where that can be said. */
export function panelForm(
	values: { readonly action: FormAction; readonly userId: string } & Place,
	{
		username,
		offer,
		needsReason,
		defaultMuteMs
	}: { readonly username: string; readonly offer: string | null; readonly needsReason: boolean; readonly defaultMuteMs: number },
	{ t, locale }: Pick<ListWords, 't' | 'locale'>
): APIModalInteractionResponseCallbackData {
	const { action } = values;
	const length = { length: formatDuration(defaultMuteMs, locale) };
	const hint = action === 'mute' ? t('moderation:panel.form.mute-length', length) : t('moderation:panel.form.ban-length');
	const reason = {
		type: ComponentType.Label as const,
		label: cut(t(action === 'note' ? 'moderation:panel.form.note-text' : 'moderation:panel.form.reason'), limits.modalTitle),
		component: {
			type: ComponentType.TextInput as const,
			custom_id: panelInputs.reason,
			style: TextInputStyle.Paragraph,
			max_length: 1_000,
			required: needsReason || action === 'note',
			...(offer !== null && { value: cut(offer, 1_000) })
		}
	};
	const duration = {
		type: ComponentType.Label as const,
		label: cut(t('moderation:panel.form.length'), limits.modalTitle),
		component: {
			type: ComponentType.TextInput as const,
			custom_id: panelInputs.duration,
			style: TextInputStyle.Short,
			max_length: 50,
			required: false,
			placeholder: cut(hint, limits.placeholder - 50)
		}
	};
	return {
		custom_id: panelFormId.encode(values),
		title: cut(t(`moderation:panel.form.${action}`, { user: markup(username) }), limits.modalTitle),
		components: action === 'mute' || action === 'ban' ? [duration, reason] : [reason]
	};
}
