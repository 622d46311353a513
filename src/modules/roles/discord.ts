import { type APIGuildMember, type APIRole, type Client, RESTJSONErrorCodes, type Role, Routes } from 'discord.js';
import { isManaged } from '#lib/discord/managedRoles.js';
import { isDangerous } from '#lib/discord/permissions.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { RoleFacts } from './domain.js';
import type { RoleReader } from './ports.js';

/** Discord: members of one page. */
const pageSize = 1_000;

/** What a role adds with the bot alone, as a bit field of Discord. */
type WithBot = (guildId: string, roleIds: readonly string[]) => bigint | Promise<bigint>;

export function roleReader(client: Client, withBot: WithBot): RoleReader {
	return {
		async all(guildId) {
			const guild = client.guilds.cache.get(guildId);
			// A due timer may be run by a process that does not hear of this server.
			const roles = guild?.available ? [...guild.roles.cache.values()] : await rolesByRest(client, guildId);
			const facts = roles.map(async (role) => [role.id, factsOf(role, await withBot(guildId, [role.id]))] as const);
			return new Map(await Promise.all(facts));
		},
		async *members(guildId) {
			let after = '0';
			for (;;) {
				const query = new URLSearchParams({ limit: String(pageSize), after });
				const page = membersOf(await client.rest.get(Routes.guildMembers(guildId), { query }));
				for (const { user, roles } of page) yield { id: user.id, isBot: user.bot === true, roleIds: roles };
				const last = page.at(-1);
				if (last === undefined || page.length < pageSize) return;
				after = last.user.id;
			}
		}
	};
}

async function rolesByRest(client: Client, guildId: string): Promise<readonly APIRole[]> {
	const away = [RESTJSONErrorCodes.UnknownGuild, RESTJSONErrorCodes.MissingAccess];
	const answer = await onDiscordCode(client.rest.get(Routes.guildRoles(guildId)), away, []);
	if (!Array.isArray(answer)) throw new TypeError('Discord answered no roles');
	return answer;
}

function factsOf(role: Role | APIRole, withBot: bigint): RoleFacts {
	const { id, name, position } = role;
	const permissions = (typeof role.permissions === 'string' ? BigInt(role.permissions) : role.permissions.bitfield) | withBot;
	return { id, name, position, managed: isManaged(role), permissions, isDangerous: isDangerous(permissions) };
}

function membersOf(answer: unknown): readonly APIGuildMember[] {
	if (!Array.isArray(answer)) throw new TypeError('Discord answered no members');
	return answer;
}
