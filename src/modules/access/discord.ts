import {
	type APIEmbed,
	ChannelType,
	type Client,
	DiscordAPIError,
	type Guild,
	type GuildBasedChannel,
	HTTPError,
	PermissionFlagsBits,
	RESTJSONErrorCodes,
	Routes,
	type TextChannel
} from 'discord.js';
import { discordCodeOf, onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Desk } from './service.js';

/** `not-there`: the bot was not in that server. `failed`: Discord would not let it go now. */
export type Leaving = 'left' | 'not-there' | 'failed';

/** Leaves a server, also one that another process serves. */
export async function leaveServer(client: Client, guildId: string): Promise<Leaving> {
	// The bot is ending: Discord would not know who asks. Left at the next start, if it is on the blacklist.
	if (client.token === null) return 'failed';
	try {
		await client.rest.delete(Routes.userGuild(guildId));
		return 'left';
	} catch (error) {
		const code = discordCodeOf(error);
		if (code === RESTJSONErrorCodes.UnknownGuild || code === RESTJSONErrorCodes.MissingAccess) return 'not-there';
		if (error instanceof DiscordAPIError || error instanceof HTTPError) return 'failed';
		throw error;
	}
}

const unreachable = [
	RESTJSONErrorCodes.CannotSendMessagesToThisUser,
	RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
	RESTJSONErrorCodes.UnknownUser
];

/** Sends a direct message. False when the person takes none, shares no server with the bot, or is no more. */
export async function tell(client: Client, userId: string, embed: APIEmbed): Promise<boolean> {
	const sending = client.users.send(userId, { embeds: [embed] }).then(() => true);
	return onDiscordCode(sending, unreachable, false);
}

/** Gives a buyer the role for buyers. False when he is not in that server, or the bot may not give it. */
export async function giveRole(client: Client, userId: string, { guildId, roleId }: NonNullable<Desk['buyerRole']>): Promise<boolean> {
	const giving = client.rest.put(Routes.guildMemberRole(guildId, userId, roleId)).then(() => true);
	return onDiscordCode(giving, ungivable, false);
}

const ungivable = [
	RESTJSONErrorCodes.UnknownMember,
	RESTJSONErrorCodes.UnknownUser,
	RESTJSONErrorCodes.UnknownRole,
	RESTJSONErrorCodes.UnknownGuild,
	RESTJSONErrorCodes.MissingAccess,
	RESTJSONErrorCodes.MissingPermissions
];

/** Writes into the channel of the people who run the bot, which another process may serve. Nothing while the bot is ending. */
export async function report(client: Client, channelId: string, embed: APIEmbed): Promise<void> {
	if (client.token === null) return;
	await client.rest.post(Routes.channelMessages(channelId), { body: { embeds: [embed], allowed_mentions: { parse: [] } } });
}

/** Who may not write any more when he does gives no error. */
const refusedThere = [RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions, RESTJSONErrorCodes.UnknownChannel];
const speaking = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.EmbedLinks;

/** Says something where the server shows who came. Nothing where there is no such channel, or the bot may not write there. */
export async function sayInSystemChannel(guild: Guild, embed: APIEmbed): Promise<void> {
	const channel = guild.systemChannel;
	if (channel === null || !channel.permissionsFor(await guild.members.fetchMe()).has(speaking)) return;
	await onDiscordCode(channel.send({ embeds: [embed], allowedMentions: { parse: [] } }), refusedThere, undefined);
}

/** Says something in the first text channel, from above as people see them, where the bot may write. Nothing where there is none. */
export async function sayInFirstChannel(guild: Guild, embed: APIEmbed): Promise<void> {
	const me = await guild.members.fetchMe();
	const place = (channel: GuildBasedChannel) => ('rawPosition' in channel ? channel.rawPosition : 0);
	const group = ({ parent }: TextChannel) => (parent === null ? -1 : place(parent));
	const [first] = [...(await guild.channels.fetch()).values()]
		.filter((channel) => channel?.type === ChannelType.GuildText)
		.filter((channel) => channel.permissionsFor(me).has(speaking))
		.sort((left, right) => group(left) - group(right) || place(left) - place(right) || (BigInt(left.id) < BigInt(right.id) ? -1 : 1));
	if (first !== undefined) await onDiscordCode(first.send({ embeds: [embed], allowedMentions: { parse: [] } }), refusedThere, undefined);
}
