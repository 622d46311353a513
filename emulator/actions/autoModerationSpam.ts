import type { Guild } from '../state/guild.js';
import type { Message } from '../state/message.js';
import type { Snowflake } from '../state/types.js';

/*
 * How Discord tells spam and raids is not public (a trained model, by its own words). These measures are ours, on the safe side: what any of them calls spam, a person
 * would too. Same text again and again, the same word over and over, or a link with a gift nobody gives.
 */
const windowMs = 10_000;
/** So many equal messages of one member in the server within the window, the new one included. */
const equalMessages = 5;
/** So many times one word in a message. */
const repeatedWord = 20;
const link = /https?:\/\/|discord\.gg\//i;
const bait = /free\s+(discord\s+)?nitro|nitro\s+(for\s+)?free|free\s+(steam|robux|v-?bucks)|steam\s+gift|\d+\s*\$\s*gift/i;

/** So many different people or roles mentioned by plain members within the window, the new message included, is a raid. */
const raidMentions = 20;
const raidMembers = 3;

const recentOf = (guild: Guild, since: number): Message[] =>
	[...guild.channels.values(), ...guild.threads.values()].flatMap((channel) =>
		[...channel.messages.values()].slice(-50).filter(({ timestamp }) => Date.parse(timestamp) >= since)
	);

/** True when this text of this member is spam by our measure. `now` in milliseconds. */
export function isSpam(guild: Guild, userId: Snowflake, content: string, now: number): boolean {
	const text = content.trim();
	if (text === '') return false;
	if (link.test(text) && bait.test(text)) return true;
	const counts = new Map<string, number>();
	for (const word of text.toLowerCase().split(/\s+/)) counts.set(word, (counts.get(word) ?? 0) + 1);
	if (Math.max(...counts.values()) >= repeatedWord) return true;
	const same = recentOf(guild, now - windowMs).filter((each) => each.author.id === userId && each.content.trim() === text);
	return same.length >= equalMessages - 1;
}

/** Different people and roles that a text mentions; `@everyone` is none. */
export function mentionsIn(content: string): Set<string> {
	return new Set([...content.matchAll(/<@(!?|&)(\d{15,20})>/g)].map(([, kind, id]) => `${kind === '&' ? '&' : ''}${id}`));
}

/** True when several members together mention that many: what `mention_raid_protection_enabled` watches for. */
export function isMentionRaid(guild: Guild, userId: Snowflake, content: string, now: number): boolean {
	const mentioned = mentionsIn(content);
	if (mentioned.size === 0) return false;
	const members = new Set([userId]);
	for (const message of recentOf(guild, now - windowMs)) {
		const others = message.author.bot ? new Set<string>() : mentionsIn(message.content);
		if (others.size > 0) members.add(message.author.id);
		for (const id of others) mentioned.add(id);
	}
	return members.size >= raidMembers && mentioned.size > raidMentions;
}
