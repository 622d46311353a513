import type { APIEmbed } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { relativeTime } from '#lib/discord/format.js';
import { fitEmbed } from '#lib/discord/limits.js';
import { colours } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { AwayNotice, NameKind, NameRecord, Return } from './domain.js';
import type { Sighting } from './repository/seen.js';

/** "Welcome back", to the one who is. */
export function returnView({ since, mentions }: Return, userId: string, t: Translate): APIEmbed {
	const values = { since: markup(relativeTime(since)), count: mentions };
	const text = mentions === 0 ? t('afk:back.quiet', values) : t('afk:back.mentioned', values);
	return line(`👋 <@${userId}>: ${text}`);
}

/** One line for each person who was mentioned and is away. */
export function awayViews(notices: readonly AwayNotice[], t: Translate): APIEmbed[] {
	return notices.map(({ userId, since, reason }) =>
		line(`💤 ${t('afk:away', { member: markup(`<@${userId}>`), since: markup(relativeTime(since)), reason })}`)
	);
}

export function seenView({ at, channelId }: Sighting, userId: string, showChannel: boolean, t: Translate): APIEmbed {
	const values = { member: markup(`<@${userId}>`), when: markup(relativeTime(at)) };
	return line(showChannel ? t('afk:seen.in-channel', { ...values, channel: markup(`<#${channelId}>`) }) : t('afk:seen.plain', values));
}

/** One line of the list of names; the kind is said when all kinds are shown together. */
export function nameLine({ kind, value, changedAt }: NameRecord, shown: NameKind | null, t: Translate): string {
	const values = { name: value, when: markup(relativeTime(changedAt)) };
	return shown === null ? t('afk:names.line-of-all', { ...values, kind: t(`afk:names.kinds.${kind}`) }) : t('afk:names.line', values);
}

function line(text: string): APIEmbed {
	return fitEmbed({ color: colours.neutral, description: `> ${text}` });
}
