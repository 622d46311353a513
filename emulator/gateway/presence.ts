import type { Discord } from '../discord.js';
import type { JsonObject } from '../state/types.js';
import type { Session } from './session.js';

/** Op 3: keeps the presence and tells the guilds of this session. */
export function updatePresence(discord: Discord, session: Session, data: JsonObject): void {
	session.presence = data;
	setPresence(discord, session.account.user.id, data);
}

/** Shows a user with this status in each of his guilds. */
export function setPresence(discord: Discord, userId: string, data: JsonObject): void {
	const status = typeof data['status'] === 'string' ? data['status'] : 'online';
	const activities = Array.isArray(data['activities']) ? data['activities'] : [];
	for (const guild of discord.world.guilds.values()) {
		if (!guild.members.has(userId)) continue;
		const shown = status === 'invisible' ? 'offline' : status;
		const presence: JsonObject = {
			user: { id: userId },
			guild_id: guild.id,
			status: shown,
			activities,
			client_status: shown === 'offline' ? {} : { desktop: shown }
		};
		if (shown === 'offline') guild.presences.delete(userId);
		else guild.presences.set(userId, presence);
		discord.dispatcher.guild(guild, 'PRESENCE_UPDATE', presence);
	}
}
