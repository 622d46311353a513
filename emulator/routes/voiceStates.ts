import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { setVoiceState } from '../actions/voice.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { permissionsOf } from '../state/access.js';
import { type Channel, ChannelType } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject, VoiceState } from '../state/types.js';
import { voiceStateView } from '../views/guild.js';
import { guildFor } from './guildAccess.js';

/** Voice states over REST: reading, and speaking on stages. https://discord.com/developers/docs/resources/voice */
export function voiceStates(routes: RouteTable): void {
	const path = '/guilds/:guildId/voice-states';
	for (const who of ['@me', ':userId']) {
		routes.get(`${path}/${who}`, get);
		routes.patch(`${path}/${who}`, edit);
	}
}

function target(call: Call): { guild: Guild; state: VoiceState; isOwn: boolean } {
	const guild = guildFor(call);
	const userId = call.params['userId'] ?? call.actorId;
	const state = guild.voiceStates.get(userId);
	if (state === undefined) throw refuse(10065);
	return { guild, state, isOwn: userId === call.actorId };
}

function get(call: Call): JsonObject {
	const { guild, state } = target(call);
	return voiceStateView(guild, state);
}

function stageOf(call: Call, guild: Guild, state: VoiceState): Channel {
	const channel = guild.channels.get(call.body.snowflake('channel_id') ?? state.channel_id ?? '');
	if (channel?.type !== ChannelType.GuildStageVoice || channel.id !== state.channel_id) throw refuse(50024);
	return channel;
}

/** Suppressing oneself and asking to speak are free; making somebody a speaker takes the right to mute. */
function edit(call: Call): Reply {
	const { guild, state, isOwn } = target(call);
	const suppress = call.body.boolean('suppress');
	const asked = call.body.nullableString('request_to_speak_timestamp');
	const stage = stageOf(call, guild, state);
	call.body.done();
	const held = permissionsOf(call.world, guild, call.actorId, stage);
	const needsMute = !isOwn || suppress === false;
	if (suppress !== undefined && needsMute && (held & Bits.MuteMembers) === 0n) throw refuse(50013);
	if (asked !== undefined && asked !== null && (held & Bits.RequestToSpeak) === 0n) throw refuse(50013);
	const after = {
		...state,
		suppress: suppress ?? state.suppress,
		request_to_speak_timestamp: asked === undefined ? state.request_to_speak_timestamp : asked
	};
	setVoiceState(call.discord, guild, suppress === false ? { ...after, request_to_speak_timestamp: null } : after);
	return noContent;
}
