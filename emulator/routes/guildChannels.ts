import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween, created as createdValues } from '../actions/audit.js';
import { applyChannelBody } from '../actions/channelBody.js';
import { removeChannel, removeThread, tellChannel } from '../actions/channels.js';
import { refuse } from '../rest/errors.js';
import { tooMany } from '../rest/rateLimits.js';
import { type Call, created, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { requireChannel, requirePermission } from '../state/access.js';
import { Channel, ChannelType } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject } from '../state/types.js';
import { channelView } from '../views/channel.js';
import { guildFor } from './guildAccess.js';
import { editThread } from './threadEdit.js';

const mostChannels = 500;
const mostCategories = 50;
/** Discord: two renames or new topics of one channel in ten minutes. */
const renames = { most: 2, per: 10 * 60_000 };

/** Channels of a guild. https://discord.com/developers/docs/resources/channel#modify-channel */
export function guildChannels(routes: RouteTable): void {
	routes.get('/guilds/:guildId/channels', list);
	routes.post('/guilds/:guildId/channels', create);
	routes.patch('/guilds/:guildId/channels', reorder);
	routes.patch('/channels/:channelId', edit);
	routes.delete('/channels/:channelId', remove);
	routes.put('/channels/:channelId/voice-status', voiceStatus);
}

function list(call: Call): JsonObject[] {
	return [...guildFor(call).channels.values()].map((channel) => channelView(call.world, channel));
}

function create(call: Call): Reply {
	const guild = guildFor(call, Bits.ManageChannels);
	const type = call.body.integer('type') ?? ChannelType.GuildText;
	requireRoom(guild, type);
	requireNoRoleManagers(call, guild);
	const channel = new Channel(call.world.ids.next(), type, guild.id);
	channel.position = guild.channels.size;
	const parent = guild.channels.get(call.body.snowflake('parent_id') ?? '');
	// Without overwrites of its own a new channel takes those of its category.
	if (parent !== undefined) channel.overwrites = parent.overwrites.map((overwrite) => ({ ...overwrite }));
	applyChannelBody(call, guild, channel);
	guild.channels.set(channel.id, channel);
	call.world.channels.set(channel.id, channel);
	tellChannel(call.discord, guild, channel, 'CHANNEL_CREATE');
	auditCall(call, guild, { type: AuditLogEvent.ChannelCreate, targetId: channel.id, changes: createdValues(summary(channel)) });
	return created(channelView(call.world, channel));
}

/** Letting somebody manage a channel's permissions takes an administrator. https://discord.com/developers/docs/resources/guild#create-guild-channel */
function requireNoRoleManagers(call: Call, guild: Guild): void {
	const overwrites = call.body.bodies('permission_overwrites') ?? [];
	const bits = overwrites.flatMap((entry) => [entry.permissions('allow') ?? '0', entry.permissions('deny') ?? '0']);
	call.body.done();
	if (bits.some((each) => (BigInt(each) & Bits.ManageRoles) !== 0n)) requirePermission(call.world, call.actorId, guild, Bits.Administrator);
}

function requireRoom(guild: Guild, type: number): void {
	if (guild.channels.size >= mostChannels) throw refuse(30013);
	const categories = [...guild.channels.values()].filter((channel) => channel.type === ChannelType.GuildCategory);
	if (type === ChannelType.GuildCategory && categories.length >= mostCategories) throw refuse(30030);
}

function summary({ name, type, topic, nsfw, slowmode, parentId, bitrate, userLimit, overwrites, isVoice }: Channel): JsonObject {
	const shared = { name, type, topic, nsfw, rate_limit_per_user: slowmode, parent_id: parentId };
	const voice: JsonObject = isVoice ? { bitrate, user_limit: userLimit } : {};
	return { ...shared, ...voice, permission_overwrites: overwrites.map((overwrite) => ({ ...overwrite })) };
}

