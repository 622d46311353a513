import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall } from '../actions/audit.js';
import { moderateMessage } from '../actions/autoModeration.js';
import { DM_PERMISSIONS, requireDmAllowed } from '../actions/dms.js';
import { powersFrom, readDraft, refuseEmptied, refuseEmpty } from '../actions/draft.js';
import { createMessage, deleteMessage, deleteMessages, editMessage } from '../actions/messages.js';
import { readReply } from '../actions/replies.js';
import { DiscordError, invalidBody, refuse } from '../rest/errors.js';
import { tooManyOf } from '../rest/rateLimits.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { permissionsOf, requireChannel, requirePermission } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import { isSystem, type Message, MessageFlag } from '../state/message.js';
import { compareSnowflakes, snowflakeTime } from '../state/snowflakes.js';
import type { Json, JsonObject } from '../state/types.js';
import { messageView } from '../views/message.js';

const SEND_LIMIT = { requests: 5, per: 5_000 };
const HOUR = 60 * 60_000;
const TWO_WEEKS = 14 * 24 * 60 * 60_000;

/** Messages of a channel. */
export function messages(routes: RouteTable): void {
	routes.get('/channels/:channelId/messages', list);
	routes.post('/channels/:channelId/messages', send, { limit: SEND_LIMIT });
	routes.post('/channels/:channelId/messages/bulk-delete', bulkDelete, { auth: 'bot' });
	routes.get('/channels/:channelId/messages/:messageId', get);
	routes.patch('/channels/:channelId/messages/:messageId', edit, { limit: SEND_LIMIT });
	routes.delete('/channels/:channelId/messages/:messageId', remove, { limit: SEND_LIMIT });
}

/** What the caller may do in a channel, direct messages included. */
export function powersIn(call: Call, channel: Channel): bigint {
	if (channel.isDm) return DM_PERMISSIONS;
	const guild = call.world.guilds.get(channel.guildId ?? '');
	return guild === undefined ? 0n : permissionsOf(call.world, guild, call.actorId, channel);
}

/** The message, if it is in this channel and the caller may see it: otherwise 10008. */
export function requireMessage(call: Call, channel: Channel): Message {
	const message = channel.messages.get(call.param('messageId'));
	if (message === undefined || !sees(call, message)) throw refuse(10008);
	return message;
}

function sees(call: Call, message: Message): boolean {
	return message.onlyFor === null || message.onlyFor === call.actorId;
}

function list(call: Call): Json[] {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	if (!channel.isTextBased) throw refuse(50008);
	if (!channel.isDm && (powersIn(call, channel) & Bits.ReadMessageHistory) === 0n) return [];
	const limit = call.limit('limit', 50, 1, 100);
	const visible = [...channel.messages.values()].filter((message) => sees(call, message));
	return pick(visible, call.query, limit).map((message) => messageView(call.world, message, call.actorId));
}

/** Newest first; `messages` come oldest first. */
function pick(messages: Message[], query: Record<string, string>, limit: number): Message[] {
	const { before, after, around } = query;
	if (after !== undefined) {
		const newer = messages.filter((message) => compareSnowflakes(message.id, after) > 0);
		return newer.slice(0, limit).reverse();
	}
	if (around !== undefined) {
		const older = messages.filter((message) => compareSnowflakes(message.id, around) <= 0).slice(-Math.ceil(limit / 2));
		const newer = messages.filter((message) => compareSnowflakes(message.id, around) > 0).slice(0, Math.floor(limit / 2));
		return [...older, ...newer].reverse();
	}
	const older = before === undefined ? messages : messages.filter((message) => compareSnowflakes(message.id, before) < 0);
	return older.slice(-limit).reverse();
}

function get(call: Call): JsonObject {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	requirePermission(call.world, call.actorId, channel, Bits.ReadMessageHistory);
	return messageView(call.world, requireMessage(call, channel), call.actorId);
}

