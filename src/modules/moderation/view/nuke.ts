import type { APIEmbed } from 'discord.js';
import { type Markup, markup } from '#lib/core/markdown.js';
import { notice } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { NukePlan } from '../service/nuke.js';

/** What stands in a channel that was made anew, before anything else. */
export function firstMessage(actorId: string | null, t: Translate): { readonly content: string; readonly embeds: readonly APIEmbed[] } {
	const user = markup(actorId === null ? '?' : `<@${actorId}>`);
	return { content: t('moderation:nuke.first'), embeds: [notice('neutral', t('moderation:nuke.by', { user }), { id: actorId ?? '0' })] };
}

/** What the question names besides the channel: what will follow, and what is lost that one might not think of. */
export function nukeValues(
	name: string,
	{ uses, server, threads, isAnnouncements, isForum, isTalked, webhooksHidden, autoMod, onboarding }: NukePlan,
	t: Translate
): { readonly channel: string; readonly more: Markup } {
	const follows = [
		...server.map((use) => t(`moderation:nuke.server.${use}`)),
		...(autoMod === null || autoMod === 0 ? [] : [t('moderation:nuke.auto-mod', { count: autoMod })]),
		...(onboarding ? [t('moderation:nuke.onboarding')] : []),
		...uses.map(({ describe, count }) => t(describe, { count }))
	];
	const lines = [
		...(follows.length === 0 ? [] : [t('moderation:nuke.follows', { what: markup(follows.join(', ')) })]),
		...(server.includes('rules') || server.includes('updates') ? [t('moderation:nuke.community')] : []),
		...(threads === 0 ? [] : [t(isForum ? 'moderation:nuke.posts' : 'moderation:nuke.threads', { count: threads })]),
		...(isTalked ? [t('moderation:nuke.talkers')] : []),
		...(isAnnouncements ? [t('moderation:nuke.followers')] : []),
		...(webhooksHidden ? [t('moderation:nuke.webhooks')] : []),
		...(autoMod === null ? [t('moderation:nuke.auto-mod-hidden')] : [])
	];
	return { channel: name, more: markup(lines.map((line) => `\n${line}`).join('')) };
}
