import type { Discord } from '../discord.js';
import type { Body } from '../rest/body.js';
import type { JsonObject } from '../state/types.js';
import type { Session } from './session.js';

/** https://discord.com/developers/docs/events/gateway-events#update-presence-status-types */
const STATUSES = ['online', 'dnd', 'idle', 'invisible', 'offline'];

/** Op 3: keeps the presence and tells the guilds of this session. */
export function updatePresence(discord: Discord, session: Session, data: Body): void {
	const status = data.string('status');
	if (status !== undefined && !STATUSES.includes(status))
		data.fault('status', 'BASE_TYPE_CHOICES', `Value must be one of ${STATUSES.join(', ')}.`);
	data.objects('activities');
	data.boolean('afk');
	data.done();
	session.presence = data.fields;
	setPresence(discord, session.account.user.id, data.fields);
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
