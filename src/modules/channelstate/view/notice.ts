import type { APIEmbed } from 'discord.js';
import { cut, fitEmbed } from '#lib/discord/limits.js';
import { colours, marks } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';

/** What a channel that was locked together with the others is told. */
export function lockNotice(reason: string | null, t: Translate): APIEmbed {
	const lines = [
		`${marks.locked} ${t('channelstate:notice.locked')}`,
		...(reason === null ? [] : [t('channelstate:notice.reason', { reason: cut(reason, 1_000) })])
	];
	return fitEmbed({ color: colours.warning, description: lines.join('\n') });
}
