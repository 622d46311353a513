import type { CommandIndex } from './commandIndex.js';
import type { Invocation } from './invocation.js';

/**
 * Reads a message as a call. Null when it is none: no prefix, or a first word that is no command of ours.
 *
 * @param prefixes what counts as a prefix here and for this person
 * @param botId mentions of this user are a prefix too
 */
export function parse(content: string, prefixes: readonly string[], botId: string, index: CommandIndex): Invocation | null {
	const call = splitPrefix(content, prefixes, botId);
	if (call === null) return null;
	const resolved = index.resolve(call.line);
	return resolved === null ? null : { prefix: call.prefix, ...resolved };
}

/** The prefix that a message begins with, the longest that fits, and what follows it. Null when it has none. */
export function splitPrefix(
	content: string,
	prefixes: readonly string[],
	botId: string
): { readonly prefix: string; readonly line: string } | null {
	const prefix = longestPrefix(content, prefixes, botId);
	return prefix === null ? null : { prefix, line: content.slice(prefix.length).trimStart() };
}

/** True for a message that holds a mention of the bot and nothing else. */
export function isBareMention(content: string, botId: string): boolean {
	const text = content.trim();
	return text === `<@${botId}>` || text === `<@!${botId}>`;
}

function longestPrefix(content: string, prefixes: readonly string[], botId: string): string | null {
	let longest: string | null = mentionPrefix(content, botId);
	for (const prefix of prefixes) {
		if (prefix.length > (longest?.length ?? 0) && startsWithIgnoringCase(content, prefix)) longest = content.slice(0, prefix.length);
	}
	return longest;
}

function mentionPrefix(content: string, botId: string): string | null {
	if (!content.startsWith('<@')) return null;
	return [`<@${botId}>`, `<@!${botId}>`].find((mention) => content.startsWith(mention)) ?? null;
}

function startsWithIgnoringCase(content: string, prefix: string): boolean {
	return content.startsWith(prefix) || content.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
}
