import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween, created } from '../actions/audit.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject } from '../state/types.js';
import { partialUserView } from '../views/user.js';
import { guildFor } from './guildAccess.js';

const [scheduled, active, completed, cancelled] = [1, 2, 3, 4];
const external = 3;
/** Where an event's status may go from each. */
const next: Readonly<Record<number, readonly number[]>> = {
	[scheduled]: [active, cancelled],
	[active]: [completed],
	[completed]: [],
	[cancelled]: []
};

/** Scheduled events. https://discord.com/developers/docs/resources/guild-scheduled-event */
export function scheduledEvents(routes: RouteTable): void {
	const path = '/guilds/:guildId/scheduled-events';
	routes.get(path, (call) => [...guildFor(call).scheduledEvents.values()].map((event) => view(call, event)));
	routes.post(path, create);
	routes.get(`${path}/:eventId`, (call) => view(call, find(call, guildFor(call))));
	routes.patch(`${path}/:eventId`, edit);
	routes.delete(`${path}/:eventId`, remove);
	routes.get(`${path}/:eventId/users`, users);
	routes.get(`${path}/:eventId/users/counts`, (call) => ({
		guild_scheduled_event_count: followers(call, find(call, guildFor(call))).size,
		guild_scheduled_event_exception_counts: {}
	}));
	routes.put(`${path}/:eventId/users/@me`, (call) => follow(call, true), { auth: 'user' });
	routes.delete(`${path}/:eventId/users/@me`, (call) => follow(call, false), { auth: 'user' });
}

function find(call: Call, guild: Guild): JsonObject {
	const event = guild.scheduledEvents.get(call.param('eventId'));
	if (event === undefined) throw refuse(10070);
	return event;
}

function followers(call: Call, event: JsonObject): Set<string> {
	const id = String(event['id']);
	const known = call.world.eventFollowers.get(id) ?? new Set<string>();
	call.world.eventFollowers.set(id, known);
	return known;
}

function view(call: Call, event: JsonObject): JsonObject {
	return call.query['with_user_count'] === 'true' ? { ...event, user_count: followers(call, event).size } : event;
}

function fields(call: Call, before: JsonObject): JsonObject {
	const { body } = call;
	const type = body.integer('entity_type', 1, 3) ?? Number(before['entity_type']);
	const read = {
		name: body.string('name', 1, 100) ?? before['name'],
		description: body.has('description') ? (body.nullableString('description', 0, 1000) ?? null) : before['description'],
		channel_id: type === external ? null : body.has('channel_id') ? (body.nullableSnowflake('channel_id') ?? null) : before['channel_id'],
		scheduled_start_time: body.string('scheduled_start_time') ?? before['scheduled_start_time'],
		scheduled_end_time: body.has('scheduled_end_time') ? (body.nullableString('scheduled_end_time') ?? null) : before['scheduled_end_time'],
		privacy_level: 2,
		entity_type: type,
		entity_metadata: body.object('entity_metadata') ?? before['entity_metadata']
	};
	body.done();
	return read;
}

function create(call: Call): JsonObject {
	const guild = guildFor(call, Bits.CreateEvents);
	const blank = {
		name: '',
		description: null,
		channel_id: null,
		scheduled_start_time: '',
		scheduled_end_time: null,
		entity_type: 2,
		entity_metadata: null
	};
	const read = fields(call, blank);
	if (read['entity_type'] !== external && !guild.channels.has(String(read['channel_id']))) throw refuse(10003);
	const event: JsonObject = {
		id: call.world.ids.next(),
		guild_id: guild.id,
		creator_id: call.actorId,
		creator: partialUserView(call.actor.user),
		image: null,
		status: scheduled,
		entity_id: null,
		recurrence_rule: null,
		guild_scheduled_event_exceptions: [],
		...read
	};
	guild.scheduledEvents.set(String(event['id']), event);
	call.discord.dispatcher.guild(guild, 'GUILD_SCHEDULED_EVENT_CREATE', event);
	auditCall(call, guild, {
		type: AuditLogEvent.GuildScheduledEventCreate,
		targetId: String(event['id']),
		changes: created({ name: event['name'] })
	});
	return event;
}

/** One's own events need the right to create them, others the right to manage. */
function managed(call: Call): { guild: Guild; event: JsonObject } {
	const event = find(call, guildFor(call));
	return { event, guild: guildFor(call, event['creator_id'] === call.actorId ? Bits.CreateEvents : Bits.ManageEvents) };
}

function edit(call: Call): JsonObject {
	const { guild, event } = managed(call);
	const status = call.body.integer('status', scheduled, cancelled);
	const from = Number(event['status']);
	if (status !== undefined && status !== from && !(next[from] ?? []).includes(status)) throw refuse(180_000);
	const before = { ...event };
	Object.assign(event, fields(call, event), status === undefined ? {} : { status });
	call.discord.dispatcher.guild(guild, 'GUILD_SCHEDULED_EVENT_UPDATE', event);
	auditCall(call, guild, {
		type: AuditLogEvent.GuildScheduledEventUpdate,
		targetId: String(event['id']),
		changes: changesBetween(before, event)
	});
	return event;
}

function remove(call: Call): Reply {
	const { guild, event } = managed(call);
	guild.scheduledEvents.delete(String(event['id']));
	call.discord.dispatcher.guild(guild, 'GUILD_SCHEDULED_EVENT_DELETE', event);
	auditCall(call, guild, {
		type: AuditLogEvent.GuildScheduledEventDelete,
		targetId: String(event['id']),
		changes: changesBetween({ name: event['name'] }, {})
	});
	return noContent;
}

function users(call: Call): JsonObject[] {
	const guild = guildFor(call);
	const event = find(call, guild);
	const ids = [...followers(call, event)].slice(0, call.limit('limit', 100, 1, 100));
	return ids.flatMap((id) => {
		const user = call.world.users.get(id);
		if (user === undefined) return [];
		return [{ guild_scheduled_event_id: String(event['id']), user_id: id, user: partialUserView(user), response: 1 }];
	});
}

function follow(call: Call, on: boolean): Reply {
	const guild = guildFor(call);
	const event = find(call, guild);
	const known = followers(call, event);
	if (known.has(call.actorId) === on) return noContent;
	if (on) known.add(call.actorId);
	else known.delete(call.actorId);
	const data = { guild_scheduled_event_id: String(event['id']), user_id: call.actorId, guild_id: guild.id };
	call.discord.dispatcher.guild(guild, on ? 'GUILD_SCHEDULED_EVENT_USER_ADD' : 'GUILD_SCHEDULED_EVENT_USER_REMOVE', data);
	return noContent;
}
