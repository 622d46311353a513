import type { GuildMember, Message } from 'discord.js';

const authors = new WeakMap<Message, GuildMember | Promise<GuildMember>>();

/**
 * Who wrote a message, as a member. Discord sends him along; with bounded caches he may be gone from them a moment later, and
 * asking for a single member is one of the things that Discord allows rarely. So he is asked for at most once a message.
 */
export function authorOf(message: Message<true>): GuildMember | Promise<GuildMember> {
	const known = authors.get(message) ?? message.member;
	if (known !== null) return known;
	const fetched = message.guild.members.fetch(message.author.id);
	authors.set(message, fetched);
	// The next to ask tries again.
	fetched.catch(() => authors.delete(message));
	return fetched;
}

/** `member` is what came with the message, or with its edit: what was known of him before no longer counts. */
export function keepAuthor(message: Message, member: GuildMember | null): void {
	if (member === null) authors.delete(message);
	else authors.set(message, member);
}
