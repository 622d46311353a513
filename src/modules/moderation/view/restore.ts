import type { APIEmbed } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { relativeTime } from '#lib/discord/format.js';
import { notice } from '#lib/discord/theme.js';
import type { Values } from '#lib/i18n/interpolate.js';
import type { Translate } from '#lib/i18n/languages.js';
import { planRemarks } from '../actions/restore.js';
import type { RestorePlan } from '../domain/restore.js';
import { linesOf, rolesText } from './remarks.js';

const restore = { module: 'moderation', type: 'restore' };

/** What the question names before dangerous roles are given back. */
export function restoreQuestion({ dangerous, leftAt }: RestorePlan, user: { readonly username: string }): Values {
	const when = markup(relativeTime(leftAt));
	return { user: user.username, when, count: dangerous.length, roles: markup(rolesText(dangerous)) };
}

/** Why nothing of it can be given back. */
export function nothingRestoredView(
	plan: RestorePlan,
	user: { readonly username: string },
	caller: { readonly id: string },
	t: Translate
): { readonly embeds: readonly APIEmbed[] } {
	const lines = [t('moderation:refusals.restore-none', { user: user.username }), ...linesOf(restore, planRemarks(plan), t)];
	return { embeds: [notice('error', lines.join('\n'), caller)] };
}
