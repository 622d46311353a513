import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Discord } from '../discord.js';
import { permissionsOf } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { Snowflake, VoiceState } from '../state/types.js';
import { voiceStateView } from '../views/guild.js';

interface VoiceChange {
	selfMute: boolean;
	selfDeaf: boolean;
	sessionId: string;
}

/** Puts a user into a voice channel, or out of voice with `null`. Answers false when he may not or it is full. */
export function moveVoice(discord: Discord, guild: Guild, userId: Snowflake, channelId: Snowflake | null, change: VoiceChange): boolean {
	const member = guild.members.get(userId);
	if (member === undefined) return false;
	const before = guild.voiceStates.get(userId);
	if (channelId === null) {
		if (before !== undefined) leaveVoice(discord, guild, userId);
		return true;
	}
	const channel = guild.channels.get(channelId);
	if (channel === undefined || !channel.isVoice || !mayJoin(discord, guild, userId, channel)) return false;
	const stays = before?.channel_id === channelId;
	const state: VoiceState = {
		guild_id: guild.id,
		channel_id: channelId,
		user_id: userId,
		session_id: before?.session_id ?? change.sessionId,
		deaf: member.deaf,
		mute: member.mute,
		self_deaf: change.selfDeaf,
		self_mute: change.selfMute,
		self_stream: before?.self_stream ?? false,
		self_video: before?.self_video ?? false,
		// Who stays on a stage keeps his place; who comes to one listens.
		suppress: stays ? before.suppress : channel.type === 13,
		request_to_speak_timestamp: stays ? before.request_to_speak_timestamp : null
	};
	setVoiceState(discord, guild, state);
	if (before?.channel_id !== channelId) {
		discord.dispatcher.user(userId, 'VOICE_SERVER_UPDATE', { token: state.session_id, guild_id: guild.id, endpoint: '127.0.0.1:2' });
	}
	return true;
}

/** Takes somebody out of voice. */
export function leaveVoice(discord: Discord, guild: Guild, userId: Snowflake): void {
	const before = guild.voiceStates.get(userId);
	if (before === undefined) return;
	guild.voiceStates.delete(userId);
	discord.dispatcher.guild(guild, 'VOICE_STATE_UPDATE', voiceStateView(guild, { ...before, channel_id: null }));
}

/** Keeps a voice state and tells the guild. */
export function setVoiceState(discord: Discord, guild: Guild, state: VoiceState): void {
	guild.voiceStates.set(state.user_id, state);
	discord.dispatcher.guild(guild, 'VOICE_STATE_UPDATE', voiceStateView(guild, state), state.user_id);
}

function mayJoin(discord: Discord, guild: Guild, userId: Snowflake, channel: Channel): boolean {
	const permissions = permissionsOf(discord.world, guild, userId, channel);
	const needed = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.Connect;
	if ((permissions & needed) !== needed) return false;
	if (channel.userLimit === 0 || (permissions & PermissionFlagsBits.MoveMembers) !== 0n) return true;
	let inside = 0;
	for (const state of guild.voiceStates.values()) if (state.channel_id === channel.id && state.user_id !== userId) inside++;
	return inside < channel.userLimit;
}
