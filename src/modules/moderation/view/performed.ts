import { type APIActionRowComponent, type APIButtonComponent, type APIEmbed, ButtonStyle, ComponentType } from 'discord.js';
import type { MessageKey } from '#generated/messages.js';
import { markup } from '#lib/core/markdown.js';
import { relativeTime } from '#lib/discord/format.js';
import { notice } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import { canUndo } from '../domain/case.js';
import { undoId } from '../ids.js';
import type { Performed } from '../service/moderation.js';
import { remarkLines } from './remarks.js';

export interface PerformedView {
	readonly embeds: readonly APIEmbed[];
	readonly components: readonly APIActionRowComponent<APIButtonComponent>[];
}

/** What who acted is answered: what was done, for how long, under which number, and a way back where there is one. */
export function performedView(
	{ case: one, action, situation, told, logRefused }: Performed,
	caller: { readonly id: string },
	t: Translate
): PerformedView {
	const done = `${action.module}:actions.${action.type}.done` as MessageKey;
	const place = one.channelId === null ? '' : `<#${one.channelId}>`;
	const values = { ...action.values?.(one.details), user: situation.target?.username ?? '', channel: markup(place) };
	const lines = [
		t(done, values),
		...(one.expiresAt === null ? [] : [t('moderation:done.until', { when: markup(relativeTime(one.expiresAt)) })]),
		...(one.reason === null ? [] : [t('moderation:done.reason', { reason: one.reason })]),
		...remarkLines(action, one.details, t),
		t('moderation:done.case', { number: one.number }),
		...(told === 'closed' ? [t('moderation:done.not-told')] : []),
		...(logRefused ? [t('moderation:done.log-refused')] : [])
	];
	return { embeds: [notice('success', lines.join('\n'), caller)], components: undoRow(one.number, canUndo(one) ? action.undo : null, t) };
}

/** The button that takes it back, for ten minutes. */
export function undoRow(number: number, undo: string | null, t: Translate): APIActionRowComponent<APIButtonComponent>[] {
	if (undo === null) return [];
	const button: APIButtonComponent = {
		type: ComponentType.Button,
		style: ButtonStyle.Secondary,
		label: t('moderation:done.undo'),
		custom_id: undoId.encode({ number, type: undo })
	};
	return [{ type: ComponentType.ActionRow, components: [button] }];
}
