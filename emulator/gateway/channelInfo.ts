import type { Discord } from '../discord.js';
import type { Body } from '../rest/body.js';
import { canView } from '../state/access.js';
import { serves } from './dispatcher.js';
import type { Session } from './session.js';

/** Op 31: the sounds of servers. Nobody keeps any here. https://discord.com/developers/docs/events/gateway-events#request-soundboard-sounds */
export function sendSounds(discord: Discord, session: Session, data: Body): void {
	const guildIds = data.snowflakes('guild_ids') ?? [];
	data.done();
	for (const guildId of guildIds) {
		const isMember = discord.world.guilds.get(guildId)?.members.has(session.account.user.id) === true;
		if (!isMember || !serves(session, guildId)) continue;
		discord.dispatcher.deliver(session, 'SOUNDBOARD_SOUNDS', JSON.stringify({ guild_id: guildId, soundboard_sounds: [] }));
	}
}

/** Op 43: what voice channels say about themselves. https://discord.com/developers/docs/events/gateway-events#request-channel-info */
export function sendChannelInfo(discord: Discord, session: Session, body: Body): void {
	const guild = discord.world.guilds.get(body.snowflake('guild_id') ?? '');
	const asked = (body.list('fields') ?? []).map(String);
	body.done();
	const userId = session.account.user.id;
	if (guild === undefined || !guild.members.has(userId) || !serves(session, guild.id)) return;
	const told = [...guild.channels.values()].filter((channel) => channel.status !== null && canView(discord.world, userId, channel));
	const channels = told.map(({ id, status }) => ({ id, ...(asked.includes('status') ? { status } : {}) }));
	discord.dispatcher.deliver(session, 'CHANNEL_INFO', JSON.stringify({ guild_id: guild.id, channels }));
}
