import { signed } from '../state/cdnLinks.js';
import type { Channel } from '../state/channel.js';
import { type Message, MessageFlag } from '../state/message.js';
import type { Json, JsonObject } from '../state/types.js';
import type { World } from '../state/world.js';
import { channelView } from './channel.js';
import { pollView } from './poll.js';
import { partialUserView } from './user.js';

/** A message as `GET` answers it. `viewerId` decides the `me` of its reactions. */
export function messageView(world: World, message: Message, viewerId: string | null = null): JsonObject {
	const view: JsonObject = {
		type: message.type,
		content: message.content,
		mentions: message.mentions.length === 0 ? [] : message.mentions.map(partialUserView),
		mention_roles: message.mentionRoles,
		attachments: message.attachments.length === 0 ? [] : attachmentsView(world, message),
		embeds: (message.flags & MessageFlag.SuppressEmbeds) === 0 ? message.embeds : [],
		timestamp: message.timestamp,
		edited_timestamp: message.editedTimestamp,
		flags: message.flags,
		components: message.components,
		id: message.id,
		channel_id: message.channelId,
		author: partialUserView(message.author),
		pinned: message.pinned,
		mention_everyone: message.mentionEveryone,
		tts: message.tts
	};
	addOptional(world, view, message, viewerId);
	return view;
}

/** Addresses are signed anew with every look, as Discord does. */
function attachmentsView(world: World, message: Message): Json[] {
	return message.attachments.map((attachment) => {
		const url = signed(attachment.url, world.clock.now());
		return { ...attachment, url, proxy_url: url };
	});
}

function addOptional(world: World, view: JsonObject, message: Message, viewerId: string | null): void {
	if (message.webhookId !== null) view['webhook_id'] = message.webhookId;
	if (message.applicationId !== null) view['application_id'] = message.applicationId;
	if (message.reference !== null) view['message_reference'] = message.reference;
	if (message.snapshots !== null) view['message_snapshots'] = message.snapshots;
	if (message.referencedId !== null) view['referenced_message'] = referenced(world, message, viewerId);
	if (message.interactionMetadata !== null) view['interaction_metadata'] = message.interactionMetadata;
	if (message.interaction !== null) view['interaction'] = message.interaction;
	if (message.stickers.length > 0) view['sticker_items'] = message.stickers;
	if (message.poll !== null) view['poll'] = pollView(world, message, viewerId);
	if (message.reactions !== null && message.reactions.size > 0) view['reactions'] = reactionsView(message, viewerId);
	if (message.threadId !== null) {
		const thread = world.channels.get(message.threadId);
		if (thread !== undefined) view['thread'] = channelView(world, thread);
	}
}

function referenced(world: World, message: Message, viewerId: string | null): JsonObject | null {
	const channel: Channel | undefined = world.channels.get(String(message.reference?.['channel_id'] ?? message.channelId));
	const original = channel?.messages.get(message.referencedId ?? '');
	if (original === undefined) return null;
	const view = messageView(world, original, viewerId);
	// Discord goes one reply deep.
	delete view['referenced_message'];
	return view;
}

function reactionsView(message: Message, viewerId: string | null): Json[] {
	return [...(message.reactions ?? new Map()).values()].map(({ emoji, users }) => ({
		emoji: { id: emoji.id, name: emoji.name, ...(emoji.animated ? { animated: true } : {}) },
		count: users.size,
		count_details: { burst: 0, normal: users.size },
		burst_colors: [],
		me_burst: false,
		burst_me: false,
		me: viewerId !== null && users.has(viewerId),
		burst_count: 0
	}));
}
