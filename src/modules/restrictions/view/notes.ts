import type { APIEmbed } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { cut, fitEmbed } from '#lib/discord/limits.js';
import { colours } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { StaffNote } from '../ports.js';

/** What staff are told of something that happened by itself. `name`: of the person it is about. */
export function staffEmbed(note: StaffNote, name: string | null, t: Translate): APIEmbed {
	const userId = 'userId' in note ? (note.userId ?? '') : '';
	const channelId = 'channelId' in note ? (note.channelId ?? '') : '';
	const values = { user: name ?? userId, id: userId, channel: markup(channelId === '' ? '' : `<#${channelId}>`) };
	return fitEmbed({ color: colours.warning, description: t(`restrictions:notes.${note.what}`, values) });
}

/** What somebody is told who may not come in. The server's own words stand apart. */
export function rejectedEmbed(guildName: string, text: string, t: Translate): APIEmbed {
	const lines = [t('restrictions:rejected.intro', { server: cut(guildName, 100) }), t('restrictions:rejected.words', { text })];
	return fitEmbed({ color: colours.warning, description: lines.join('\n\n') });
}
