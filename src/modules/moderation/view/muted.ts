import { markup } from '#lib/core/markdown.js';
import { relativeTime } from '#lib/discord/format.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { MutedList } from '../ports.js';

/** A line for each who may not speak, who speaks again first at the top. */
export function mutedLines({ people }: MutedList, t: Translate): string[] {
	return [...people]
		.sort((a, b) => (a.until ?? Number.POSITIVE_INFINITY) - (b.until ?? Number.POSITIVE_INFINITY))
		.map(({ id, until }) => {
			const user = markup(`<@${id}>`);
			return until === null
				? t('moderation:muted.open', { user })
				: t('moderation:muted.line', { user, when: markup(relativeTime(until)) });
		});
}
