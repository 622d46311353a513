import {
	type APIEmbed,
	type Client,
	DiscordAPIError,
	type Guild,
	HTTPError,
	PermissionFlagsBits,
	RESTJSONErrorCodes,
	Routes
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

const speaking = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.EmbedLinks;

/** Says something where the server shows who came. Nothing where there is no such channel, or the bot may not write there. */
export async function sayInSystemChannel(guild: Guild, embed: APIEmbed): Promise<void> {
	const channel = guild.systemChannel;
	if (channel === null || !channel.permissionsFor(await guild.members.fetchMe()).has(speaking)) return;
	const refused = [RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions, RESTJSONErrorCodes.UnknownChannel];
	await onDiscordCode(channel.send({ embeds: [embed], allowedMentions: { parse: [] } }), refused, undefined);
}
