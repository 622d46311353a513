import type { Message } from 'discord.js';

/** Where a message was written; null once that channel was deleted, which the types of discord.js do not say. */
export function channelOf<InGuild extends boolean>(message: Message<InGuild>): Message<InGuild>['channel'] | null {
	return message.channel;
}
