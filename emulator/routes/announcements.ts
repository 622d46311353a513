import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, created } from '../actions/audit.js';
import { createMessage, messageEvent } from '../actions/messages.js';
import { systemMessage } from '../actions/welcome.js';
import { refuse } from '../rest/errors.js';
import type { Call, RouteTable } from '../rest/route.js';
import { requireChannel, requirePermission } from '../state/access.js';
import { type Channel, ChannelType } from '../state/channel.js';
import { type Message, MessageFlag } from '../state/message.js';
import { makeToken } from '../state/seed.js';
import type { JsonObject, User } from '../state/types.js';
import type { Webhook } from '../state/world.js';
import { messageView } from '../views/message.js';
import { requireMessage } from './messages.js';

/** Publishing announcements to channels that follow. https://discord.com/developers/docs/resources/message#crosspost-message */
export function announcements(routes: RouteTable): void {
	routes.post('/channels/:channelId/followers', follow);
	routes.post('/channels/:channelId/messages/:messageId/crosspost', crosspost);
}

const followerType = 2;

function announcementChannel(call: Call): Channel {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	if (channel.type !== ChannelType.GuildAnnouncement) throw refuse(50024);
	return channel;
}

function follow(call: Call): JsonObject {
	const source = announcementChannel(call);
	const target = requireChannel(call.world, call.body.snowflake('webhook_channel_id') ?? '', call.actorId);
	call.body.done();
	requirePermission(call.world, call.actorId, target, Bits.ManageWebhooks);
	const guild = call.world.guilds.get(target.guildId ?? '');
	if (guild === undefined) throw refuse(50024);
	const webhook: Webhook = {
		id: call.world.ids.next(),
		token: makeToken().replaceAll('.', '_'),
		type: followerType,
		name: `${guild.name} #${source.name}`,
		avatar: null,
		channelId: target.id,
		guildId: guild.id,
		applicationId: null,
		user: call.actor.user
	};
	call.world.webhooks.set(webhook.id, webhook);
	call.world.follows.set(webhook.id, source.id);
	call.discord.dispatcher.guild(guild, 'WEBHOOKS_UPDATE', { guild_id: guild.id, channel_id: target.id });
	const { id: targetId, name } = webhook;
	auditCall(call, guild, {
		type: AuditLogEvent.WebhookCreate,
		targetId,
		changes: created({ name, type: followerType, channel_id: target.id })
	});
	const reference = { type: 0, channel_id: source.id, ...(source.guildId === null ? {} : { guild_id: source.guildId }) };
	systemMessage(call.discord, target, call.actor.user, { type: 12, reference }, name ?? '');
	return { channel_id: source.id, webhook_id: webhook.id };
}

function crosspost(call: Call): JsonObject {
	const channel = announcementChannel(call);
	const message = requireMessage(call, channel);
	const isOwn = message.author.id === call.actorId;
	requirePermission(call.world, call.actorId, channel, isOwn ? Bits.SendMessages : Bits.ManageMessages);
	if ((message.flags & MessageFlag.Crossposted) !== 0) throw refuse(40033);
	message.flags |= MessageFlag.Crossposted;
	const guild = call.world.guilds.get(channel.guildId ?? '') ?? null;
	call.discord.dispatcher.message(channel, message, 'MESSAGE_UPDATE', messageEvent(call.discord, guild, message));
	for (const [webhookId, sourceId] of call.world.follows) {
		const webhook = call.world.webhooks.get(webhookId);
		if (sourceId === channel.id && webhook !== undefined) deliver(call, webhook, channel, message);
	}
	return messageView(call.world, message, call.actorId);
}

function deliver(call: Call, webhook: Webhook, from: Channel, message: Message): void {
	const target = call.world.channels.get(webhook.channelId);
	if (target === undefined) return;
	const author: User = {
		...webhook.user,
		id: webhook.id,
		username: webhook.name ?? '',
		global_name: null,
		discriminator: '0000',
		bot: true
	};
	const draft = {
		content: message.content,
		embeds: message.embeds,
		components: message.components,
		attachments: message.attachments,
		flags: MessageFlag.IsCrosspost,
		tts: false,
		nonce: null,
		enforceNonce: false,
		reference: undefined,
		allowedMentions: { parse: [] },
		stickerIds: [],
		poll: undefined
	};
	const reference = { type: 0, message_id: message.id, channel_id: from.id, ...(from.guildId === null ? {} : { guild_id: from.guildId }) };
	createMessage(call.discord, target, author, draft, { embedLinks: true, mentionEveryone: false }, { webhookId: webhook.id, reference });
}
