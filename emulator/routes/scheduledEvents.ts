import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween, created } from '../actions/audit.js';
import { blankEvent, readEvent, requireEventPowers } from '../actions/eventFields.js';
import { keepTime } from '../actions/eventTimes.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { canView, permissionsOf } from '../state/access.js';
import type { Guild } from '../state/guild.js';
import { compareSnowflakes } from '../state/snowflakes.js';
import type { JsonObject } from '../state/types.js';
import { memberView, partialUserView } from '../views/user.js';
import { guildFor } from './guildAccess.js';

const [scheduled, active, completed, cancelled] = [1, 2, 3, 4];
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
	routes.get(path, list);
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

function list(call: Call): JsonObject[] {
	const events = [...guildFor(call).scheduledEvents.values()];
	return events.filter((event) => sees(call, event)).map((event) => view(call, event));
}

/** What takes place in a channel is seen by those who see the channel. */
function sees(call: Call, event: JsonObject): boolean {
	const channel = call.world.channels.get(String(event['channel_id']));
	return channel === undefined || canView(call.world, call.actorId, channel);
}

function find(call: Call, guild: Guild): JsonObject {
	const event = guild.scheduledEvents.get(call.param('eventId'));
	if (event === undefined || !sees(call, event)) throw refuse(10070);
	return event;
}

function followers(call: Call, event: JsonObject): Set<string> {
	const id = String(event['id']);
	const known = call.world.eventFollowers.get(id) ?? new Set<string>();
	call.world.eventFollowers.set(id, known);
	return known;
}

function view(call: Call, event: JsonObject): JsonObject {
	return call.flag('with_user_count') ? { ...event, user_count: followers(call, event).size } : event;
}

const mostOpen = 100;

function requireRoom(guild: Guild): void {
	const open = [...guild.scheduledEvents.values()].filter(({ status }) => status === scheduled || status === active);
	if (open.length >= mostOpen) throw refuse(30038);
}

function create(call: Call): JsonObject {
	const guild = guildFor(call);
	const id = call.world.ids.next();
	const read = readEvent(call, guild, id, blankEvent);
	requireEventPowers(call, guild, read, Bits.CreateEvents);
	requireRoom(guild);
	const event: JsonObject = {
		id,
		guild_id: guild.id,
		creator_id: call.actorId,
		creator: partialUserView(call.actor.user),
		status: scheduled,
		entity_id: null,
		guild_scheduled_event_exceptions: [],
		...read
	};
	guild.scheduledEvents.set(id, event);
	keepTime(call.discord, guild, event);
	call.discord.dispatcher.guild(guild, 'GUILD_SCHEDULED_EVENT_CREATE', event);
	const { name, description, status, entity_type, channel_id, privacy_level } = event;
	auditCall(call, guild, {
		type: AuditLogEvent.GuildScheduledEventCreate,
		targetId: id,
		changes: created({ name, description, status, entity_type, channel_id, privacy_level })
	});
	return event;
}

/** One's own events need the right to create or to manage them, others the right to manage. */
function managed(call: Call): { guild: Guild; event: JsonObject } {
	const guild = guildFor(call);
	const event = find(call, guild);
	const isOwn = event['creator_id'] === call.actorId;
	const mayCreate = (permissionsOf(call.world, guild, call.actorId) & Bits.CreateEvents) !== 0n;
	requireEventPowers(call, guild, event, isOwn && mayCreate ? Bits.CreateEvents : Bits.ManageEvents);
	return { event, guild };
}

function edit(call: Call): JsonObject {
	const { guild, event } = managed(call);
	const status = call.body.integer('status', scheduled, cancelled);
	const from = Number(event['status']);
	const isOver = from === completed || from === cancelled;
	if (isOver || (status !== undefined && status !== from && !(next[from] ?? []).includes(status))) throw refuse(180_000);
	const before = { ...event };
	const after = readEvent(call, guild, String(event['id']), event);
	if (after['channel_id'] !== event['channel_id'] || after['entity_type'] !== event['entity_type'])
		requireEventPowers(call, guild, after, Bits.CreateEvents);
	Object.assign(event, after, status === undefined ? {} : { status });
	keepTime(call.discord, guild, event);
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

/** In the order of their ids; `before` goes above `after`. */
function users(call: Call): JsonObject[] {
	const guild = guildFor(call);
	const event = find(call, guild);
	const { before, after } = call.query;
	const limit = call.limit('limit', 100, 1, 100);
	const sorted = [...followers(call, event)].sort(compareSnowflakes);
	const older = before === undefined ? null : sorted.filter((id) => compareSnowflakes(id, before) < 0).slice(-limit);
	const ids = older ?? sorted.filter((id) => compareSnowflakes(id, after ?? '0') > 0).slice(0, limit);
	return ids.flatMap((id) => {
		const user = call.world.users.get(id);
		const member = call.flag('with_member') ? guild.members.get(id) : undefined;
		if (user === undefined) return [];
		const about = { guild_scheduled_event_id: String(event['id']), user_id: id, user: partialUserView(user), response: 1 };
		return [member === undefined ? about : { ...about, member: memberView(member) }];
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
