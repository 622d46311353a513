import type { Discord } from '../discord.js';
import { addGuild, addMember } from '../state/build.js';
import type { Guild } from '../state/guild.js';
import type { User } from '../state/types.js';

/** A new server with its owner as only member. Tells nobody: what comes into it is announced with it. */
export function createGuild(discord: Discord, name: string, owner: User): Guild {
	const guild = addGuild(discord.world, name, owner.id);
	addMember(discord.world, guild, owner);
	return guild;
}
