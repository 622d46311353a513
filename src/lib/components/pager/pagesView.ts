import type { APIEmbed } from 'discord.js';
import { cut, fitEmbed, limits } from '#lib/discord/limits.js';
import { colours } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';

export const linesPerPage = 10;
/** What our lists put between two things of a line. */
const separator = ', ';

/** Something that is shown page by page; there is always at least one page. */
export interface Pages {
	readonly count: number;
	/** `index` from 0. */
	render(index: number, t: Translate): APIEmbed;
}

/** Ten lines to a page, fewer where they are long, numbered through when wanted. What no page holds goes on in the next. */
export function pagesOfLines({ title, lines, numbered = false }: { title: string; lines: readonly string[]; numbered?: boolean }): Pages {
	const pages = fill(lines.flatMap((line, index) => piecesOf(numbered ? `\`${index + 1}\` ${line}` : line)));
	const count = Math.max(1, pages.length);
	return {
		count,
		render(index, t) {
			const description = pages[index]?.join('\n') ?? t('components:pager.empty');
			return withPlace(fitEmbed({ color: colours.neutral, title, description }), index, count, t);
		}
	};
}

function fill(lines: readonly string[]): readonly (readonly string[])[] {
	const pages: string[][] = [];
	let page: string[] = [];
	let room = 0;
	for (const line of lines) {
		if (pages.length === 0 || page.length === linesPerPage || line.length >= room) {
			page = [];
			room = limits.description + 1;
			pages.push(page);
		}
		page.push(line);
		room -= line.length + 1;
	}
	return pages;
}

/** A line that is longer than a page, taken apart between the things that it lists. */
function piecesOf(line: string): readonly string[] {
	const pieces: string[] = [];
	let left = line;
	while (left.length > limits.description) {
		const end = left.lastIndexOf(separator, limits.description - separator.length);
		if (end <= 0) break;
		pieces.push(left.slice(0, end + 1));
		left = left.slice(end + separator.length);
	}
	return [...pieces, cut(left, limits.description)];
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