/** `POST /channels/:c/messages`, exported for load that comes without HTTP. */
export function send(call: Call): JsonObject {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	if (!channel.isTextBased) throw refuse(50008);
	const permissions = requireSend(call, channel);
	const known = findByNonce(call, channel);
	if (known !== null) return messageView(call.world, known, call.actorId);
	const draft = readDraft(call.discord, call.body, call.files, channel);
	refuseEmpty(draft);
	requireStickers(call, channel, permissions, draft.stickerIds);
	if ((draft.attachments?.length ?? 0) > 0 && (permissions & Bits.AttachFiles) === 0n) throw refuse(50013);
	if ((draft.embeds?.length ?? 0) > 0 && (permissions & Bits.EmbedLinks) === 0n) throw refuse(50013);
	if (draft.tts && (permissions & Bits.SendTTSMessages) === 0n) draft.tts = false;
	const reply = readReply(call, channel, draft, permissions);
	slowMode(call, channel, permissions);
	const id = call.world.ids.next();
	moderate(call, channel, draft.content ?? '', id);
	const flags = (draft.flags ?? 0) & (MessageFlag.SuppressEmbeds | MessageFlag.SuppressNotifications | MessageFlag.IsComponentsV2);
	const message = createMessage(call.discord, channel, call.actor.user, { ...draft, flags }, powersFrom(permissions), { ...reply, id });
	if (draft.nonce !== null) rememberNonce(call, channel, draft.nonce, message);
	const view = messageView(call.world, message, call.actorId);
	return draft.nonce === null ? view : { ...view, nonce: draft.nonce };
}

/** Lets AutoMod look at what a person wants to say, in a message or as the title of a thread (`messageId` null). */
export function moderate(call: Call, channel: Channel, content: string, messageId: string | null): void {
	const guild = call.world.guilds.get(channel.guildId ?? '');
	if (guild === undefined || guild.autoModRules.size === 0) return;
	const { blocked, customMessage } = moderateMessage(call.discord, guild, channel, call.actorId, content, messageId);
	if (!blocked) return;
	const code = messageId === null ? 200_001 : 200_000;
	throw refuse(code, customMessage === '' ? undefined : customMessage);
}

/** Stickers of the server itself; those of others are for people with the permission, and not for bots. */
function requireStickers(call: Call, channel: Channel, permissions: bigint, ids: readonly string[]): void {
	const own = call.world.guilds.get(channel.guildId ?? '')?.stickers;
	const abroad = call.actor.kind === 'user' && (permissions & Bits.UseExternalStickers) !== 0n;
	const known = abroad ? [...call.world.guilds.values()].map(({ stickers }) => stickers) : own === undefined ? [] : [own];
	if (ids.some((id) => !known.some((stickers) => stickers.has(id)))) throw refuse(50081);
}

function requireSend(call: Call, channel: Channel): bigint {
	const permissions = powersIn(call, channel);
	if (channel.isDm) {
		requireDmAllowed(call.discord, call.actor, channel);
		return permissions;
	}
	const bit = channel.isThread ? Bits.SendMessagesInThreads : Bits.SendMessages;
	if ((permissions & bit) === 0n) throw refuse(50013);
	if (channel.thread?.locked && (permissions & Bits.ManageThreads) === 0n) throw refuse(160005);
	return permissions;
}

/** Discord looks for the nonce among the last few minutes; five here. */
const NONCE_MS = 5 * 60_000;

function nonceKey(call: Call, channel: Channel, nonce: string | number): string {
	return `${channel.id}:${call.actorId}:${nonce}`;
}

function findByNonce(call: Call, channel: Channel): Message | null {
	const nonce = call.body.raw('nonce');
	if (call.body.raw('enforce_nonce') !== true || (typeof nonce !== 'string' && typeof nonce !== 'number')) return null;
	const known = call.world.nonces.get(nonceKey(call, channel, nonce));
	if (known === undefined || call.world.clock.now() - known.at > NONCE_MS) return null;
	return known.message;
}

function rememberNonce(call: Call, channel: Channel, nonce: string | number, message: Message): void {
	const { nonces, clock } = call.world;
	nonces.set(nonceKey(call, channel, nonce), { at: clock.now(), message });
	// Oldest first: stop at the first that is still young.
	for (const [key, kept] of nonces) {
		if (clock.now() - kept.at <= NONCE_MS) break;
		nonces.delete(key);
	}
}

