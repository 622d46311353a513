import { PermissionFlagsBits } from 'discord-api-types/v10';
import { computePermissions, type PermissionMember } from '../../../permissions/permissions.js';
import { clock } from '../connection/clock.js';
import { type Channel, type Guild, isThread, type Member } from './model.js';

export const Bits = PermissionFlagsBits;

/** What a member may do in his server, or in one of its channels. */
export function permissionsOf(guild: Guild, userId: string, channel: Channel | null = null): bigint {
	const member: PermissionMember | undefined = guild.members.get(userId);
	if (member === undefined) return 0n;
	const inThread = channel !== null && isThread(channel);
	const place = inThread ? (guild.channels.get(channel.parentId ?? '') ?? channel) : channel;
	return computePermissions(guild, member, place, clock.now(), inThread);
}

export function may(guild: Guild | null, userId: string, channel: Channel, bit: bigint): boolean {
	return guild === null || (permissionsOf(guild, userId, channel) & bit) !== 0n;
}

/** The colour of a name: that of the highest role that has one. */
export function colourOf(guild: Guild | null, member: Member | undefined): string | undefined {
	const coloured = rolesOf(guild, member).find((role) => role.color !== 0);
	return coloured === undefined ? undefined : hexColour(coloured.color);
}

/** A member's roles, the highest first. */
export function rolesOf(guild: Guild | null, member: Member | undefined) {
	if (guild === null || member === undefined) return [];
	return sortedRoles(guild).filter((role) => member.roles.includes(role.id));
}

/** All roles of a server but @everyone, the highest first. */
export function sortedRoles(guild: Guild) {
	return [...guild.roles.values()].filter((role) => role.id !== guild.id).sort((a, b) => b.position - a.position);
}

export function hexColour(colour: number): string {
	return `#${colour.toString(16).padStart(6, '0')}`;
}
