import { type APIMessage, MessageType, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { SeenMessage } from './domain.js';
import type { ChannelHistory } from './ports.js';

type HistoryRest = Pick<REST, 'get' | 'post' | 'delete'>;

/** Discord: messages of one page. */
const pageSize = 100;
/** Discord lets nobody delete these. */
const fixed = new Set<MessageType>([
	MessageType.RecipientAdd,
	MessageType.RecipientRemove,
	MessageType.Call,
	MessageType.ChannelNameChange,
	MessageType.ChannelIconChange,
	MessageType.ThreadStarterMessage
]);

export function channelHistory(rest: HistoryRest): ChannelHistory {
	const gone = [RESTJSONErrorCodes.UnknownMessage];
	return {
		async read(channelId, scan, { before, after }, isEnough) {
			let oldest = before;
			for (let read = 0; read < scan; read += pageSize) {
				const limit = Math.min(pageSize, scan - read);
				const query = new URLSearchParams({ limit: String(limit), ...(oldest !== null && { before: oldest }) });
				const page = messagesOf(await rest.get(Routes.channelMessages(channelId), { query }));
				oldest = page.at(-1)?.id ?? null;
				if (isEnough(page.map(seen)) || page.length < limit || oldest === null) return;
				if (after !== null && BigInt(oldest) <= BigInt(after)) return;
			}
		},
		async deleteTogether(channelId, messageIds, reason) {
			const [only] = messageIds;
			if (only === undefined) return;
			// Discord: two at least.
			if (messageIds.length === 1) await onDiscordCode(rest.delete(Routes.channelMessage(channelId, only), { reason }), gone, undefined);
			else await rest.post(Routes.channelBulkDelete(channelId), { body: { messages: [...messageIds] }, reason });
		},
		async deleteOne(channelId, messageId, reason) {
			return onDiscordCode(
				rest.delete(Routes.channelMessage(channelId, messageId), { reason }).then(() => true),
				gone,
				false
			);
		},
		async clearReactions(channelId, messageId) {
			return onDiscordCode(
				rest.delete(Routes.channelMessageAllReactions(channelId, messageId)).then(() => true),
				gone,
				false
			);
		}
	};
}

function messagesOf(answer: unknown): readonly APIMessage[] {
	if (!Array.isArray(answer)) throw new TypeError('Discord answered no messages');
	return answer;
}

function seen(message: APIMessage): SeenMessage {
	const { id, author, content, pinned, attachments, embeds, mentions, mention_roles, mention_everyone, reactions, type, webhook_id } =
		message;
	const isImage = ({ content_type = '', filename }: APIMessage['attachments'][number]) =>
		/^(?:image|video)\//.test(content_type) || /\.(?:png|jpe?g|gif|webp|avif|bmp|mp4|mov|webm)$/i.test(filename);
	return {
		id,
		authorId: author.id,
		isBot: author.bot === true || webhook_id !== undefined,
		content,
		pinned,
		hasImage: attachments.some(isImage) || embeds.some(({ image, thumbnail, video }) => Boolean(image ?? thumbnail ?? video)),
		hasEmbed: embeds.length > 0,
		hasSticker: (message.sticker_items ?? []).length > 0,
		hasMention: mentions.length > 0 || mention_roles.length > 0 || mention_everyone,
		hasReaction: (reactions ?? []).length > 0,
		isDeletable: !fixed.has(type)
	};
}
