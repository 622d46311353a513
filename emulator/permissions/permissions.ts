import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { QUARANTINED } from '../state/types.js';

/** What the algorithm needs of a guild, its members and its channels; the emulator's own objects fit. */
export interface PermissionRole {
	id: string;
	permissions: string;
	position: number;
}

export interface PermissionGuild {
	id: string;
	ownerId: string;
	roles: ReadonlyMap<string, PermissionRole>;
}

export interface PermissionMember {
	user: { id: string };
	roles: readonly string[];
	communication_disabled_until: string | null;
	/** True until he accepted the rules of a server with membership screening. */
	pending?: boolean;
	/** https://discord.com/developers/docs/resources/guild#guild-member-object-guild-member-flags */
	flags?: number;
}

export interface PermissionOverwrite {
	id: string;
	/** 0 role, 1 member. */
	type: number;
	allow: string;
	deny: string;
}

export interface PermissionChannel {
	type: number;
	overwrites: readonly PermissionOverwrite[];
}

/** Every permission Discord knows. */
export const ALL_PERMISSIONS = Object.values(Bits).reduce((sum, bit) => sum | bit, 0n);

/**
 * What is left to the timed out, to those who have not passed membership screening, and to those whose name AutoMod does not let pass.
 * https://discord.com/developers/docs/topics/permissions#permissions-for-timed-out-members
 * https://discord.com/developers/docs/resources/guild#membership-screening-object
 */
const WHILE_TIMED_OUT = Bits.ViewChannel | Bits.ReadMessageHistory;

/** https://discord.com/developers/docs/topics/permissions#implicit-permissions */
const NEEDS_SENDING = Bits.MentionEveryone | Bits.SendTTSMessages | Bits.AttachFiles | Bits.EmbedLinks;

const voiceTypes = [2, 13];

/** Owner and administrators may do everything; the others what @everyone and their roles allow together. No time-out yet. */
export function basePermissions(guild: PermissionGuild, member: PermissionMember): bigint {
	if (guild.ownerId === member.user.id) return ALL_PERMISSIONS;
	let permissions = BigInt(guild.roles.get(guild.id)?.permissions ?? 0);
	for (const id of member.roles) permissions |= BigInt(guild.roles.get(id)?.permissions ?? 0);
	return (permissions & Bits.Administrator) === 0n ? permissions : ALL_PERMISSIONS;
}

/**
 * Applies a channel's overwrites in Discord's order: @everyone, then all roles of the member together (an allow beats a
 * deny among them), then the member himself.
 * https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
export function applyOverwrites(
	base: bigint,
	guildId: string,
	member: PermissionMember,
	overwrites: readonly PermissionOverwrite[]
): bigint {
	const everyone = overwrites.find(({ id }) => id === guildId);
	const ofRoles = overwrites.filter(({ id, type }) => type === 0 && id !== guildId && member.roles.includes(id));
	const own = overwrites.find(({ id, type }) => type === 1 && id === member.user.id);

	let permissions = apply(base, BigInt(everyone?.allow ?? 0), BigInt(everyone?.deny ?? 0));
	const union = (key: 'allow' | 'deny') => ofRoles.reduce((sum, overwrite) => sum | BigInt(overwrite[key]), 0n);
	permissions = apply(permissions, union('allow'), union('deny'));
	return apply(permissions, BigInt(own?.allow ?? 0), BigInt(own?.deny ?? 0));
}

/**
 * What is lost together with something else: who cannot see a channel can do nothing there, who cannot send can neither
 * attach nor ping nor embed, who cannot connect has no power over a voice channel.
 * https://discord.com/developers/docs/topics/permissions#implicit-permissions
 */
export function withoutImplied(permissions: bigint, channelType: number, inThread = false): bigint {
	if ((permissions & Bits.ViewChannel) === 0n) return 0n;
	const sending = inThread ? Bits.SendMessagesInThreads : Bits.SendMessages;
	let left = permissions;
	if ((left & sending) === 0n) left &= ~NEEDS_SENDING;
	if (voiceTypes.includes(channelType) && (left & Bits.Connect) === 0n)
		left &= ~(Bits.ManageChannels | Bits.ManageRoles | Bits.ManageWebhooks);
	return left;
}

/**
 * What a member may do in a guild (`channel` null) or in a channel. For a thread give its parent and `inThread`.
 * @param now the emulator's time in milliseconds, for time-outs.
 */
export function computePermissions(
	guild: PermissionGuild,
	member: PermissionMember,
	channel: PermissionChannel | null,
	now: number,
	inThread = false
): bigint {
	const base = basePermissions(guild, member);
	if (base === ALL_PERMISSIONS) return base;
	const placed =
		channel === null ? base : withoutImplied(applyOverwrites(base, guild.id, member, channel.overwrites), channel.type, inThread);
	return isTimedOut(member, now) || member.pending === true || isQuarantined(member) ? placed & WHILE_TIMED_OUT : placed;
}

export function isTimedOut(member: PermissionMember, now: number): boolean {
	const until = member.communication_disabled_until;
	return until !== null && Date.parse(until) > now;
}

/** AutoMod keeps him from everything for his name. */
function isQuarantined({ flags = 0 }: PermissionMember): boolean {
	return (flags & QUARANTINED) !== 0;
}

function apply(permissions: bigint, allow: bigint, deny: bigint): bigint {
	return (permissions & ~deny) | allow;
}