/**
 * Bots and those who may bypass it are exempt. To manage messages or the channel is no longer enough, as with pins.
 * https://discord.com/developers/docs/resources/channel#channel-object-channel-structure
 */
function slowMode(call: Call, channel: Channel, permissions: bigint): void {
	if (channel.slowmode === 0 || call.actor.kind === 'bot') return;
	if ((permissions & Bits.BypassSlowmode) !== 0n) return;
	const now = call.world.clock.now();
	const left = (channel.lastSpoke.get(call.actorId) ?? 0) + channel.slowmode * 1000 - now;
	if (left > 0) {
		throw new DiscordError(20016, 429, 'This action cannot be performed due to slowmode rate limit', null, {
			retry_after: left / 1000,
			global: false
		});
	}
	channel.lastSpoke.set(call.actorId, now);
}

function edit(call: Call): JsonObject {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	const message = requireMessage(call, channel);
	const permissions = powersIn(call, channel);
	if (message.author.id !== call.actorId) {
		// Others may only hide the embeds.
		const onlyFlags = Object.keys(call.body.fields).every((key) => key === 'flags');
		if (!onlyFlags || (permissions & Bits.ManageMessages) === 0n) throw refuse(50005);
	}
	if (channel.thread?.archived) throw refuse(50083);
	if (isSystem(message)) throw refuse(50021);
	if (message.poll !== null) throw refuse(520_003);
	const draft = readDraft(call.discord, call.body, call.files, channel, message.attachments);
	refuseEmptied(draft, message);
	if (draft.content !== undefined) moderate(call, channel, draft.content, message.id);
	limitOldEdits(call, channel, message);
	editMessage(call.discord, channel, message, draft, powersFrom(permissions));
	return messageView(call.world, message, call.actorId);
}

function limitOldEdits(call: Call, channel: Channel, message: Message): void {
	const { oldEdits, rateLimits, world } = call.discord;
	const now = world.clock.now();
	if (rateLimits === 'off' || call.actor.kind !== 'bot' || now - snowflakeTime(message.id) < HOUR) return;
	const key = `${call.actorId}:${channel.id}`;
	const wait = oldEdits.wait(key, now);
	if (wait > 0) throw tooManyOf(30_046, wait / 1000);
	oldEdits.use(key, now);
}

function remove(call: Call): Reply {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	const message = requireMessage(call, channel);
	const own = message.author.id === call.actorId || message.onlyFor === call.actorId;
	if (!own) {
		if (channel.isDm) throw refuse(50003);
		requirePermission(call.world, call.actorId, channel, Bits.ManageMessages);
	}
	deleteMessage(call.discord, channel, message);
	if (!own) auditDeletion(call, channel, [message], AuditLogEvent.MessageDelete);
	return noContent;
}

/** https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object-optional-audit-entry-info */
function auditDeletion(call: Call, channel: Channel, gone: Message[], type: AuditLogEvent): void {
	const guild = call.world.guilds.get(channel.guildId ?? '');
	if (guild === undefined) return;
	const isBulk = type === AuditLogEvent.MessageBulkDelete;
	const options = { count: String(gone.length), ...(isBulk ? {} : { channel_id: channel.id }) };
	auditCall(call, guild, { type, targetId: isBulk ? channel.id : (gone[0]?.author.id ?? null), options });
}

function bulkDelete(call: Call): Reply {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	if (channel.isDm) throw refuse(50003);
	requirePermission(call.world, call.actorId, channel, Bits.ManageMessages);
	const ids = call.body.snowflakes('messages') ?? [];
	call.body.done();
	if (ids.length < 2 || ids.length > 100) throw refuse(50016);
	if (new Set(ids).size !== ids.length) {
		throw invalidBody({ messages: [{ code: 'SET_TYPE_ALREADY_CONTAINS_VALUE', message: 'The set already contains this value' }] });
	}
	const oldest = call.world.clock.now() - TWO_WEEKS;
	if (ids.some((id) => snowflakeTime(id) < oldest)) throw refuse(50034);
	const found = ids.flatMap((id) => channel.messages.get(id) ?? []);
	if (found.length > 0) {
		deleteMessages(call.discord, channel, found);
		auditDeletion(call, channel, found, AuditLogEvent.MessageBulkDelete);
	}
	return noContent;
}
