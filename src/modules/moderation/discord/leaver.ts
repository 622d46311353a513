import type { Leaver } from '../service/snapshots.js';

/** A member of discord.js who is no member any more. */
export interface GoneMember {
	readonly id: string;
	readonly guild: { readonly id: string };
	readonly partial: boolean;
	readonly nickname: string | null;
	readonly roles: { readonly cache: { values(): Iterable<{ readonly id: string; readonly managed: boolean }> } };
}

/**
 * What is known of somebody who left. Null for who was not in memory: Discord says no more than who it was, and that is not the same as
 * that he had nothing.
 */
export function readLeaver({ id: userId, guild, partial, nickname, roles }: GoneMember): Leaver | null {
	if (partial) return null;
	const given = [...roles.cache.values()].filter((role) => !role.managed && role.id !== guild.id);
	return { guildId: guild.id, userId, roleIds: given.map(({ id }) => id), nickname };
}
