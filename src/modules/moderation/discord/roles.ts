import { type APIRole, type Client, type Role, Routes } from 'discord.js';
import { isManaged } from '#lib/discord/managedRoles.js';
import { isDangerous } from '#lib/discord/permissions.js';
import type { ServerRole } from '../domain/roles.js';
import type { RoleReader } from '../ports.js';

/** What roles add with the bot alone, as a bit field of Discord. */
export type WithBot = (guildId: string, roleIds: readonly string[]) => bigint | Promise<bigint>;

/** Roles as Discord has them: from memory, where all of them are kept, or asked for when the server belongs to another process. */
export function roleReader(client: Client, withBot: WithBot): RoleReader {
	return async (guildId) => {
		const guild = client.guilds.cache.get(guildId);
		const roles = guild === undefined ? await rolesByRest(client, guildId) : [...guild.roles.cache.values()];
		return new Map(await Promise.all(roles.map(async (role) => [role.id, roleOf(role, await withBot(guildId, [role.id]))] as const)));
	};
}

async function rolesByRest(client: Client, guildId: string): Promise<readonly APIRole[]> {
	return (await client.rest.get(Routes.guildRoles(guildId))) as readonly APIRole[];
}

function roleOf(role: Role | APIRole, withBot: bigint): ServerRole {
	const { id, position } = role;
	const permissions = (typeof role.permissions === 'string' ? BigInt(role.permissions) : role.permissions.bitfield) | withBot;
	return { id, position, managed: isManaged(role), permissions, isDangerous: isDangerous(permissions) };
}
