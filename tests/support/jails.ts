import { PermissionFlagsBits as Bits } from 'discord.js';
import { z } from 'zod';
import type { UserDriver } from '../../emulator/driver/index.js';
import type { House } from './house.js';
import { asks, newRole, type StaffedServer, staffedServer } from './staff.js';

const apiChannels = z.array(
	z.object({
		...{ id: z.string(), name: z.string(), parent_id: z.string().nullable() },
		permission_overwrites: z.array(z.object({ id: z.string(), allow: z.string(), deny: z.string() }))
	})
);
export type ApiChannel = z.infer<typeof apiChannels>[number];
const apiRoles = z.array(z.object({ id: z.string(), name: z.string() }));

export const channelsOf = async ({ id, owner }: StaffedServer) => apiChannels.parse(await owner.api.get(`/guilds/${id}/channels`));
export const rolesOf = async ({ id, owner }: StaffedServer) => apiRoles.parse(await owner.api.get(`/guilds/${id}/roles`));

/** The roles that somebody has; null when he is not in the server. */
export const held = async (server: StaffedServer, who: UserDriver) =>
	z
		.array(z.string())
		.nullable()
		.parse((await server.member(who))?.['roles'] ?? null);

/** A server whose moderators may jail, and whose jail is ready. */
export async function jailServer(house: House, people: readonly string[], roles: readonly string[] = []) {
	const server = await staffedServer(house, people, { roles });
	const wardens = await newRole(server, 'Wardens', Bits.ManageChannels);
	await Promise.all([server.give(server.max, wardens), server.give(server.mia, wardens)]);
	await asks(server.owner, server.general, ';setmod', /The jail is ready/);
	await server.owner.expectMessage(server.general, /Finished/, 15_000).catch(() => undefined);
	const role = (await rolesOf(server)).find(({ name }) => name === 'evict-jail');
	const jail = (await channelsOf(server)).find(({ name }) => name === 'jail');
	if (!role || !jail) throw new Error('There is no jail');
	return { ...server, jailRole: role, jail };
}
