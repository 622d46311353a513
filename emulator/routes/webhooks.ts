import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween, created } from '../actions/audit.js';
import { storeImage } from '../actions/images.js';
import { invalidBody, refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { requireChannel, requirePermission } from '../state/access.js';
import { type Channel, ChannelType } from '../state/channel.js';
import { makeToken } from '../state/seed.js';
import type { JsonObject } from '../state/types.js';
import type { Webhook } from '../state/world.js';
import { webhookView } from '../views/webhook.js';
import { guildFor } from './guildAccess.js';

const mostOfChannel = 15;

/** Webhooks, except for what they post. https://discord.com/developers/docs/resources/webhook */
export function webhooks(routes: RouteTable): void {
	routes.post('/channels/:channelId/webhooks', create);
	routes.get('/channels/:channelId/webhooks', ofChannel);
	routes.get('/guilds/:guildId/webhooks', ofGuild);
	routes.get('/webhooks/:webhookId', (call) => show(call, manage(call)));
	routes.patch('/webhooks/:webhookId', (call) => edit(call, manage(call)));
	routes.delete('/webhooks/:webhookId', (call) => remove(call, manage(call)));
	routes.get('/webhooks/:webhookId/:token', (call) => webhookView(call.discord, byToken(call), true, false), { auth: 'none' });
	routes.patch('/webhooks/:webhookId/:token', (call) => edit(call, byToken(call)), { auth: 'none' });
	routes.delete('/webhooks/:webhookId/:token', (call) => remove(call, byToken(call)), { auth: 'none' });
}

function managedChannel(call: Call): Channel {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	requirePermission(call.world, call.actorId, channel, Bits.ManageWebhooks);
	return channel;
}

/** Tokens are shown to the one whose webhook it is: a bot sees its own application's only. */
function show(call: Call, webhook: Webhook): JsonObject {
	const own = webhook.applicationId === null || webhook.applicationId === call.actor.applicationId;
	return webhookView(call.discord, webhook, own);
}

function create(call: Call): JsonObject {
	const channel = managedChannel(call);
	const takes: number[] = [
		ChannelType.GuildText,
		ChannelType.GuildAnnouncement,
		ChannelType.GuildVoice,
		ChannelType.GuildStageVoice,
		ChannelType.GuildForum,
		ChannelType.GuildMedia
	];
	if (channel.guildId === null || !takes.includes(channel.type)) throw refuse(50024);
	const existing = [...call.world.webhooks.values()].filter(({ channelId }) => channelId === channel.id);
	if (existing.length >= mostOfChannel) throw refuse(30007);
	const name = call.body.requiredString('name', 1, 80);
	const avatar = storeImage(call, 'avatar', 'avatars');
	call.body.done();
	const webhook: Webhook = {
		id: call.world.ids.next(),
		token: makeToken().replaceAll('.', '_'),
		type: 1,
		name,
		avatar: avatar ?? null,
		channelId: channel.id,
		guildId: channel.guildId,
		applicationId: call.actor.applicationId,
		user: call.actor.user
	};
	call.world.webhooks.set(webhook.id, webhook);
	tell(call, webhook, AuditLogEvent.WebhookCreate, created(summary(webhook)));
	return webhookView(call.discord, webhook, true);
}

function summary({ name, avatar, channelId, type }: Webhook): JsonObject {
	return { name, avatar_hash: avatar, channel_id: channelId, type };
}

function tell(call: Call, webhook: Webhook, type: AuditLogEvent, changes: JsonObject[]): void {
	const guild = call.world.guilds.get(webhook.guildId);
	if (guild === undefined) return;
	const { channelId } = webhook;
	call.discord.dispatcher.guild(guild, 'WEBHOOKS_UPDATE', { guild_id: guild.id, channel_id: channelId });
	if (call.account !== null) auditCall(call, guild, { type, targetId: webhook.id, changes });
}

function ofChannel(call: Call): JsonObject[] {
	const channel = managedChannel(call);
	return [...call.world.webhooks.values()].filter(({ channelId }) => channelId === channel.id).map((webhook) => show(call, webhook));
}

function ofGuild(call: Call): JsonObject[] {
	const guild = guildFor(call, Bits.ManageWebhooks);
	return [...call.world.webhooks.values()].filter(({ guildId }) => guildId === guild.id).map((webhook) => show(call, webhook));
}

function find(call: Call): Webhook {
	const webhook = call.world.webhooks.get(call.param('webhookId'));
	if (webhook === undefined) throw refuse(10015);
	return webhook;
}

function manage(call: Call): Webhook {
	const webhook = find(call);
	const channel = call.world.channels.get(webhook.channelId);
	if (channel === undefined) throw refuse(10015);
	requirePermission(call.world, call.actorId, channel, Bits.ManageWebhooks);
	return webhook;
}

function byToken(call: Call): Webhook {
	const webhook = find(call);
	if (webhook.token !== call.param('token')) throw refuse(50027);
	return webhook;
}

function edit(call: Call, webhook: Webhook): JsonObject {
	const name = call.body.string('name', 1, 80);
	const avatar = storeImage(call, 'avatar', 'avatars');
	const channelId = call.account === null ? undefined : call.body.snowflake('channel_id');
	call.body.done();
	const to = channelId === undefined ? undefined : call.world.channels.get(channelId);
	if (channelId !== undefined && to?.guildId !== webhook.guildId) {
		throw invalidBody({ channel_id: [{ code: 'CHANNEL_INVALID', message: 'Unknown channel' }] });
	}
	if (to) requirePermission(call.world, call.actorId, to, Bits.ManageWebhooks);
	const before = summary(webhook);
	webhook.name = name ?? webhook.name;
	if (avatar !== undefined) webhook.avatar = avatar;
	webhook.channelId = to?.id ?? webhook.channelId;
	tell(call, webhook, AuditLogEvent.WebhookUpdate, changesBetween(before, summary(webhook)));
	return webhookView(call.discord, webhook, true, call.account !== null);
}

function remove(call: Call, webhook: Webhook): Reply {
	call.world.webhooks.delete(webhook.id);
	tell(call, webhook, AuditLogEvent.WebhookDelete, changesBetween(summary(webhook), {}));
	return noContent;
}
