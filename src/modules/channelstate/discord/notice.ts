import { createHash } from 'node:crypto';
import { type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { isPublic, permissionsIn } from '#lib/core/standing.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Translate } from '#lib/i18n/languages.js';
import { channelTypes, permission } from '../domain/permissions.js';
import type { ChannelDiscord, LockNotice } from '../ports.js';
import { lockNotice } from '../view/notice.js';

const { text, news, voice, stage } = channelTypes;
/** A forum and its kin take posts only. */
const speakable: ReadonlySet<number> = new Set([text, news, voice, stage]);
const needed = permission.ViewChannel | permission.SendMessages | permission.EmbedLinks;

/** A message that is not taken costs nothing: the channel is locked all the same. */
const refused = [
	RESTJSONErrorCodes.UnknownChannel,
	RESTJSONErrorCodes.MissingAccess,
	RESTJSONErrorCodes.MissingPermissions,
	RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel
];

export function lockNotices(
	rest: Pick<REST, 'post'>,
	discord: Pick<ChannelDiscord, 'channel' | 'bot'>,
	speak: (guildId: string) => Translate
): LockNotice {
	return async ({ guildId, channelId, jobId, reason }) => {
		const [channel, bot] = await Promise.all([discord.channel(guildId, channelId), discord.bot(guildId)]);
		if (channel === null || !speakable.has(channel.type) || !isPublic(bot, channel.overwrites)) return;
		if ((permissionsIn(bot, channel) & needed) !== needed) return;
		const body = {
			embeds: [lockNotice(reason, speak(guildId))],
			allowed_mentions: { parse: [] },
			nonce: createHash('sha256').update(`lockall ${jobId} ${channelId}`).digest('base64url').slice(0, 25),
			enforce_nonce: true
		};
		await onDiscordCode(rest.post(Routes.channelMessages(channelId), { body }), refused, null);
	};
}
