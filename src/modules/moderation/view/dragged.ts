import type { APIEmbed } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { notice } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';

/** What became of one who was to be moved; `failure`: the sentence that says why not. */
export interface Dragged {
	readonly user: string;
	readonly failure: string | null;
}

/** Who was moved, and who was not and why. */
export function draggedView(
	dragged: readonly Dragged[],
	channelId: string,
	caller: { readonly id: string },
	t: Translate
): { readonly embeds: readonly APIEmbed[] } {
	const channel = markup(`<#${channelId}>`);
	const moved = dragged.filter(({ failure }) => failure === null).map(({ user }) => user);
	const lines = [
		...(moved.length === 0 ? [] : [t('moderation:drag.moved', { users: moved.join(', '), channel })]),
		...dragged.flatMap(({ user, failure }) => (failure === null ? [] : [t('moderation:drag.failed', { user, failure: markup(failure) })]))
	];
	const tone = moved.length === dragged.length ? 'success' : moved.length === 0 ? 'error' : 'warning';
	return { embeds: [notice(tone, lines.join('\n'), caller)] };
}
