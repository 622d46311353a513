import { type APIEmbed, type Client, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import { takeBack } from '#lib/discord/takeBack.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Case } from '../domain/case.js';
import type { ModerationVoice, Speak } from '../ports.js';
import { loggedCase, mentionText, tellMessage } from '../view/case.js';
import { logLine } from '../view/logLine.js';
import { namesOf } from './names.js';
import { idOf, nonceMs, postOnce } from './postOnce.js';

export interface VoiceOptions {
	readonly client: Client;
	readonly speak: Speak;
	readonly labelOf: (type: string, t: Translate) => string;
	/** What is said of a case besides. */
	readonly remarksOf: (one: Case, t: Translate) => readonly string[];
	readonly now: () => number;
}

/** What moderation says: to the person it is about, and in the log channel. */
export function moderationVoice({ client, speak, labelOf, remarksOf, now }: VoiceOptions): ModerationVoice {
	const { rest } = client;
	const send = (channelId: string, body: object, key: string) => postOnce(rest, channelId, body, key);

	return {
		async tell(order, action, situation, settings) {
			const { target } = situation;
			if (!target?.inServer || target.isBot || !settings.dmActions.includes(action.type)) return 'off';
			if (now() - order.at > nonceMs) return 'off';
			const { t } = speak(order.guildId, target.id);
			const body = tellMessage(order, action, situation, settings, t);
			try {
				const channel = await rest.post(Routes.userChannels(), { body: { recipient_id: target.id } });
				const channelId = idOf(channel);
				return { channelId, messageId: idOf(await send(channelId, body, `tell ${order.key}`)) };
			} catch (error) {
				// Nothing about a message to somebody may keep an action from being done.
				if (error instanceof Error) return 'closed';
				throw error;
			}
		},
		takeBack: (message) => takeBack(rest, message),
		async post(one, evidence, logChannelId) {
			const { t, locale } = speak(one.guildId);
			const words = { t, locale, label: labelOf(one.type, t), remarks: remarksOf(one, t) };
			const embed = loggedCase(one, evidence, await namesOf(client, one), words);
			const embeds = [embed];
			try {
				const made = one.log === null ? await send(logChannelId, { embeds }, `case ${one.guildId} ${one.number}`) : null;
				const log = one.log ?? { channelId: logChannelId, messageId: idOf(made) };
				// Of an earlier try, the message may be there from before the case was changed.
				if (!says(made, embed)) await rest.patch(Routes.channelMessage(log.channelId, log.messageId), { body: { embeds } });
				return log;
			} catch (error) {
				if (!(error instanceof DiscordAPIError)) throw error;
				if (error.code === RESTJSONErrorCodes.UnknownChannel) return 'gone';
				if (error.code === RESTJSONErrorCodes.UnknownMessage) return 'lost';
				if (error.status === 403) return 'forbidden';
				throw error;
			}
		},
		async mention(one, what, logChannelId) {
			const { t } = speak(one.guildId);
			const embeds = [mentionText(one, what, await namesOf(client, one), labelOf(one.type, t), t)];
			const closed = [RESTJSONErrorCodes.UnknownChannel, RESTJSONErrorCodes.MissingPermissions, RESTJSONErrorCodes.MissingAccess];
			await onDiscordCode(send(logChannelId, { embeds }, `${what} ${one.guildId} ${one.number}`), closed, null);
		},
		async line(guildId, logChannelId, line, key) {
			const embeds = [logLine(line, speak(guildId).t, labelOf)];
			const closed = [RESTJSONErrorCodes.UnknownChannel, RESTJSONErrorCodes.MissingPermissions, RESTJSONErrorCodes.MissingAccess];
			await onDiscordCode(send(logChannelId, { embeds }, `line ${guildId} ${key}`), closed, null);
		}
	};
}

/** Whether a message, as Discord answered it, has the words of this embed. */
function says(message: unknown, embed: APIEmbed): boolean {
	const [shown] = Array.isArray(Object(message).embeds) ? Object(message).embeds : [];
	const words = ({ title, description, fields = [] }: APIEmbed) =>
		JSON.stringify([title, description, ...fields.flatMap(({ name, value }) => [name, value])].map((text) => text?.trim()));
	return shown !== undefined && words(shown) === words(embed);
}
