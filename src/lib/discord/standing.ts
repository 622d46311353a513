import { type APIGuild, type APIGuildMember, type Client, type REST, Routes } from 'discord.js';
import type { Standing } from '#lib/core/standing.js';

/** Where the bot stands in a server: from memory, or asked of Discord where this process does not serve it. */
export async function botStanding(
	client: Pick<Client, 'guilds' | 'user'> & { readonly rest: Pick<REST, 'get'> },
	guildId: string
): Promise<Standing> {
	const guild = client.guilds.cache.get(guildId);
	const me = guild?.available ? guild.members.me : null;
	if (guild === undefined || me === null) return fetchStanding(client.rest, guildId, client.user?.id ?? '');
	const everyone = guild.roles.everyone.permissions.bitfield;
	return {
		guildId,
		userId: me.id,
		isOwner: guild.ownerId === me.id,
		roleIds: [...me.roles.cache.keys()].filter((id) => id !== guildId),
		everyone,
		permissions: me.roles.cache.reduce((sum, role) => sum | role.permissions.bitfield, everyone)
	};
}

async function fetchStanding(rest: Pick<REST, 'get'>, guildId: string, botId: string): Promise<Standing> {
	const [guild, member] = (await Promise.all([rest.get(Routes.guild(guildId)), rest.get(Routes.guildMember(guildId, botId))])) as [
		Pick<APIGuild, 'owner_id' | 'roles'>,
		Pick<APIGuildMember, 'roles'>
	];
	const bitsOf = (id: string) => BigInt(guild.roles.find((role) => role.id === id)?.permissions ?? 0);
	return {
		guildId,
		userId: botId,
		isOwner: guild.owner_id === botId,
		roleIds: member.roles,
		everyone: bitsOf(guildId),
		permissions: member.roles.reduce((sum, id) => sum | bitsOf(id), bitsOf(guildId))
	};
}
