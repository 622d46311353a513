import type { APIRole, Role } from 'discord.js';

type Kind = Pick<Role, 'managed' | 'tags'> | Pick<APIRole, 'managed' | 'tags'>;

/** Whether Discord alone gives and takes this role: it belongs to a bot, an integration, the boosters, or to a link that members prove. */
export function isManaged({ managed, tags }: Kind): boolean {
	if (managed || !tags) return managed;
	// As Discord sends it the tag is there, and null, where it is so.
	return 'guildConnections' in tags ? tags.guildConnections === true : 'guild_connections' in tags;
}
