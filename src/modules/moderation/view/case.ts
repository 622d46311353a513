import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { MessageKey } from '#generated/messages.js';
import { markup } from '#lib/core/markdown.js';
import { formatDuration, relativeTime, timestamp } from '#lib/discord/format.js';
import { cut, fitEmbed, limits } from '#lib/discord/limits.js';
import { colours, notice } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Action } from '../action.js';
import type { Case } from '../domain/case.js';
import type { Evidence } from '../domain/file.js';
import { endOf, type Order } from '../domain/order.js';
import type { Situation } from '../domain/situation.js';
import type { ModerationSettings } from '../settings.js';

/** How people are called; null for somebody whom Discord does not know any more. */
export interface Names {
	readonly user: string | null;
	readonly moderator: string | null;
}

export interface CaseWords {
	readonly t: Translate;
	readonly locale: string;
	/** What its type is called. */
	readonly label: string;
	/** What is said of it besides. */
	readonly remarks?: readonly string[];
}

const shownReason = 1_000;

/** A case as it stands in the log channel, with the links to its evidence. Brought up to date when the case changes. */
export function loggedCase(one: Case, evidence: readonly Evidence[], names: Names, words: CaseWords): APIEmbed {
	const embed = caseEmbed(one, names, words);
	if (evidence.length === 0) return embed;
	const { t } = words;
	const lines = evidence.map(({ name, url }) => t('moderation:case.item', { text: url ?? name }));
	// Files lie with us: Discord's own addresses of them end after a day.
	if (evidence.some(({ url }) => url === null)) lines.push(t('moderation:case.see-files', { number: one.number }));
	return fitEmbed({
		...embed,
		fields: [...(embed.fields ?? []), { name: t('moderation:case.evidence'), value: cut(lines.join('\n'), limits.fieldValue) }]
	});
}

/** What is known of a case itself. */
export function caseEmbed(one: Case, names: Names, { t, locale, label, remarks = [] }: CaseWords): APIEmbed {
	const { number, userId, moderatorId, channelId, reason, at, expiresAt, state, parentNumber, external } = one;
	const person = (name: string | null, id: string | null) => t('moderation:case.person', { name: name ?? '?', id: id ?? '?' });
	const fields: APIEmbedField[] = [];
	const add = (name: MessageKey, value: string | null) => value !== null && fields.push({ name: t(name), value, inline: true });
	add('moderation:case.user', userId === null ? null : person(names.user, userId));
	add('moderation:case.moderator', moderatorId === null ? t('moderation:case.erased') : person(names.moderator, moderatorId));
	add('moderation:case.channel', channelId === null ? null : `<#${channelId}>`);
	add('moderation:case.length', expiresAt === null ? null : formatDuration(expiresAt - at, locale));
	add('moderation:case.until', expiresAt === null ? null : `${timestamp(expiresAt)} (${relativeTime(expiresAt)})`);
	add('moderation:case.count', typeof one.details['count'] === 'number' ? String(one.details['count']) : null);
	add('moderation:case.follows', parentNumber === null ? null : `#${parentNumber}`);
	add('moderation:case.state', state === 'active' ? null : t(`moderation:states.${state}`));
	const said = reason === null ? t('moderation:case.no-reason') : t('moderation:case.reason', { reason: cut(reason, shownReason) });
	return fitEmbed({
		color: colourOf(one),
		title: t('moderation:case.title', { number, label }),
		description: [said, ...remarks, ...(external ? [t('moderation:case.by-hand')] : [])].join('\n'),
		fields,
		timestamp: new Date(at).toISOString()
	});
}

function colourOf({ state, type }: Case): number {
	if (state !== 'active') return colours.neutral;
	return type.startsWith('un') ? colours.success : colours.warning;
}

/** One line about a case. */
export function mentionText(
	one: Case,
	what: 'expired' | 'expire-failed' | 'renew-failed' | 'jail-failed',
	names: Names,
	label: string,
	t: Translate
): APIEmbed {
	const values = { number: one.number, label, user: names.user ?? one.userId ?? '' };
	return notice(what === 'expired' ? 'neutral' : 'warning', t(`moderation:log.${what}`, values), { id: one.moderatorId ?? '0' });
}

/** What the target is told. The server's own words come first when it has some. */
export function tellMessage(
	order: Order,
	action: Action,
	{ guildName }: Situation,
	settings: ModerationSettings,
	t: Translate
): { readonly embeds: readonly APIEmbed[] } {
	const key = `${action.module}:actions.${action.type}.dm` as MessageKey;
	const endsAt = endOf(order);
	const lines = [
		t(key, { server: guildName }),
		...(order.reason === null ? [] : [t('moderation:tell.reason', { reason: order.reason })]),
		...(endsAt === null ? [] : [t('moderation:tell.until', { when: markup(relativeTime(endsAt)) })])
	];
	const own = settings.dmTexts[action.type];
	const words = own === undefined ? [] : [t('moderation:tell.own', { text: own })];
	return { embeds: [fitEmbed({ color: colours.warning, description: [...lines, ...words].join('\n') })] };
}

/** The name of an action or of a type of case, as `case` and the log show it. */
export function labelOf(type: string, module: string, t: Translate): string {
	return t(`${module}:actions.${type}.name` as MessageKey);
}
