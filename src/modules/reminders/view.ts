import { type APIActionRowComponent, type APIButtonComponent, type APIEmbed, ButtonStyle, ComponentType } from 'discord.js';
import { escapeMarkdown, markup } from '#lib/core/markdown.js';
import { formatDuration, relativeTime, timestamp } from '#lib/discord/format.js';
import { cut, fitEmbed, limits } from '#lib/discord/limits.js';
import { colours, marks } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import { isActive, type Reminder } from './domain.js';
import { doneId, snoozeId, snoozeMinutes } from './ids.js';

const clock = '⏰';
const hour = 3_600_000;
/** Discord shows a list line well up to about this. */
const listedText = 100;

export interface ReminderMessage {
	readonly content: string;
	readonly embeds: readonly APIEmbed[];
	readonly components: readonly APIActionRowComponent<APIButtonComponent>[];
}

/** The message that reminds. `lateMs`: how late it comes, when that needs a word. */
export function reminderMessage(reminder: Reminder, lateMs: number | null, t: Translate, locale: string): ReminderMessage {
	const { userId, text, createdAt, everyMs } = reminder;
	const late = lateMs === null ? '' : `\n-# ${marks.warning} ${t('reminders:delivery.late', { time: formatDuration(lateMs, locale) })}`;
	const mention = `${clock} <@${userId}> `;
	const asked = t('reminders:delivery.asked', { when: markup(relativeTime(createdAt)), link: markup(linkOf(reminder)) });
	const repeats = everyMs === null ? [] : [t('reminders:delivery.repeats', { every: everyText(everyMs, t, locale) })];
	return {
		content: mention + cut(escapeMarkdown(text), limits.content - mention.length - late.length) + late,
		embeds: [fitEmbed({ color: colours.accent, description: [asked, ...repeats].join('\n') })],
		components: [reminderButtons(reminder, t, locale)]
	};
}

function reminderButtons({ id, occurrence }: Reminder, t: Translate, locale: string): APIActionRowComponent<APIButtonComponent> {
	const snooze = snoozeMinutes.map((minutes): APIButtonComponent => {
		const label = t('reminders:buttons.snooze', { time: formatDuration(minutes * 60_000, locale) });
		const custom_id = snoozeId.encode({ id, minutes, occurrence });
		return { type: ComponentType.Button, style: ButtonStyle.Secondary, label: cut(label, limits.buttonLabel), custom_id };
	});
	const done: APIButtonComponent = {
		type: ComponentType.Button,
		style: ButtonStyle.Success,
		label: t('reminders:buttons.done'),
		custom_id: doneId.encode({ id, occurrence })
	};
	return { type: ComponentType.ActionRow, components: [...snooze, done] };
}

/** "every day", "every 2 days". */
function everyText(everyMs: number, t: Translate, locale: string): string {
	if (everyMs === hour) return t('reminders:every.hour');
	if (everyMs === 24 * hour) return t('reminders:every.day');
	if (everyMs === 7 * 24 * hour) return t('reminders:every.week');
	return t('reminders:every.other', { every: formatDuration(everyMs, locale) });
}

/** Where it was asked for: the message, or its channel when the message is not known. */
function linkOf({ guildId, channelId, messageId }: Reminder): string {
	return ['https://discord.com/channels', guildId ?? '@me', channelId, ...(messageId === null ? [] : [messageId])].join('/');
}

/** What the person is told when a reminder is set or changed. */
export function setText(reminder: Reminder, key: 'add' | 'edit' | 'snooze', t: Translate, locale: string): string {
	const { id, text, dueAt, everyMs, inDm } = reminder;
	const when = markup(relativeTime(dueAt));
	const at = markup(timestamp(dueAt));
	const lines = [t(`reminders:${key}.done`, { text: cut(text, listedText), when, at, id })];
	if (everyMs !== null) lines.push(t('reminders:add.every', { every: everyText(everyMs, t, locale) }));
	if (inDm) lines.push(t('reminders:add.in-dm'));
	return lines.join('\n');
}

/** What autocomplete offers for an id. */
export function reminderChoices(reminders: readonly Reminder[], typed: string): { name: string; value: number }[] {
	const wanted = typed.trim().toLowerCase();
	const fitting = reminders.filter(({ id, text }) => String(id).startsWith(wanted) || text.toLowerCase().includes(wanted));
	return fitting.slice(0, limits.selectOptions).map(({ id, text }) => ({ name: cut(`${id}: ${text}`, limits.choice), value: id }));
}

/** One line a reminder, the next first. */
export function listLines(reminders: readonly Reminder[], now: number, t: Translate, locale: string): string[] {
	return reminders.filter(isActive).map(({ id, text, dueAt, everyMs, inDm, guildId }) => {
		const marksOfIt = [
			...(dueAt < now ? [marks.warning] : []),
			...(everyMs === null ? [] : [everyText(everyMs, t, locale)]),
			...(inDm || guildId === null ? [t('reminders:list.in-dm')] : [])
		];
		const line = t('reminders:list.line', { id, text: cut(text.replaceAll('\n', ' '), listedText), when: markup(relativeTime(dueAt)) });
		return [line, ...marksOfIt].join(' · ');
	});
}
