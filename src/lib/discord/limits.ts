import type { APIEmbed, APIEmbedField } from 'discord.js';

/** Discord's limits, in UTF-16 units. */
export const limits = {
	content: 2000,
	title: 256,
	description: 4096,
	fields: 25,
	fieldName: 256,
	fieldValue: 1024,
	footer: 2048,
	author: 256,
	/** All texts of all embeds of one message together. */
	embedTotal: 6000,
	embeds: 10,
	buttonLabel: 80,
	choice: 100,
	selectOption: 100,
	selectOptions: 25,
	placeholder: 150,
	modalTitle: 45,
	customId: 100
} as const;

/** Discord waits three seconds for the first answer to an interaction, the way to it and back included. Milliseconds. */
export const defersAfterMs = 1_500;

const ellipsis = '…';
// Longer than any emoji: what is longer is letters piled with marks, and may be cut anywhere between two characters.
const longestGrapheme = 64;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
// A masked link, a mention, emoji or timestamp, an address, an escaped character.
const whole = /\[(?:\\.|[^[\]\\\n])*\]\([^()\s]*\)|<(?:[@#/]|a?:|t:|https?:)[^<>\s]*>|https?:\/\/[^\s<>]+|\\./g;

/** Cuts `text` to at most `limit` units, ending in `…`; never inside an emoji, a mention, a link or an open block of code. */
export function cut(text: string, limit: number): string {
	const formed = text.toWellFormed();
	if (formed.length <= limit) return formed;
	if (limit <= ellipsis.length) return limit === ellipsis.length ? ellipsis : '';

	const end = wholeEnd(formed, graphemeEnd(formed, limit - ellipsis.length));
	const kept = formed.slice(0, end);
	return isCodeOpen(kept) ? closeCode(kept, limit) : kept + ellipsis;
}

/** The last place at or before `limit` that lies between two characters as people see them. */
function graphemeEnd(text: string, limit: number): number {
	let end = 0;
	for (const { index, segment } of segmenter.segment(text.slice(0, limit + longestGrapheme))) {
		if (index + segment.length <= limit) {
			end = index + segment.length;
			continue;
		}
		if (segment.length < longestGrapheme) return end;
		const unit = text.charCodeAt(limit);
		return unit >= 0xdc00 && unit <= 0xdfff ? limit - 1 : limit;
	}
	return end;
}

/** Steps back before what only makes sense as a whole, unless nothing would be left. */
function wholeEnd(text: string, end: number): number {
	for (const match of text.slice(0, end + limits.description).matchAll(whole)) {
		if (match.index >= end) return end;
		if (match.index + match[0].length > end) return match.index === 0 ? end : match.index;
	}
	return end;
}

function isCodeOpen(text: string): boolean {
	return (text.split('```').length - 1) % 2 === 1;
}

function closeCode(kept: string, limit: number): string {
	const close = `${ellipsis}\n\`\`\``;
	if (limit <= close.length) return ellipsis;
	const shorter = kept.slice(0, graphemeEnd(`${kept} `, Math.min(kept.length, limit - close.length)));
	return isCodeOpen(shorter) ? shorter + close : shorter + ellipsis;
}

/** Cuts everything in an embed to what Discord takes; `budget` is what its texts may have together. */
export function fitEmbed(embed: APIEmbed, budget: number = limits.embedTotal): APIEmbed {
	let left = budget;
	const take = (text: string, limit: number): string => {
		const taken = cut(text, Math.min(limit, left));
		left -= taken.length;
		return taken;
	};

	const fitted: APIEmbed = { ...embed };
	if (embed.title !== undefined) fitted.title = take(embed.title, limits.title);
	if (embed.author !== undefined) fitted.author = { ...embed.author, name: take(embed.author.name, limits.author) };
	if (embed.footer !== undefined) fitted.footer = { ...embed.footer, text: take(embed.footer.text, limits.footer) };
	if (embed.description !== undefined) fitted.description = take(embed.description, limits.description);
	if (embed.fields !== undefined) fitted.fields = fitFields(embed.fields, () => left, take);
	return fitted;
}

/** Discord refuses fields without a name or a value: an empty one gets a zero-width space, one without room is left out. */
function fitFields(fields: readonly APIEmbedField[], left: () => number, take: (text: string, limit: number) => string): APIEmbedField[] {
	const fitted: APIEmbedField[] = [];
	for (const field of fields.slice(0, limits.fields)) {
		if (left() < limits.fieldName + 2) break;
		const name = take(field.name.trim() === '' ? '\u200b' : field.name, limits.fieldName);
		fitted.push({ ...field, name, value: take(field.value.trim() === '' ? '\u200b' : field.value, limits.fieldValue) });
	}
	return fitted;
}

/** All embeds of one message: at most ten, with at most 6,000 units together. */
export function fitEmbeds(embeds: readonly APIEmbed[]): APIEmbed[] {
	let left: number = limits.embedTotal;
	const fitted: APIEmbed[] = [];
	for (const embed of embeds.slice(0, limits.embeds)) {
		if (left <= 0) break;
		const next = fitEmbed(embed, left);
		left -= embedLength(next);
		fitted.push(next);
	}
	return fitted;
}

/** What Discord counts of an embed. */
export function embedLength(embed: APIEmbed): number {
	const texts = [
		embed.title,
		embed.description,
		embed.footer?.text,
		embed.author?.name,
		...(embed.fields ?? []).flatMap(({ name, value }) => [name, value])
	];
	return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}
