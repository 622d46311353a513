import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween } from '../actions/audit.js';
import { memberChanged } from '../actions/members.js';
import { leaveVoice, setVoiceState } from '../actions/voice.js';
import { refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import { permissionsOf, requireChannel, requirePermission } from '../state/access.js';
import { ChannelType } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { Member } from '../state/types.js';
import { guildFor } from './guildAccess.js';

/**
 * The voice part of changing a member: mute, deafen, move, disconnect. Mute and deaf stay with the member.
 * https://discord.com/developers/docs/resources/guild#modify-guild-member
 */
export function editVoice(call: Call, guild: Guild, member: Member): void {
	const mute = call.body.boolean('mute');
	const deaf = call.body.boolean('deaf');
	const channelId = call.body.nullableSnowflake('channel_id');
	call.body.done();
	if (mute === undefined && deaf === undefined && channelId === undefined) return;
	const state = guild.voiceStates.get(member.user.id);
	if (state === undefined) throw refuse(40032);
	if (mute !== undefined) guildFor(call, Bits.MuteMembers);
	if (deaf !== undefined) guildFor(call, Bits.DeafenMembers);

	const before = { mute: member.mute, deaf: member.deaf };
	member.mute = mute ?? member.mute;
	member.deaf = deaf ?? member.deaf;
	const changes = changesBetween(before, { mute: member.mute, deaf: member.deaf });
	if (changes.length > 0) {
		memberChanged(call.discord, guild, member);
		setVoiceState(call.discord, guild, { ...state, mute: member.mute, deaf: member.deaf });
		auditCall(call, guild, { type: AuditLogEvent.MemberUpdate, targetId: member.user.id, changes });
	}
	if (channelId !== undefined) move(call, guild, member, channelId);
}

function move(call: Call, guild: Guild, member: Member, channelId: string | null): void {
	const state = guild.voiceStates.get(member.user.id);
	if (state?.channel_id == null) throw refuse(40032);
	const from = requireChannel(call.world, state.channel_id, call.actorId);
	requirePermission(call.world, call.actorId, from, Bits.MoveMembers);
	if (channelId === null) {
		leaveVoice(call.discord, guild, member.user.id);
		auditCall(call, guild, { type: AuditLogEvent.MemberDisconnect, targetId: null, options: { count: '1' } });
		return;
	}
	const to = requireChannel(call.world, channelId, call.actorId);
	if (!to.isVoice || to.guildId !== guild.id) throw refuse(50024);
	requirePermission(call.world, call.actorId, to, Bits.MoveMembers);
	// The moved one, or the mover, has to be able to enter.
	const mayEnter = [member.user.id, call.actorId].some((id) => (permissionsOf(call.world, guild, id, to) & Bits.Connect) !== 0n);
	if (!mayEnter) throw refuse(50013);
	if (to.id === from.id) return;
	// Who comes to a stage listens, however he comes.
	setVoiceState(call.discord, guild, {
		...state,
		channel_id: to.id,
		suppress: to.type === ChannelType.GuildStageVoice,
		request_to_speak_timestamp: null
	});
	auditCall(call, guild, { type: AuditLogEvent.MemberMove, targetId: null, options: { channel_id: to.id, count: '1' } });
}
