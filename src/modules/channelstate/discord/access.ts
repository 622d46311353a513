import { ChannelType, type Client, type GuildBasedChannel, type GuildMember, PermissionFlagsBits, RESTJSONErrorCodes } from 'discord.js';
import { requestOfMember } from '#lib/commands/guards/guardRequest.js';
import { type GuardKit, guards } from '#lib/commands/guards/guards.js';
import type { CommandKit } from '#lib/commands/kit.js';
import { accept, refuse } from '#lib/core/outcome.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { ChannelAccess } from '../ports.js';

const hidden = [RESTJSONErrorCodes.UnknownChannel, RESTJSONErrorCodes.MissingAccess];

/** Asks the guard of a command's permissions, real or fake, in the channel that was named. */
export function channelAccess(client: Client, kit: GuardKit & Pick<CommandKit, 'index'>): ChannelAccess {
	return async ({ guildId, userId, channelId, command, inHistory = false }) => {
		const guild = client.guilds.cache.get(guildId);
		const channel = guild && (await onDiscordCode(guild.channels.fetch(channelId), hidden, null));
		const leaf = kit.index.byId(command);
		if (!channel || leaf === null) return refuse('no-channel');
		const member = await channel.guild.members.fetch(userId);
		if (!(await sees(member, channel))) return refuse('no-channel');
		if (inHistory && !channel.permissionsFor(member).has(PermissionFlagsBits.ReadMessageHistory)) return refuse('no-message');
		const refused = await guards.memberPermissions.check(await requestOfMember(leaf, member, channel), kit);
		return refused === null ? accept(null) : refuse('not-there', { permissions: String(refused.values?.['permissions'] ?? '') });
	};
}

/** What is hidden from somebody is not there for him. */
async function sees(member: GuildMember, channel: GuildBasedChannel): Promise<boolean> {
	const held = channel.permissionsFor(member);
	if (!held.has(PermissionFlagsBits.ViewChannel)) return false;
	if (channel.type !== ChannelType.PrivateThread || held.has(PermissionFlagsBits.ManageThreads)) return true;
	return (await onDiscordCode(channel.members.fetch(member.id), [RESTJSONErrorCodes.UnknownMember], null)) !== null;
}
