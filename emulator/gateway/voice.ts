import { moveVoice } from '../actions/voice.js';
import type { Discord } from '../discord.js';
import type { Body } from '../rest/body.js';
import type { Session } from './session.js';

/** Op 4: joins, moves or leaves a voice channel. */
export function updateVoiceState(discord: Discord, session: Session, data: Body): void {
	const guild = discord.world.guilds.get(data.snowflake('guild_id') ?? '');
	const channelId = data.snowflake('channel_id') ?? null;
	const change = {
		selfMute: data.boolean('self_mute') ?? false,
		selfDeaf: data.boolean('self_deaf') ?? false,
		sessionId: session.id
	};
	data.done();
	if (guild?.members.has(session.account.user.id)) moveVoice(discord, guild, session.account.user.id, channelId, change);
}
