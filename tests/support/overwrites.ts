import { z } from 'zod';
import type { GuildHandle, UserDriver } from '../../emulator/driver/index.js';

const seen = z.array(z.object({ id: z.string(), type: z.number(), allow: z.string(), deny: z.string() })).readonly();
export type SeenOverwrite = Readonly<z.infer<typeof seen>[number]>;

/** The overwrites of a channel as Discord has them, in one order. */
export async function overwritesOf(guild: GuildHandle, { id }: { readonly id: string }): Promise<readonly SeenOverwrite[]> {
	const { permission_overwrites: list } = await guild.owner.api.object(`/channels/${id}`);
	return [...seen.parse(list ?? [])].sort((left, right) => (left.id < right.id ? -1 : 1));
}

export const bit = {
	manageChannels: 1n << 4n,
	addReactions: 1n << 6n,
	viewChannel: 1n << 10n,
	sendMessages: 1n << 11n,
	embedLinks: 1n << 14n,
	attachFiles: 1n << 15n,
	readHistory: 1n << 16n,
	connect: 1n << 20n,
	manageRoles: 1n << 28n,
	pinMessages: 1n << 51n
};

export const setOverwrite = (guild: GuildHandle, channel: { id: string }, id: string, type: 0 | 1, allow: bigint, deny: bigint) =>
	guild.owner.api.put(`/channels/${channel.id}/permissions/${id}`, { type, allow: String(allow), deny: String(deny) });

export const give = (guild: GuildHandle, member: UserDriver, role: { id: string } | undefined) =>
	guild.owner.api.put(`/guilds/${guild.id}/members/${member.id}/roles/${role?.id ?? ''}`);
