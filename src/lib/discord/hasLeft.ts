import type { Message } from 'discord.js';

/** Whether the bot is out of the server in which this was written: nothing can be done there, and nobody told of it. */
export function hasLeft({ guildId, guild }: Message): boolean {
	return guildId !== null && guild === null;
}
