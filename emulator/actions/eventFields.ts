import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { invalidBody, refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import { requireChannel, requirePermission } from '../state/access.js';
import { ChannelType } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { Json, JsonObject } from '../state/types.js';
import { isoTime } from '../state/world.js';
import { storeImage } from './images.js';

const [stage, voice, external] = [1, 2, 3];

/** A scheduled event that says nothing yet. */
export const blankEvent: JsonObject = {
	name: '',
	description: null,
	image: null,
	channel_id: null,
	scheduled_start_time: '',
	scheduled_end_time: null,
	privacy_level: 2,
	entity_type: voice,
	entity_metadata: null,
	recurrence_rule: null
};

/** What a request makes of a scheduled event: its fields over those from before. */
export function readEvent(call: Call, guild: Guild, id: string, before: JsonObject): JsonObject {
	const { body } = call;
	const type = body.integer('entity_type', stage, external) ?? Number(before['entity_type']);
	const start = body.string('scheduled_start_time');
	const end = body.nullableString('scheduled_end_time');
	const image = storeImage(call, 'image', `guild-events/${id}`);
	const read: JsonObject = {
		name: body.string('name', 1, 100) ?? before['name'] ?? '',
		description: body.nullableString('description', 0, 1000) ?? (body.raw('description') === null ? null : (before['description'] ?? null)),
		image: image === undefined ? (before['image'] ?? null) : image,
		channel_id: type === external ? null : (body.nullableSnowflake('channel_id') ?? before['channel_id'] ?? null),
		scheduled_start_time: start === undefined ? (before['scheduled_start_time'] ?? '') : timeOf(call, 'scheduled_start_time', start),
		scheduled_end_time:
			end === undefined ? (before['scheduled_end_time'] ?? null) : end === null ? null : timeOf(call, 'scheduled_end_time', end),
		privacy_level: 2,
		entity_type: type,
		// Only an event somewhere else has a place of its own; for others it is thrown away.
		entity_metadata: type === external ? (body.object('entity_metadata') ?? before['entity_metadata'] ?? null) : null,
		recurrence_rule: body.raw('recurrence_rule') === undefined ? (before['recurrence_rule'] ?? null) : recurrence(call)
	};
	body.done();
	requirePlace(guild, read);
	return read;
}

/** Discord writes times with microseconds and UTC, however they came. */
function timeOf(call: Call, field: string, text: string): string {
	const at = Date.parse(text);
	if (!Number.isNaN(at)) return isoTime(at);
	call.body.fault(field, 'DATE_TIME_TYPE_PARSE', `Could not parse ${text}. Should be ISO8601.`);
	return text;
}

/** https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object */
function recurrence(call: Call): JsonObject | null {
	const rule = call.body.object('recurrence_rule');
	if (rule === undefined) return null;
	const list = (key: string): Json => rule[key] ?? null;
	return {
		start: timeOf(call, 'recurrence_rule.start', String(rule['start'])),
		end: null,
		frequency: rule['frequency'] ?? null,
		interval: rule['interval'] ?? 1,
		by_weekday: list('by_weekday'),
		by_n_weekday: list('by_n_weekday'),
		by_month: list('by_month'),
		by_month_day: list('by_month_day'),
		by_year_day: null,
		count: null
	};
}

/** https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-object-field-requirements-by-entity-type */
function requirePlace(guild: Guild, event: JsonObject): void {
	const required = [{ code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }];
	if (event['entity_type'] === external) {
		if (event['scheduled_end_time'] === null) throw invalidBody({ scheduled_end_time: required });
		if (event['entity_metadata'] === null) throw invalidBody({ entity_metadata: required });
		return;
	}
	if (event['channel_id'] === null) throw invalidBody({ channel_id: required });
	const channel = guild.channels.get(String(event['channel_id']));
	if (channel === undefined) throw refuse(10003);
	const wanted = event['entity_type'] === stage ? ChannelType.GuildStageVoice : ChannelType.GuildVoice;
	if (channel.type !== wanted) throw refuse(50024);
}

/**
 * Refuses who may not make or change an event: `bit` is CREATE_EVENTS or MANAGE_EVENTS, in its channel if it has one.
 * https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-permissions-requirements
 */
export function requireEventPowers(call: Call, guild: Guild, event: JsonObject, bit: bigint): void {
	if (event['entity_type'] === external) {
		requirePermission(call.world, call.actorId, guild, bit);
		return;
	}
	const channel = requireChannel(call.world, String(event['channel_id']), call.actorId);
	const around = event['entity_type'] === stage ? Bits.ManageChannels | Bits.MuteMembers | Bits.MoveMembers : Bits.Connect;
	requirePermission(call.world, call.actorId, channel, bit | around);
}
