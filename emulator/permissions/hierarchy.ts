import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { ALL_PERMISSIONS, basePermissions, type PermissionGuild, type PermissionMember, type PermissionRole } from './permissions.js';

/** Positive when `a` stands above `b`. Of two roles on one position the older one stands above. */
export function compareRoles(a: Pick<PermissionRole, 'id' | 'position'>, b: Pick<PermissionRole, 'id' | 'position'>): number {
	if (a.position !== b.position) return a.position - b.position;
	if (a.id === b.id) return 0;
	return BigInt(a.id) < BigInt(b.id) ? 1 : -1;
}

/** The highest role of a member; everybody has at least @everyone. */
export function highestRole(guild: PermissionGuild, member: PermissionMember): Pick<PermissionRole, 'id' | 'position'> {
	const everyone = guild.roles.get(guild.id) ?? { id: guild.id, position: 0 };
	return member.roles.reduce<Pick<PermissionRole, 'id' | 'position'>>((highest, id) => {
		const role = guild.roles.get(id);
		return role && compareRoles(role, highest) > 0 ? role : highest;
	}, everyone);
}

/** True when `actor` stands above `target`: the owner above all, nobody above the owner, equals not above each other. */
export function standsAbove(guild: PermissionGuild, actor: PermissionMember, target: PermissionMember): boolean {
	if (target.user.id === guild.ownerId) return false;
	if (actor.user.id === guild.ownerId) return true;
	return compareRoles(highestRole(guild, actor), highestRole(guild, target)) > 0;
}

/** True when `actor` may edit, delete, move, give or take this role as far as the order of roles goes. */
export function outranksRole(guild: PermissionGuild, actor: PermissionMember, role: Pick<PermissionRole, 'id' | 'position'>): boolean {
	return actor.user.id === guild.ownerId || compareRoles(highestRole(guild, actor), role) > 0;
}

/**
 * Nobody grants what he lacks: true when every bit that changes from `before` to `after` is one the actor has himself.
 * https://discord.com/developers/docs/topics/permissions#permission-hierarchy
 */
export function mayChange(held: bigint, before: bigint, after: bigint): boolean {
	if ((held & Bits.Administrator) !== 0n) return true;
	return ((before ^ after) & ~held & ALL_PERMISSIONS) === 0n;
}

/** As `mayChange`, with what a member holds in the whole guild. */
export function mayChangeRole(guild: PermissionGuild, actor: PermissionMember, before: bigint, after: bigint): boolean {
	return mayChange(basePermissions(guild, actor), before, after);
}
