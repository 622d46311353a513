import type { Guild } from 'discord.js';

/** The roles of these servers, of which Discord has told everything. */
export function presentRoles(guilds: readonly Guild[]): ReadonlyMap<string, ReadonlySet<string>> {
	const told = guilds.filter(({ roles }) => roles.cache.size > 0);
	return new Map(told.map((guild) => [guild.id, new Set(guild.roles.cache.keys())]));
}
