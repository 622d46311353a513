import type { GuildMember } from 'discord.js';
import type { Newcomer } from '../service/joins.js';

/** Somebody who comes in as plain data. */
export function readNewcomer({ id: userId, guild, user }: GuildMember): Newcomer {
	return { guildId: guild.id, guildName: guild.name, userId, isBot: user.bot };
}
