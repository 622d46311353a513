import { type APIChannel, type APIOverwrite, type APIRole, type Client, RESTJSONErrorCodes, Routes } from 'discord.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import { channelTypes, type JailChannel, jailNames, type Overwrite, overwritesFor, type SeenChannel } from '../domain/jailThings.js';
import type { JailBuilder } from '../ports.js';
import { idOf } from './postOnce.js';

/** Makes, closes and deletes the things of a jail, by REST alone. */
export function jailBuilder(client: Client): JailBuilder {
	const { rest } = client;
	const make = async (guildId: string, roleId: string, what: JailChannel, parentId: string | null, reason: string) => {
		const botId = client.user?.id ?? '0';
		const permission_overwrites = overwritesFor(what, { guildId, roleId, botId }).map(({ id, type, ...overwrite }) => ({
			...{ id, type },
			...asTexts(overwrite)
		}));
		const type = what === 'category' ? channelTypes.category : channelTypes.text;
		const body = { name: jailNames[what], type, parent_id: parentId, permission_overwrites };
		return idOf(await rest.post(Routes.guildChannels(guildId), { body, reason }));
	};
	return {
		async look(guildId) {
			const [roles, channels] = await Promise.all([
				rest.get(Routes.guildRoles(guildId)) as Promise<readonly APIRole[]>,
				rest.get(Routes.guildChannels(guildId)) as Promise<readonly APIChannel[]>
			]);
			return {
				roles: roles.map(({ id, name, managed, permissions }) => ({ id, name, managed, permissions: BigInt(permissions) })),
				channels: channels.map(seenChannel)
			};
		},
		async makeRole(guildId, reason) {
			const body = { name: jailNames.role, permissions: '0', hoist: false, mentionable: false };
			return idOf(await rest.post(Routes.guildRoles(guildId), { body, reason }));
		},
		makeChannel: ({ guildId, roleId, what, parentId }, reason) => make(guildId, roleId, what, parentId, reason),
		async close(channelId, roleId, overwrite, reason) {
			const body = { type: 0, ...asTexts(overwrite) };
			await rest.put(Routes.channelPermission(channelId, roleId), { body, reason });
		},
		async deleteRole(guildId, roleId, reason) {
			await onDiscordCode(rest.delete(Routes.guildRole(guildId, roleId), { reason }), [RESTJSONErrorCodes.UnknownRole], undefined);
		},
		async deleteChannel(channelId, reason) {
			await onDiscordCode(rest.delete(Routes.channel(channelId), { reason }), [RESTJSONErrorCodes.UnknownChannel], undefined);
		}
	};
}

function asTexts({ allow, deny }: Overwrite): { readonly allow: string; readonly deny: string } {
	return { allow: allow.toString(), deny: deny.toString() };
}

function seenChannel(channel: APIChannel): SeenChannel {
	const overwrites: readonly APIOverwrite[] = ('permission_overwrites' in channel && channel.permission_overwrites) || [];
	return {
		id: channel.id,
		name: channel.name ?? '',
		type: channel.type,
		parentId: ('parent_id' in channel && channel.parent_id) || null,
		overwrites: new Map(overwrites.map(({ id, allow, deny }) => [id, { allow: BigInt(allow), deny: BigInt(deny) }]))
	};
}
