import type { Discord } from '../discord.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import { type Message, MessageFlag } from '../state/message.js';
import type { JsonObject, Snowflake, User } from '../state/types.js';
import { isoTime } from '../state/world.js';
import { messageView } from '../views/message.js';
import { memberFields } from '../views/user.js';
import type { Draft, Powers } from './draft.js';
import { computeMentions } from './mentions.js';
import { newPoll } from './pollState.js';
import { stickerItems } from './stickerItems.js';
import { speakInThread } from './threads.js';

/** What differs between a plain message, a reply, a webhook's and an interaction's. */
export interface Origin {
	/** A forum's first message has its thread's id. */
	id?: Snowflake;
	type?: number;
	webhookId?: Snowflake;
	applicationId?: Snowflake;
	repliedTo?: Message | null;
	reference?: JsonObject;
	snapshots?: JsonObject[];
	interaction?: JsonObject;
	interactionMetadata?: JsonObject;
	onlyFor?: Snowflake | null;
	/** Added to what the draft asks for. */
	flags?: number;
	stickers?: JsonObject[];
	/** Beside those of the draft: what Discord itself puts into its messages. */
	embeds?: JsonObject[];
}

/** Says something in a channel: keeps it and tells everybody who sees it. */
export function createMessage(
	discord: Discord,
	channel: Channel,
	author: User,
	draft: Draft,
	powers: Powers,
	origin: Origin = {}
): Message {
	const { world } = discord;
	const guild = world.guilds.get(channel.guildId ?? '') ?? null;
	const content = draft.content ?? '';
	if (channel.isThread && guild !== null && !origin.onlyFor) speakInThread(discord, guild, channel, author.id);
	const mentions = computeMentions(
		discord,
		guild,
		content,
		draft.allowedMentions,
		powers.mentionEveryone || guild === null,
		origin.repliedTo?.author ?? null
	);
	const message: Message = {
		id: origin.id ?? world.ids.next(),
		channelId: channel.id,
		guildId: channel.guildId,
		type: origin.type ?? 0,
		author,
		webhookId: origin.webhookId ?? null,
		applicationId: origin.applicationId ?? null,
		content,
		timestamp: isoTime(world.clock.now()),
		editedTimestamp: null,
		tts: draft.tts,
		mentionEveryone: mentions.everyone,
		mentions: mentions.users,
		mentionRoles: mentions.roles,
		attachments: draft.attachments ?? [],
		embeds: origin.embeds ?? (powers.embedLinks ? (draft.embeds ?? []) : []),
		components: draft.components ?? [],
		flags: (draft.flags ?? 0) | (origin.flags ?? 0),
		pinned: false,
		nonce: draft.nonce,
		reference: origin.reference ?? null,
		snapshots: origin.snapshots ?? null,
		referencedId: origin.repliedTo?.id ?? null,
		reactions: null,
		interaction: origin.interaction ?? null,
		interactionMetadata: origin.interactionMetadata ?? null,
		stickers: origin.stickers ?? stickerItems(world, draft.stickerIds),
		poll: draft.poll === undefined ? null : newPoll(world, draft.poll),
		onlyFor: origin.onlyFor ?? null,
		threadId: null
	};
	keep(discord, channel, message);
	if (message.poll !== null) discord.onPoll(channel, message);
	discord.dispatcher.message(channel, message, 'MESSAGE_CREATE', messageEvent(discord, guild, message));
	return message;
}

function keep(discord: Discord, channel: Channel, message: Message): void {
	channel.messages.set(message.id, message);
	if (message.onlyFor === null) channel.lastMessageId = message.id;
	if (channel.isThread) {
		channel.messageCount++;
		channel.totalMessages++;
	}
	if (channel.messages.size > discord.world.messagesPerChannel) {
		for (const oldest of channel.messages.keys()) {
			channel.messages.delete(oldest);
			break;
		}
	}
}

/** A message as the gateway sends it: with guild, member and the members of those mentioned. */
export function messageEvent(discord: Discord, guild: Guild | null, message: Message): JsonObject {
	const view = messageView(discord.world, message);
	const channel = discord.world.channels.get(message.channelId);
	view['channel_type'] = channel?.type ?? 0;
	if (message.nonce !== null) view['nonce'] = message.nonce;
	if (guild === null) return view;
	view['guild_id'] = guild.id;
	if (message.webhookId === null || message.interactionMetadata !== null) {
		const member = guild.members.get(message.author.id);
		if (member !== undefined) view['member'] = memberFields(member);
	}
	if (message.mentions.length > 0) {
		view['mentions'] = (view['mentions'] as JsonObject[]).map((user) => {
			const member = guild.members.get(String(user['id']));
			return member === undefined ? user : { ...user, member: memberFields(member) };
		});
	}
	return view;
}

/** Changes what a message says and tells everybody. `system` edits leave no "edited" mark (a filled deferral, a link's preview). */
export function editMessage(discord: Discord, channel: Channel, message: Message, draft: Draft, powers: Powers, system = false): void {
	const guild = discord.world.guilds.get(channel.guildId ?? '') ?? null;
	if (draft.content !== undefined) {
		message.content = draft.content;
		const mentions = computeMentions(
			discord,
			guild,
			draft.content,
			draft.allowedMentions,
			powers.mentionEveryone || guild === null,
			message.referencedId === null ? null : (channel.messages.get(message.referencedId)?.author ?? null)
		);
		message.mentions = mentions.users;
		message.mentionRoles = mentions.roles;
		message.mentionEveryone = mentions.everyone;
	}
	if (draft.embeds !== undefined) message.embeds = powers.embedLinks ? draft.embeds : [];
	if (draft.components !== undefined) message.components = draft.components;
	if (draft.attachments !== undefined) message.attachments = draft.attachments;
	if (draft.flags !== undefined) {
		const settable = MessageFlag.SuppressEmbeds | MessageFlag.IsComponentsV2;
		message.flags = (message.flags & ~MessageFlag.SuppressEmbeds) | (draft.flags & settable);
	}
	if (!system) message.editedTimestamp = isoTime(discord.world.clock.now());
	announceEdit(discord, channel, message);
}

/** MESSAGE_UPDATE for a message as it is now. */
export function announceEdit(discord: Discord, channel: Channel, message: Message): void {
	const guild = discord.world.guilds.get(channel.guildId ?? '') ?? null;
	discord.dispatcher.message(channel, message, 'MESSAGE_UPDATE', messageEvent(discord, guild, message));
}

/** Takes a message away and tells everybody who saw it. */
export function deleteMessage(discord: Discord, channel: Channel, message: Message): void {
	channel.messages.delete(message.id);
	if (channel.isThread) channel.messageCount = Math.max(0, channel.messageCount - 1);
	const event: JsonObject = { id: message.id, channel_id: channel.id };
	if (channel.guildId !== null) event['guild_id'] = channel.guildId;
	if (message.onlyFor !== null) discord.dispatcher.user(message.onlyFor, 'MESSAGE_DELETE', event);
	else discord.dispatcher.channel(channel, 'MESSAGE_DELETE', event);
}

/** Takes many at once: one event for all. */
export function deleteMessages(discord: Discord, channel: Channel, messages: Message[]): void {
	for (const message of messages) channel.messages.delete(message.id);
	if (channel.isThread) channel.messageCount = Math.max(0, channel.messageCount - messages.length);
	const ids = messages.map((message) => message.id);
	discord.dispatcher.channel(channel, 'MESSAGE_DELETE_BULK', { ids, channel_id: channel.id, guild_id: channel.guildId });
}
