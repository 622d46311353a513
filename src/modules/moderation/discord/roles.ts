import { type APIRole, type Client, Routes } from 'discord.js';
import { isManaged } from '#lib/discord/managedRoles.js';
import { isDangerous } from '#lib/discord/permissions.js';
import type { ServerRoles } from '../domain/roles.js';
import type { RoleReader } from '../ports.js';

/** Roles as Discord has them: from memory, where all of them are kept, or asked for when the server belongs to another process. */
export function roleReader(client: Client): RoleReader {
	return async (guildId) => {
		const guild = client.guilds.cache.get(guildId);
		if (guild === undefined) return readRoles((await client.rest.get(Routes.guildRoles(guildId))) as readonly APIRole[]);
		return new Map(
			guild.roles.cache.map((role) => {
				const { id, position, permissions } = role;
				return [id, { id, position, managed: isManaged(role), permissions: permissions.bitfield, isDangerous: isDangerous(permissions) }];
			})
		);
	};
}

function readRoles(roles: readonly APIRole[]): ServerRoles {
	return new Map(
		roles.map((role) => {
			const { id, position } = role;
			const permissions = BigInt(role.permissions);
			return [id, { id, position, managed: isManaged(role), permissions, isDangerous: isDangerous(permissions) }];
		})
	);
}
