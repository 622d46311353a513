import type { Discord } from '../discord.js';
import type { Channel } from '../state/channel.js';
import type { Message, Reaction } from '../state/message.js';
import type { EmojiRef, JsonObject, Snowflake, User } from '../state/types.js';
import { memberView } from '../views/user.js';

function keyOf(emoji: EmojiRef): string {
	// The variation selector does not make another emoji.
	return emoji.id ?? emoji.name.replaceAll('\uFE0F', '');
}

export function findReaction(message: Message, emoji: EmojiRef): Reaction | null {
	return message.reactions?.get(keyOf(emoji)) ?? null;
}

function eventOf(channel: Channel, message: Message, emoji: EmojiRef | null): JsonObject {
	return {
		channel_id: channel.id,
		message_id: message.id,
		...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
		...(emoji === null ? {} : { emoji: { id: emoji.id, name: emoji.name, ...(emoji.animated ? { animated: true } : {}) } })
	};
}

/** Adds somebody's reaction; a second time changes nothing. */
export function addReaction(discord: Discord, channel: Channel, message: Message, user: User, emoji: EmojiRef): void {
	message.reactions ??= new Map();
	const reaction = message.reactions.get(keyOf(emoji)) ?? { emoji, users: new Set() };
	message.reactions.set(keyOf(emoji), reaction);
	if (reaction.users.has(user.id)) return;
	reaction.users.add(user.id);
	const member = discord.world.guilds.get(channel.guildId ?? '')?.members.get(user.id);
	discord.dispatcher.channel(channel, 'MESSAGE_REACTION_ADD', {
		user_id: user.id,
		type: 0,
		burst: false,
		message_author_id: message.author.id,
		...(member === undefined ? {} : { member: memberView(member) }),
		...eventOf(channel, message, emoji)
	});
}

export function removeReaction(discord: Discord, channel: Channel, message: Message, userId: Snowflake, emoji: EmojiRef): void {
	const reaction = findReaction(message, emoji);
	if (reaction === null || !reaction.users.delete(userId)) return;
	if (reaction.users.size === 0) message.reactions?.delete(keyOf(emoji));
	discord.dispatcher.channel(channel, 'MESSAGE_REACTION_REMOVE', {
		user_id: userId,
		type: 0,
		burst: false,
		...eventOf(channel, message, emoji)
	});
}

/** Takes all reactions away, or all of one emoji. */
export function clearReactions(discord: Discord, channel: Channel, message: Message, emoji: EmojiRef | null): void {
	if (emoji === null) {
		message.reactions = null;
		discord.dispatcher.channel(channel, 'MESSAGE_REACTION_REMOVE_ALL', eventOf(channel, message, null));
	} else if (message.reactions?.delete(keyOf(emoji))) {
		discord.dispatcher.channel(channel, 'MESSAGE_REACTION_REMOVE_EMOJI', eventOf(channel, message, emoji));
	}
}
