import { markup } from '#lib/core/markdown.js';
import { relativeTime, timestamp } from '#lib/discord/format.js';
import { cut } from '#lib/discord/limits.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Restriction } from '../domain/restriction.js';

const shownReason = 100;

/** A line for each, with the name that is known. */
export function restrictionLines(
	restrictions: readonly Restriction[],
	t: Translate,
	nameOf: (userId: string) => string | null
): readonly string[] {
	return restrictions.map(({ userId, userName, value, actorId, reason, at, expiresAt }) => {
		const name = nameOf(userId) ?? userName ?? userId;
		const parts = [
			t('restrictions:list.who', { name, id: userId }),
			...(value === null ? [] : [t('restrictions:list.nick', { nick: value })]),
			actorId === null
				? t('restrictions:list.when', { when: markup(timestamp(at, 'd')) })
				: t('restrictions:list.by', { actor: markup(`<@${actorId}>`), when: markup(timestamp(at, 'd')) }),
			...(expiresAt === null ? [] : [t('restrictions:list.until', { when: markup(relativeTime(expiresAt)) })]),
			...(reason === null ? [] : [t('restrictions:list.reason', { reason: cut(reason, shownReason) })])
		];
		return parts.join(' · ');
	});
}
