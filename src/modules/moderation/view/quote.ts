import type { APIEmbed } from 'discord.js';
import { codeBlock } from '#lib/core/markdown.js';
import { cut } from '#lib/discord/limits.js';

const longestQuote = 700;

/** What a message said, as it was written and without any effect. */
export function quoteOf(text: string): string {
	return codeBlock(cut(text.trim(), longestQuote));
}

/** Reads a quote back from one of our own messages; null when it holds none. */
export function quotedIn(embeds: readonly Pick<APIEmbed, 'description'>[]): string | null {
	const [, text = ''] = /```\n([\s\S]*?)\n```/.exec(embeds[0]?.description ?? '') ?? [];
	return text.trim() === '' ? null : text;
}
