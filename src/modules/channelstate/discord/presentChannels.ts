import type { Client } from 'discord.js';

/** The channels of every server that Discord has told us about by now; one that cannot be reached has not told its channels. */
export function presentChannels(client: Client): ReadonlyMap<string, ReadonlySet<string>> {
	const told = client.guilds.cache.filter((guild) => guild.available && guild.channels.cache.size > 0);
	return new Map(told.map((guild) => [guild.id, new Set(guild.channels.cache.keys())]));
}
