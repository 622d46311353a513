import type { Client } from 'discord.js';

/** The roles of every server that Discord has told us about by now; one that cannot be reached has not told its roles. */
export function presentRoles(client: Client): ReadonlyMap<string, ReadonlySet<string>> {
	const told = client.guilds.cache.filter((guild) => guild.available && guild.roles.cache.size > 0);
	return new Map(told.map((guild) => [guild.id, new Set(guild.roles.cache.keys())]));
}
