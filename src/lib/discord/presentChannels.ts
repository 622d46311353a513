import type { Guild } from 'discord.js';

/** The channels of these servers, of which Discord has told everything. */
export function presentChannels(guilds: readonly Guild[]): ReadonlyMap<string, ReadonlySet<string>> {
	const told = guilds.filter(({ channels }) => channels.cache.size > 0);
	return new Map(told.map((guild) => [guild.id, new Set(guild.channels.cache.keys())]));
}
