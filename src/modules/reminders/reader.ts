import { type Client, PermissionFlagsBits, RESTJSONErrorCodes, Routes } from 'discord.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Reminder } from './domain.js';

const nobody = [RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser];

/**
 * Whether somebody still reads where he asked for it: who has left the server, or is kept out of the channel, would not see his
 * reminder there, and others would. Of a server that another process serves only the first is known.
 */
export function readerOf(client: Client) {
	return async ({ guildId, channelId, userId }: Pick<Reminder, 'guildId' | 'channelId' | 'userId'>): Promise<boolean> => {
		if (guildId === null) return true;
		const guild = client.guilds.cache.get(guildId);
		if (guild === undefined) return (await onDiscordCode(client.rest.get(Routes.guildMember(guildId, userId)), nobody, null)) !== null;
		const member = await onDiscordCode(guild.members.fetch(userId), nobody, null);
		const channel = guild.channels.cache.get(channelId);
		return member !== null && channel?.permissionsFor(member).has(PermissionFlagsBits.ViewChannel) !== false;
	};
}
