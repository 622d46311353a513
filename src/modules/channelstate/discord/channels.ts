import { type APIOverwrite, type APITextChannel, type Client, OverwriteType, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { botStanding } from '#lib/discord/standing.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import { isLockable } from '../domain/permissions.js';
import type { ChannelFacts } from '../domain/standing.js';
import type { ChannelDiscord } from '../ports.js';

type StateRest = Pick<REST, 'get' | 'put' | 'patch' | 'delete'>;

/** Channels by REST: what is due, and mass work, must not depend on what this process has in memory. */
export function channelDiscord(client: Pick<Client, 'guilds' | 'user'> & { readonly rest: StateRest }): ChannelDiscord {
	const { rest } = client;
	const gone = [RESTJSONErrorCodes.UnknownChannel];
	return {
		async channel(guildId, channelId) {
			const facts = readChannel(await onDiscordCode(rest.get(Routes.channel(channelId)), gone, null));
			return facts?.guildId === guildId ? facts : null;
		},
		async lockable(guildId) {
			const list = await rest.get(Routes.guildChannels(guildId));
			const channels = (Array.isArray(list) ? list : []) as Pick<APITextChannel, 'id' | 'type' | 'position'>[];
			return channels
				.filter(({ type }) => isLockable(type))
				.sort((left, right) => left.position - right.position)
				.map(({ id }) => id);
		},
		bot: (guildId) => botStanding(client, guildId),
		async setOverwrite(channelId, { id, isMember }, { allow, deny }, reason) {
			const type = isMember ? OverwriteType.Member : OverwriteType.Role;
			await rest.put(Routes.channelPermission(channelId, id), { body: { type, allow: String(allow), deny: String(deny) }, reason });
		},
		async deleteOverwrite(channelId, { id }, reason) {
			const absent = [RESTJSONErrorCodes.UnknownPermissionOverwrite];
			await onDiscordCode(rest.delete(Routes.channelPermission(channelId, id), { reason }), absent, undefined);
		},
		async edit(channelId, { slowmode, nsfw, locked }, reason) {
			const body = {
				...(slowmode !== undefined && { rate_limit_per_user: slowmode }),
				...(nsfw !== undefined && { nsfw }),
				...(locked !== undefined && { locked })
			};
			await rest.patch(Routes.channel(channelId), { body, reason });
		}
	};
}

/** What Discord answers for a channel of a server; null for anything else. */
function readChannel(answer: unknown): ChannelFacts | null {
	if (typeof answer !== 'object' || answer === null) return null;
	const { id, guild_id, type, name, permission_overwrites, rate_limit_per_user, nsfw, thread_metadata }: Record<string, unknown> = {
		...answer
	};
	if (typeof id !== 'string' || typeof guild_id !== 'string' || typeof type !== 'number') return null;
	const overwrites = (Array.isArray(permission_overwrites) ? permission_overwrites : []) as APIOverwrite[];
	const thread = typeof thread_metadata === 'object' && thread_metadata !== null ? thread_metadata : {};
	return {
		id,
		guildId: guild_id,
		type,
		name: typeof name === 'string' ? name : '',
		overwrites: overwrites.map((overwrite) => ({
			id: overwrite.id,
			isMember: overwrite.type === OverwriteType.Member,
			allow: BigInt(overwrite.allow),
			deny: BigInt(overwrite.deny)
		})),
		slowmode: typeof rate_limit_per_user === 'number' ? rate_limit_per_user : 0,
		nsfw: nsfw === true,
		locked: 'locked' in thread && thread.locked === true
	};
}
