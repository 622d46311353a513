import type { APIEmbed } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { relativeTime, timestamp } from '#lib/discord/format.js';
import { fitEmbed } from '#lib/discord/limits.js';
import { colours } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';

export interface AboutBot {
	readonly name: string;
	readonly avatar: string;
	readonly createdAt: number;
	readonly startedAt: number;
	readonly guilds: number;
	readonly members: number;
	readonly commands: number;
	readonly modules: number;
	readonly versions: { readonly evict: string; readonly discord: string; readonly node: string };
	readonly locale: string;
}

export function aboutView(about: AboutBot, t: Translate): APIEmbed {
	// A dot after a number would begin a list, and be escaped.
	const versions = Object.fromEntries(Object.entries(about.versions).map(([name, version]) => [name, markup(version)]));
	const count = (value: number) => value.toLocaleString(about.locale);
	return fitEmbed({
		color: colours.accent,
		title: t('information:botinfo.title', { name: about.name }),
		thumbnail: { url: about.avatar },
		fields: [
			{ name: t('information:botinfo.servers'), value: count(about.guilds), inline: true },
			{ name: t('information:botinfo.members'), value: count(about.members), inline: true },
			{ name: t('information:botinfo.commands'), value: count(about.commands), inline: true },
			{ name: t('information:botinfo.modules'), value: count(about.modules), inline: true },
			{ name: t('information:botinfo.uptime'), value: relativeTime(about.startedAt), inline: true },
			{ name: t('information:botinfo.created'), value: timestamp(about.createdAt, 'D'), inline: true },
			{ name: t('information:botinfo.versions'), value: t('information:botinfo.versions-value', versions) }
		]
	});
}

export function inviteView(link: string, supportServer: string | null, t: Translate): APIEmbed {
	const lines = [t('information:invite.text', { link: markup(link) })];
	if (supportServer !== null) lines.push(t('information:invite.support', { link: markup(supportServer) }));
	return fitEmbed({ color: colours.accent, description: lines.join('\n') });
}
