import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween, created } from '../actions/audit.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { requireChannel, requirePermission } from '../state/access.js';
import { type Channel, ChannelType } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject } from '../state/types.js';

/** Who may hold a stage. https://discord.com/developers/docs/resources/stage-instance#definitions */
const MODERATOR = Bits.ManageChannels | Bits.MuteMembers | Bits.MoveMembers;
const guildOnly = 2;

/** Live stages. https://discord.com/developers/docs/resources/stage-instance */
export function stageInstances(routes: RouteTable): void {
	routes.post('/stage-instances', create);
	routes.get('/stage-instances/:channelId', (call) => live(call, call.param('channelId')).instance);
	routes.patch('/stage-instances/:channelId', edit);
	routes.delete('/stage-instances/:channelId', remove);
}

function stageOf(call: Call, channelId: string): { guild: Guild; channel: Channel } {
	const channel = requireChannel(call.world, channelId, call.actorId);
	const guild = call.world.guilds.get(channel.guildId ?? '');
	if (guild === undefined || channel.type !== ChannelType.GuildStageVoice) throw refuse(50024);
	return { guild, channel };
}

function live(call: Call, channelId: string): { guild: Guild; channel: Channel; instance: JsonObject } {
	const { guild, channel } = stageOf(call, channelId);
	const instance = guild.stageInstances.get(channel.id);
	if (instance === undefined) throw refuse(10067);
	return { guild, channel, instance };
}

function create(call: Call): JsonObject {
	const { body } = call;
	const topic = body.requiredString('topic', 1, 120);
	const channelId = body.snowflake('channel_id');
	const privacyLevel = body.integer('privacy_level', 1, guildOnly) ?? guildOnly;
	const eventId = body.snowflake('guild_scheduled_event_id') ?? null;
	const notifies = body.boolean('send_start_notification') ?? false;
	if (channelId === undefined) body.fault('channel_id', 'BASE_TYPE_REQUIRED', 'This field is required');
	body.done();
	const { guild, channel } = stageOf(call, channelId ?? '');
	requirePermission(call.world, call.actorId, channel, notifies ? MODERATOR | Bits.MentionEveryone : MODERATOR);
	if (guild.stageInstances.has(channel.id)) throw refuse(150_006);
	if (eventId !== null && !guild.scheduledEvents.has(eventId)) throw refuse(10070);
	const instance: JsonObject = {
		id: call.world.ids.next(),
		guild_id: guild.id,
		channel_id: channel.id,
		topic,
		privacy_level: privacyLevel,
		discoverable_disabled: true,
		guild_scheduled_event_id: eventId
	};
	guild.stageInstances.set(channel.id, instance);
	call.discord.dispatcher.channel(channel, 'STAGE_INSTANCE_CREATE', instance);
	tell(call, guild, instance, AuditLogEvent.StageInstanceCreate, created({ topic, privacy_level: privacyLevel }));
	return instance;
}

function tell(call: Call, guild: Guild, instance: JsonObject, type: AuditLogEvent, changes: JsonObject[]): void {
	const options = { channel_id: String(instance['channel_id']) };
	auditCall(call, guild, { type, targetId: String(instance['id']), changes, options });
}

function edit(call: Call): JsonObject {
	const { guild, channel, instance } = live(call, call.param('channelId'));
	requirePermission(call.world, call.actorId, channel, MODERATOR);
	const before = { topic: instance['topic'], privacy_level: instance['privacy_level'] };
	const after = {
		topic: call.body.string('topic', 1, 120) ?? before.topic,
		privacy_level: call.body.integer('privacy_level', 1, guildOnly) ?? before.privacy_level
	};
	call.body.done();
	Object.assign(instance, after);
	call.discord.dispatcher.channel(channel, 'STAGE_INSTANCE_UPDATE', instance);
	tell(call, guild, instance, AuditLogEvent.StageInstanceUpdate, changesBetween(before, after));
	return instance;
}

function remove(call: Call): Reply {
	const { guild, channel, instance } = live(call, call.param('channelId'));
	requirePermission(call.world, call.actorId, channel, MODERATOR);
	guild.stageInstances.delete(channel.id);
	call.discord.dispatcher.channel(channel, 'STAGE_INSTANCE_DELETE', instance);
	tell(call, guild, instance, AuditLogEvent.StageInstanceDelete, changesBetween({ topic: instance['topic'] }, {}));
	return noContent;
}
