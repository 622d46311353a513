import type { APIEmbed } from 'discord.js';
import { cut, fitEmbed, limits } from '#lib/discord/limits.js';
import { colours } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';

export const linesPerPage = 10;
// Ten of them, with their line breaks, fit one description.
const longestLine = Math.floor(limits.description / linesPerPage) - 1;

/** Something that is shown page by page; there is always at least one page. */
export interface Pages {
	readonly count: number;
	/** `index` from 0. */
	render(index: number, t: Translate): APIEmbed;
}

/** Ten lines to a page, numbered through when wanted. */
export function pagesOfLines({ title, lines, numbered = false }: { title: string; lines: readonly string[]; numbered?: boolean }): Pages {
	const count = Math.max(1, Math.ceil(lines.length / linesPerPage));
	return {
		count,
		render(index, t) {
			const first = index * linesPerPage;
			const shown = lines
				.slice(first, first + linesPerPage)
				.map((line, offset) => cut(numbered ? `\`${first + offset + 1}\` ${line}` : line, longestLine));
			const description = shown.length === 0 ? t('components:pager.empty') : shown.join('\n');
			return withPlace(fitEmbed({ color: colours.neutral, title, description }), index, count, t);
		}
	};
}

export function pagesOfEmbeds(embeds: readonly APIEmbed[]): Pages {
	const count = Math.max(1, embeds.length);
	return {
		count,
		render(index, t) {
			const embed = embeds[index] ?? { color: colours.neutral, description: t('components:pager.empty') };
			return withPlace(embed, index, count, t);
		}
	};
}

/** Says the page's number after what the footer says already. */
function withPlace(embed: APIEmbed, index: number, count: number, t: Translate): APIEmbed {
	if (count === 1) return fitEmbed(embed);
	const place = t('components:pager.place', { page: index + 1, pages: count });
	const text = embed.footer === undefined ? place : `${cut(embed.footer.text, limits.footer - place.length - 3)} ・ ${place}`;
	return fitEmbed({ ...embed, footer: { ...embed.footer, text } });
}
