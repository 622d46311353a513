import {
	type APIActionRowComponent,
	type APIButtonComponent,
	type APIEmbed,
	type APIEmbedField,
	type APIModalInteractionResponseCallbackData,
	ButtonStyle,
	ComponentType,
	TextInputStyle
} from 'discord.js';
import { type Markup, markup } from '#lib/core/markdown.js';
import { relativeTime, timestamp } from '#lib/discord/format.js';
import { cut, fitEmbed, limits } from '#lib/discord/limits.js';
import { messageUrl } from '#lib/discord/messageLink.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { CaseEvent, CaseFile, EventKind } from '../domain/file.js';
import { deleteCaseId, editCaseId, reasonFormId, reasonInput } from '../ids.js';
import { type CaseWords, caseEmbed, type Names } from './case.js';

const shownEvents = 8;
const shownText = 80;
const longestReason = 1_000;

/** A case with everything that belongs to it. */
export function caseFileEmbed(file: CaseFile, names: Names, words: CaseWords): APIEmbed {
	const { t } = words;
	const embed = caseEmbed(file.case, names, words);
	const fields: APIEmbedField[] = [...(embed.fields ?? [])];
	const add = (key: 'followers' | 'evidence' | 'history' | 'log', value: string) =>
		value !== '' && fields.push({ name: t(`moderation:case.${key}`), value: cut(value, limits.fieldValue) });
	add('followers', file.followers.map((number) => `#${number}`).join(', '));
	add('evidence', file.evidence.map(({ name, url }) => t('moderation:case.item', { text: url ?? name })).join('\n'));
	add('history', historyLines(file.events, t).join('\n'));
	const { log, guildId } = file.case;
	add('log', log === null ? '' : messageUrl({ guildId, ...log }));
	return fitEmbed({ ...embed, fields });
}

/** What happened to a case, the newest last; of many, the last ones. */
function historyLines(events: readonly CaseEvent[], t: Translate): readonly string[] {
	return events.slice(-shownEvents).flatMap((event) => {
		const { kind, actorId, at } = event;
		if (!isKnown(kind)) return [];
		const who = actorId === null ? '' : `<@${actorId}> `;
		return [t(`moderation:events.${kind}`, { when: markup(relativeTime(at)), who: markup(who), ...said(event) })];
	});
}

function said({ kind, before, after }: CaseEvent): { readonly before: string | Markup; readonly after: string | Markup } {
	const shown = (text: string | null) => {
		if (text === null) return '–';
		return kind === 'duration' ? markup(timestamp(Number(text))) : cut(text, shownText);
	};
	return { before: shown(before), after: shown(after) };
}

const known: ReadonlySet<string> = new Set<EventKind>([
	'reason',
	'duration',
	'evidence',
	'expired',
	'undone',
	'superseded',
	'removed',
	'deleted'
]);

function isKnown(kind: string): kind is EventKind {
	return known.has(kind);
}

export function caseButtons(number: number, t: Translate): APIActionRowComponent<APIButtonComponent>[] {
	const button = (style: ButtonStyle.Secondary | ButtonStyle.Danger, label: string, custom_id: string): APIButtonComponent => ({
		type: ComponentType.Button,
		style,
		label,
		custom_id
	});
	return [
		{
			type: ComponentType.ActionRow,
			components: [
				button(ButtonStyle.Secondary, t('moderation:case.edit'), editCaseId.encode({ number })),
				button(ButtonStyle.Danger, t('moderation:case.delete'), deleteCaseId.encode({ number }))
			]
		}
	];
}

/** Asks for another reason; the one that stands there is offered. */
export function reasonForm(number: number, reason: string | null, t: Translate): APIModalInteractionResponseCallbackData {
	return {
		custom_id: reasonFormId.encode({ number }),
		title: cut(t('moderation:case.form', { number }), limits.modalTitle),
		components: [
			{
				type: ComponentType.Label,
				label: cut(t('moderation:case.form-reason'), limits.modalTitle),
				component: {
					type: ComponentType.TextInput,
					custom_id: reasonInput,
					style: TextInputStyle.Paragraph,
					min_length: 1,
					max_length: longestReason,
					required: true,
					...(reason !== null && { value: cut(reason, longestReason) })
				}
			}
		]
	};
}
