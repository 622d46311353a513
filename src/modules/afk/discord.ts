import {
	type APIEmbed,
	type Client,
	type GatewayGuildMemberUpdateDispatchData,
	type Message,
	PermissionFlagsBits,
	RESTJSONErrorCodes
} from 'discord.js';
import { answerTo } from '#lib/discord/answer.js';
import { channelOf } from '#lib/discord/channelOf.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Names } from './domain.js';
import type { NamesSeen } from './service/names.js';

/** Rights and channels may change on the way; nobody is helped by hearing of it. */
const nothingToDo = [
	RESTJSONErrorCodes.MissingPermissions,
	RESTJSONErrorCodes.MissingAccess,
	RESTJSONErrorCodes.UnknownChannel,
	RESTJSONErrorCodes.ThreadLocked
];

/** Whether an answer with an embed would arrive where the message was written. */
export function mayAnswer(message: Message<true>): boolean {
	const channel = channelOf(message);
	const me = message.guild.members.me;
	if (me === null || !channel?.isSendable()) return false;
	const needed = [
		PermissionFlagsBits.ViewChannel,
		channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages,
		PermissionFlagsBits.EmbedLinks
	];
	return channel.permissionsFor(me)?.has(needed) ?? false;
}

/** Answers the message; pings nobody, and is silent where it may not speak. */
export async function answer(message: Message, embeds: APIEmbed[]): Promise<void> {
	const sent = answerTo(message, { embeds, allowedMentions: { parse: [], repliedUser: false } });
	await onDiscordCode(sent, nothingToDo, null);
}

/**
 * What the gateway says about a member's names, and what is remembered of before. Null for bots.
 *
 * Read from what the gateway sent: discord.js compares with its cache, which a message may have brought up to date already.
 */
export function readNames(data: GatewayGuildMemberUpdateDispatchData, client: Client, at: number): NamesSeen | null {
	const { user, guild_id: guildId, nick = null } = data;
	if (user.bot === true || typeof user.username !== 'string') return null;
	const known = client.users.cache.get(user.id);
	const member = client.guilds.cache.get(guildId)?.members.cache.get(user.id);
	const before: Names = {
		username: known?.username ?? null,
		display: known?.globalName ?? null,
		nickname: member?.nickname ?? null
	};
	const now: Names = { username: user.username, display: user.global_name, nickname: nick };
	return { userId: user.id, guildId, now, before, at };
}