function edit(call: Call): JsonObject {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	const guild = call.world.guilds.get(channel.guildId ?? '');
	if (guild === undefined) throw refuse(50024);
	if (channel.isThread) return editThread(call, guild, channel);
	requirePermission(call.world, call.actorId, channel, Bits.ManageChannels);
	if (call.body.has('permission_overwrites')) requirePermission(call.world, call.actorId, channel, Bits.ManageRoles);
	limitRenames(call, channel);
	const before = summary(channel);
	const position = channel.position;
	applyChannelBody(call, guild, channel);
	const changes = changesBetween(before, summary(channel));
	if (changes.length === 0 && channel.position === position) return channelView(call.world, channel);
	tellChannel(call.discord, guild, channel, 'CHANNEL_UPDATE');
	auditCall(call, guild, { type: AuditLogEvent.ChannelUpdate, targetId: channel.id, changes });
	return channelView(call.world, channel);
}

function limitRenames(call: Call, channel: Channel): void {
	const name = call.body.string('name');
	const topic = call.body.nullableString('topic');
	const isRename = (name !== undefined && name !== channel.name) || (topic !== undefined && topic !== channel.topic);
	if (!isRename || call.discord.rateLimits === 'off') return;
	const now = call.world.clock.now();
	channel.renames = channel.renames.filter((at) => now - at < renames.per);
	const oldest = channel.renames[0];
	if (oldest !== undefined && channel.renames.length >= renames.most) throw tooMany((oldest + renames.per - now) / 1000, 'user');
	channel.renames.push(now);
}

function remove(call: Call): JsonObject {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	const view = channelView(call.world, channel, call.actorId);
	const guild = call.world.guilds.get(channel.guildId ?? '');
	// A direct message is only closed.
	if (guild === undefined) return view;
	requirePermission(call.world, call.actorId, channel, channel.isThread ? Bits.ManageThreads : Bits.ManageChannels);
	if (channel.isThread) {
		removeThread(call.discord, guild, channel);
		auditCall(call, guild, { type: AuditLogEvent.ThreadDelete, targetId: channel.id, changes: changesBetween({ name: channel.name }, {}) });
		return view;
	}
	if (channel.id === guild.rulesChannelId || channel.id === guild.publicUpdatesChannelId) throw refuse(50074);
	removeChannel(call.discord, guild, channel);
	auditCall(call, guild, { type: AuditLogEvent.ChannelDelete, targetId: channel.id, changes: changesBetween(summary(channel), {}) });
	return view;
}

function reorder(call: Call): Reply {
	const guild = guildFor(call, Bits.ManageChannels);
	for (const entry of Array.isArray(call.rawBody) ? call.rawBody : []) {
		if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) continue;
		const channel = guild.channels.get(String(entry['id']));
		if (channel === undefined) throw refuse(10003);
		if (typeof entry['position'] === 'number') channel.position = entry['position'];
		if (entry['parent_id'] !== undefined) channel.parentId = entry['parent_id'] === null ? null : String(entry['parent_id']);
		const parent = guild.channels.get(channel.parentId ?? '');
		if (entry['lock_permissions'] === true && parent) channel.overwrites = parent.overwrites.map((overwrite) => ({ ...overwrite }));
		tellChannel(call.discord, guild, channel, 'CHANNEL_UPDATE');
	}
	return noContent;
}

function voiceStatus(call: Call): Reply {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	const guild = call.world.guilds.get(channel.guildId ?? '');
	if (guild === undefined || channel.type !== ChannelType.GuildVoice) throw refuse(50024);
	const isInside = guild.voiceStates.get(call.actorId)?.channel_id === channel.id;
	requirePermission(
		call.world,
		call.actorId,
		channel,
		isInside ? Bits.SetVoiceChannelStatus : Bits.SetVoiceChannelStatus | Bits.ManageChannels
	);
	const status = call.body.nullableString('status', 0, 500) ?? null;
	call.body.done();
	channel.status = status;
	call.discord.dispatcher.channel(channel, 'VOICE_CHANNEL_STATUS_UPDATE', { id: channel.id, guild_id: guild.id, status });
	return noContent;
}
