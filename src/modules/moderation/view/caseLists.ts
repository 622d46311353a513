import type { APIEmbed } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { formatNumber, relativeTime } from '#lib/discord/format.js';
import { cut } from '#lib/discord/limits.js';
import { colours } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Case } from '../domain/case.js';
import type { CaseList, ModeratorCounts, TypeCounts } from '../repository/caseLists.js';

export interface ListWords {
	readonly t: Translate;
	readonly locale: string;
	readonly labelOf: (type: string) => string;
}

const linesPerPage = 10;
const shownReason = 150;

/** Cases, ten to a page; how many there are of each type stands on every page. */
export function caseListPages(list: CaseList, title: string, words: ListWords): APIEmbed[] {
	const lines = list.cases.map((one) => caseLine(one, words));
	const counts = countsText(list.counts, words);
	const pages: APIEmbed[] = [];
	for (let first = 0; first === 0 || first < lines.length; first += linesPerPage) {
		const description = [counts, '', ...lines.slice(first, first + linesPerPage)].join('\n');
		pages.push({ color: colours.neutral, title, description });
	}
	return pages;
}

/** `3 × Warning, 1 × Ban` */
export function countsText(counts: TypeCounts, { t, locale, labelOf }: ListWords): string {
	const each = [...counts].map(([type, count]) => t('moderation:list.count', { count: formatNumber(count, locale), label: labelOf(type) }));
	return new Intl.ListFormat(locale, { type: 'conjunction' }).format(each);
}

/** One case in one line. */
export function caseLine({ number, type, userId, channelId, moderatorId, reason, at, state }: Case, { t, labelOf }: ListWords): string {
	const about = userId === null ? (channelId === null ? '' : ` <#${channelId}>`) : ` <@${userId}>`;
	const values = {
		number,
		label: labelOf(type),
		about: markup(about),
		by: markup(moderatorId === null ? '–' : `<@${moderatorId}>`),
		when: markup(relativeTime(at)),
		reason: reason === null ? '–' : cut(reason, shownReason)
	};
	return state === 'active'
		? t('moderation:list.line', values)
		: t('moderation:list.line-over', { ...values, state: t(`moderation:states.${state}`) });
}

/** A warning or note of somebody in one line. */
export function personLine({ number, moderatorId, reason, at }: Case, { t }: ListWords): string {
	const by = markup(moderatorId === null ? '–' : `<@${moderatorId}>`);
	return t('moderation:list.own', { number, by, when: markup(relativeTime(at)), reason: reason === null ? '–' : cut(reason, shownReason) });
}

/** What a moderator did, in one line. */
export function moderatorLine({ moderatorId, counts, total }: ModeratorCounts, words: ListWords): string {
	const by = markup(moderatorId === null ? words.t('moderation:case.erased') : `<@${moderatorId}>`);
	return words.t('moderation:stats.line', { by, total: formatNumber(total, words.locale), each: countsText(counts, words) });
}

/** A case as a suggestion. */
export function caseChoice({ number, type, userId, reason }: Case, labelOf: (type: string) => string, nameOf: (userId: string) => string) {
	const parts = [`#${number} ${labelOf(type)}`, ...(userId === null ? [] : [nameOf(userId)]), ...(reason === null ? [] : [reason])];
	return { name: cut(parts.join(' · '), 100), value: number };
}
