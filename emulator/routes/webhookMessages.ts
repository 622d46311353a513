import { readDraft, refuseEmptied, refuseEmpty } from '../actions/draft.js';
import { createMessage, deleteMessage, editMessage } from '../actions/messages.js';
import { openThread } from '../actions/threads.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply } from '../rest/route.js';
import { type Channel, ChannelType } from '../state/channel.js';
import { type Message, MessageFlag } from '../state/message.js';
import type { JsonObject, User } from '../state/types.js';
import type { Webhook } from '../state/world.js';
import { messageView } from '../views/message.js';

/** A webhook's message is for everybody: ephemeral is not among what it may set. */
const SETTABLE = MessageFlag.SuppressEmbeds | MessageFlag.SuppressNotifications | MessageFlag.IsComponentsV2;
const POWERS = { embedLinks: true, mentionEveryone: true };

/** What the holder of a channel webhook's token may do. */
export const webhookMessages = { execute, get, edit, remove };

function requireWebhook(call: Call): { webhook: Webhook; channel: Channel } {
	const webhook = call.world.webhooks.get(call.param('webhookId'));
	if (webhook === undefined) throw refuse(10015);
	if (webhook.token !== call.param('token')) throw refuse(50027);
	const parent = call.world.channels.get(webhook.channelId);
	const threadId = call.query['thread_id'];
	if (threadId !== undefined && call.body.has('thread_name')) throw refuse(220_002);
	const channel = threadId === undefined ? parent : call.world.channels.get(threadId);
	if (channel === undefined || (threadId !== undefined && channel.parentId !== parent?.id)) throw refuse(10003);
	return { webhook, channel };
}

function requireMessage(call: Call, webhook: Webhook, channel: Channel): Message {
	const message = channel.messages.get(call.param('messageId'));
	if (message === undefined || message.webhookId !== webhook.id) throw refuse(10008);
	return message;
}

/** In a forum a webhook opens a post of its own, by the name it gives. */
function place(call: Call, webhook: Webhook, channel: Channel): Channel {
	if (channel.type !== ChannelType.GuildForum && channel.type !== ChannelType.GuildMedia) {
		if (call.body.has('thread_name')) throw refuse(220_003);
		return channel;
	}
	const guild = call.world.guilds.get(webhook.guildId);
	const name = call.body.string('thread_name', 1, 100);
	if (guild === undefined || name === undefined) {
		throw refuse(220_001);
	}
	return openThread(call.discord, guild, channel, {
		name,
		type: ChannelType.PublicThread,
		ownerId: webhook.id,
		tags: call.body.snowflakes('applied_tags') ?? []
	});
}

function execute(call: Call): JsonObject | Reply {
	const { webhook, channel: addressed } = requireWebhook(call);
	const draft = readDraft(call.discord, call.body, call.files, addressed);
	refuseEmpty(draft);
	const channel = place(call, webhook, addressed);
	const author: User = {
		...webhook.user,
		id: webhook.id,
		username: call.body.string('username', 1, 80) ?? webhook.name ?? 'Webhook',
		global_name: null,
		discriminator: '0000',
		avatar: webhook.avatar,
		bot: true
	};
	call.body.done();
	const origin = { webhookId: webhook.id, ...(webhook.applicationId === null ? {} : { applicationId: webhook.applicationId }) };
	const flags = (draft.flags ?? 0) & SETTABLE;
	const message = createMessage(call.discord, channel, author, { ...draft, flags }, POWERS, origin);
	return call.flag('wait') ? messageView(call.world, message) : noContent;
}

function get(call: Call): JsonObject {
	const { webhook, channel } = requireWebhook(call);
	return messageView(call.world, requireMessage(call, webhook, channel));
}

function edit(call: Call): JsonObject {
	const { webhook, channel } = requireWebhook(call);
	const message = requireMessage(call, webhook, channel);
	const draft = readDraft(call.discord, call.body, call.files, channel, message.attachments);
	refuseEmptied(draft, message);
	editMessage(call.discord, channel, message, draft, POWERS);
	return messageView(call.world, message);
}

function remove(call: Call): Reply {
	const { webhook, channel } = requireWebhook(call);
	deleteMessage(call.discord, channel, requireMessage(call, webhook, channel));
	return noContent;
}
