import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Channel } from './channel.js';
import type { Guild } from './guild.js';
import type { Member } from './types.js';

const ALL = Object.values(PermissionFlagsBits).reduce((sum, bit) => sum | bit, 0n);
const WHILE_TIMED_OUT = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/** Discord's algorithm: owner, administrator, roles, then overwrites of everyone, roles, member, then a time-out. */
export function permissionsIn(guild: Guild, member: Member, channel: Channel | null, now: number): bigint {
	if (guild.ownerId === member.user.id) return ALL;
	let permissions = BigInt(guild.everyone.permissions);
	for (const id of member.roles) permissions |= BigInt(guild.roles.get(id)?.permissions ?? 0);
	if ((permissions & PermissionFlagsBits.Administrator) !== 0n) return ALL;
	if (channel !== null) permissions = overwritten(permissions, guild, member, channel);
	const until = member.communication_disabled_until;
	return until !== null && Date.parse(until) > now ? permissions & WHILE_TIMED_OUT : permissions;
}

function overwritten(base: bigint, guild: Guild, member: Member, channel: Channel): bigint {
	let permissions = base;
	let allow = 0n;
	let deny = 0n;
	let own: { allow: string; deny: string } | null = null;
	for (const overwrite of channel.overwrites) {
		if (overwrite.id === guild.id) permissions = (permissions & ~BigInt(overwrite.deny)) | BigInt(overwrite.allow);
		else if (overwrite.type === 0 && member.roles.includes(overwrite.id)) {
			allow |= BigInt(overwrite.allow);
			deny |= BigInt(overwrite.deny);
		} else if (overwrite.type === 1 && overwrite.id === member.user.id) own = overwrite;
	}
	permissions = (permissions & ~deny) | allow;
	if (own !== null) permissions = (permissions & ~BigInt(own.deny)) | BigInt(own.allow);
	return (permissions & PermissionFlagsBits.ViewChannel) === 0n ? 0n : permissions;
}
