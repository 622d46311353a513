import type { APIEmbed } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { relativeTime } from '#lib/discord/format.js';
import { cut, fitEmbed } from '#lib/discord/limits.js';
import { colours, notice } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Case } from '../domain/case.js';
import type { Jailed } from '../domain/jail.js';
import type { JailThings } from '../domain/jailThings.js';
import type { BuiltJail } from '../service/jailSetup.js';

const shownReason = 1_000;

/** What somebody finds in the channel of the jail. He is called: it is the one channel that he sees. */
export function jailGreeting(userId: string, { reason, expiresAt, state }: Case, t: Translate): { content: string; embeds: APIEmbed[] } {
	const ends = state === 'active' ? expiresAt : null;
	const lines = [
		reason === null ? t('moderation:case.no-reason') : t('moderation:case.reason', { reason: cut(reason, shownReason) }),
		ends === null ? t('moderation:jail.open-end') : t('moderation:jail.ends', { when: markup(relativeTime(ends)) })
	];
	return {
		content: t('moderation:jail.greeting', { user: markup(`<@${userId}>`) }),
		embeds: [fitEmbed({ color: colours.warning, description: lines.join('\n') })]
	};
}

/** Everybody in jail, a line each. */
export function jailedLines(jailed: readonly Jailed[], t: Translate): readonly string[] {
	return jailed.map(({ userId, caseNumber, at, expiresAt }) => {
		const values = { user: markup(`<@${userId}>`), number: caseNumber, since: markup(relativeTime(at)) };
		if (expiresAt === null) return t('moderation:jail.line', values);
		return t('moderation:jail.line-until', { ...values, when: markup(relativeTime(expiresAt)) });
	});
}

/** What a jail consists of, after it was made or mended. */
export function builtJailView(
	{ roleId, channelId, logChannelId, isNew, open }: BuiltJail,
	caller: { readonly id: string },
	t: Translate
): { readonly embeds: readonly APIEmbed[] } {
	const values = { role: markup(`<@&${roleId}>`), channel: markup(`<#${channelId}>`) };
	const lines = [
		t(isNew ? 'moderation:jail.built' : 'moderation:jail.mended', values),
		...(logChannelId === null ? [] : [t('moderation:jail.log-channel', { channel: markup(`<#${logChannelId}>`) })]),
		...(open.length === 0 ? [] : [t('moderation:jail.closing', { count: open.length })])
	];
	return { embeds: [notice('success', lines.join('\n'), caller)] };
}

/** What goes when a jail is taken away, for the question. */
export function goingValues({ roleId, channelId, logChannelId }: JailThings, jailed: number, t: Translate) {
	const channels = [channelId, logChannelId].flatMap((id) => (id === null ? [] : `<#${id}>`));
	const things = [...(roleId === null ? [] : [`<@&${roleId}>`]), ...channels].join(' ');
	return { things: markup(things), jailed: t('moderation:jail.freed', { count: jailed }) };
}
