import type { Discord } from '../discord.js';
import type { User } from '../state/types.js';
import { selfView } from '../views/user.js';
import { memberChanged } from './members.js';

/** Tells a user himself (USER_UPDATE) and his servers (GUILD_MEMBER_UPDATE) how he is called now. */
export function announceUser(discord: Discord, user: User): void {
	discord.dispatcher.user(user.id, 'USER_UPDATE', selfView(user));
	for (const guild of discord.world.guilds.values()) {
		const member = guild.members.get(user.id);
		if (member !== undefined) memberChanged(discord, guild, member);
	}
}
