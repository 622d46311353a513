import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall } from '../actions/audit.js';
import { messageEvent } from '../actions/messages.js';
import { systemMessage } from '../actions/welcome.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { requireChannel, requirePermission } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import { isSystem, type Message } from '../state/message.js';
import type { JsonObject } from '../state/types.js';
import { messageView } from '../views/message.js';
import { requireMessage } from './messages.js';

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json (30003) */
const mostPins = 250;

/** Pins, by the new paths and the old ones. */
export function pins(routes: RouteTable): void {
	routes.get('/channels/:channelId/messages/pins', list);
	routes.get('/channels/:channelId/pins', (call) =>
		pinned(call, readable(call)).map((message) => messageView(call.world, message, call.actorId))
	);
	for (const path of ['/channels/:channelId/messages/pins/:messageId', '/channels/:channelId/pins/:messageId']) {
		routes.put(path, pin);
		routes.delete(path, unpin);
	}
}

function readable(call: Call): Channel {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	requirePermission(call.world, call.actorId, channel, Bits.ReadMessageHistory);
	return channel;
}

/** Newest pin first. */
function pinned(call: Call, channel: Channel): Message[] {
	const at = (message: Message) => call.world.pinnedAt.get(message.id) ?? 0;
	return [...channel.messages.values()].filter((message) => message.pinned).sort((a, b) => at(b) - at(a));
}

function list(call: Call): JsonObject {
	const before = call.query['before'] === undefined ? Number.POSITIVE_INFINITY : Date.parse(call.query['before']);
	const limit = call.limit('limit', 50, 1, 50);
	const found = pinned(call, readable(call)).filter((message) => (call.world.pinnedAt.get(message.id) ?? 0) < before);
	const items = found.slice(0, limit).map((message) => ({
		pinned_at: new Date(call.world.pinnedAt.get(message.id) ?? 0).toISOString(),
		message: messageView(call.world, message, call.actorId)
	}));
	return { items, has_more: found.length > limit };
}

function target(call: Call): { channel: Channel; message: Message } {
	const channel = readable(call);
	// Discord gave pinning its own permission; managing messages no longer includes it.
	requirePermission(call.world, call.actorId, channel, Bits.PinMessages);
	return { channel, message: requireMessage(call, channel) };
}

function pin(call: Call): Reply {
	const { channel, message } = target(call);
	if (isSystem(message)) throw refuse(50021);
	if (message.pinned) return noContent;
	if (pinned(call, channel).length >= mostPins) throw refuse(30003);
	change(call, channel, message, true);
	const reference = {
		type: 0,
		message_id: message.id,
		channel_id: channel.id,
		...(channel.guildId === null ? {} : { guild_id: channel.guildId })
	};
	systemMessage(call.discord, channel, call.actor.user, { type: 6, reference });
	return noContent;
}

function unpin(call: Call): Reply {
	const { channel, message } = target(call);
	if (message.pinned) change(call, channel, message, false);
	return noContent;
}

/** Later than every other pin of the channel: the list is ordered by it, and its pages begin before one. */
function nextPin(call: Call, channel: Channel): number {
	const [newest] = pinned(call, channel);
	return Math.max(call.world.clock.now(), (call.world.pinnedAt.get(newest?.id ?? '') ?? 0) + 1);
}

function change(call: Call, channel: Channel, message: Message, on: boolean): void {
	const { world, discord } = call;
	if (on) {
		const at = nextPin(call, channel);
		world.pinnedAt.set(message.id, at);
		channel.lastPin = new Date(at).toISOString();
	} else world.pinnedAt.delete(message.id);
	message.pinned = on;
	const guild = world.guilds.get(channel.guildId ?? '') ?? null;
	const event = { channel_id: channel.id, ...(guild === null ? {} : { guild_id: guild.id }), last_pin_timestamp: channel.lastPin };
	discord.dispatcher.channel(channel, 'CHANNEL_PINS_UPDATE', event);
	discord.dispatcher.message(channel, message, 'MESSAGE_UPDATE', messageEvent(discord, guild, message));
	if (guild === null) return;
	const options = { channel_id: channel.id, message_id: message.id };
	auditCall(call, guild, { type: on ? AuditLogEvent.MessagePin : AuditLogEvent.MessageUnpin, targetId: message.author.id, options });
}
