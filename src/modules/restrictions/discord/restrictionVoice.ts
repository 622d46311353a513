import { createHash } from 'node:crypto';
import { type APIEmbed, type Client, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Clock } from '#lib/core/clock.js';
import { markup } from '#lib/core/markdown.js';
import { takeBack } from '#lib/discord/takeBack.js';
import { discordSentence, onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Translate } from '#lib/i18n/languages.js';
import { auditReason } from '#modules/moderation/index.js';
import type { RestrictionVoice } from '../ports.js';
import { rejectedEmbed, staffEmbed } from '../view/notes.js';

export interface RestrictionVoiceOptions {
	readonly client: Client;
	readonly clock: Clock;
	/** The language of a server, where many read; of a person in it, where he reads alone. */
	readonly speak: (guildId: string, userId?: string) => Translate;
	/** Where a server wants to hear of moderation. */
	readonly logChannelOf: (guildId: string) => Promise<string | null>;
	readonly log: { warn(details: object, message: string): void };
}

/** Of two processes that say the same within this, one is heard. Milliseconds. */
const sameMs = 60_000;

/** What restrictions say: to staff, to people who may not come in, and in the audit log. */
export function restrictionVoice({ client, clock, speak, logChannelOf, log }: RestrictionVoiceOptions): RestrictionVoice {
	const { rest } = client;
	const nameOf = async (userId: string) =>
		(await onDiscordCode(client.users.fetch(userId), [RESTJSONErrorCodes.UnknownUser], null))?.username ?? userId;

	async function post(channelId: string, embed: APIEmbed, key: string): Promise<string | null> {
		const nonce = createHash('sha256')
			.update(`${key} ${Math.floor(clock.now() / sameMs)}`)
			.digest('base64url')
			.slice(0, 25);
		const body = { embeds: [embed], allowed_mentions: { parse: [] }, nonce, enforce_nonce: true };
		try {
			return String(Object(await rest.post(Routes.channelMessages(channelId), { body })).id);
		} catch (error) {
			// A note to staff never keeps anything from being done.
			if (discordSentence(error) === null) throw error;
			return null;
		}
	}

	return {
		async tellStaff(guildId, note, elsewhere) {
			const userId = 'userId' in note ? note.userId : undefined;
			const embed = staffEmbed(note, userId === undefined ? null : await nameOf(userId), speak(guildId));
			const places = [await logChannelOf(guildId), elsewhere ?? null].filter((place) => place !== null);
			for (const place of places) if ((await post(place, embed, JSON.stringify([guildId, note]))) !== null) return;
			log.warn({ guild: guildId, ...note }, 'There is no place where the staff of a server could be told');
		},
		async tellRejected({ guildId, userId }, guildName, text) {
			const embed = rejectedEmbed(guildName, text, speak(guildId, userId));
			try {
				const channel: unknown = await rest.post(Routes.userChannels(), { body: { recipient_id: userId } });
				const channelId = String(Object(channel).id);
				const messageId = await post(channelId, embed, JSON.stringify(['rejected', guildId, userId, clock.now()]));
				return messageId === null ? null : { channelId, messageId };
			} catch (error) {
				if (discordSentence(error) === null) throw error;
				return null;
			}
		},
		takeBack: (message) => takeBack(rest, message),
		async auditReason(guildId, kind, actorId, reason) {
			const t = speak(guildId);
			// The audit log has no markdown: an escaped name would show its backslashes.
			const by = actorId === null ? null : { user: markup(await nameOf(actorId)) };
			const why = by === null ? t(`restrictions:audit.${kind}`) : t(`restrictions:audit.${kind}-by`, by);
			return reason === null ? why : auditReason(reason, why);
		}
	};
}
