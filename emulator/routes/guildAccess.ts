import { outranksRole, standsAbove } from '../permissions/hierarchy.js';
import { refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import { requireGuild, requireMember, requirePermission } from '../state/access.js';
import type { Guild } from '../state/guild.js';
import type { Member, Role } from '../state/types.js';

/** The guild of the path, if the caller is in it and has these permissions there. */
export function guildFor(call: Call, bits = 0n): Guild {
	const guild = requireGuild(call.world, call.param('guildId'), call.actorId);
	if (bits !== 0n) requirePermission(call.world, call.actorId, guild, bits);
	return guild;
}

/** The caller as a member. */
export function actorIn(call: Call, guild: Guild): Member {
	return requireMember(guild, call.actorId);
}

/** Refuses with 50013 unless the caller stands above this member. */
export function requireAbove(call: Call, guild: Guild, target: Member): void {
	if (!standsAbove(guild, actorIn(call, guild), target)) throw refuse(50013);
}

/** Refuses with 50013 unless the caller's highest role stands above this one. */
export function requireOutranks(call: Call, guild: Guild, role: Role): void {
	if (!outranksRole(guild, actorIn(call, guild), role)) throw refuse(50013);
}

/** The role of this id, or 10011. */
export function requireRole(guild: Guild, roleId: string): Role {
	const role = guild.roles.get(roleId);
	if (role === undefined) throw refuse(10011);
	return role;
}
