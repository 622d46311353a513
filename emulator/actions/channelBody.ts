import { mayChange } from '../permissions/hierarchy.js';
import { invalidBody, refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import { permissionsOf } from '../state/access.js';
import { type Channel, ChannelType } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject, Overwrite } from '../state/types.js';

const mostInCategory = 50;
/** https://discord.com/developers/docs/resources/channel#channel-object */
const mostTags = 20;
const archiveMinutes = [60, 1440, 4320, 10_080];

/** Puts what a request says into a channel that is new or already there. The caller may manage it. */
export function applyChannelBody(call: Call, guild: Guild, channel: Channel): void {
	const { body } = call;
	const parentId = body.nullableSnowflake('parent_id');
	const name = body.string('name', 1, 100);
	const topic = body.nullableString('topic');
	const overwrites = body.has('permission_overwrites') ? readOverwrites(call, guild, channel) : undefined;
	const numbers = {
		position: body.integer('position', 0),
		slowmode: body.integer('rate_limit_per_user', 0, 21_600),
		bitrate: body.integer('bitrate', 8_000),
		userLimit: body.integer('user_limit', 0),
		videoQualityMode: body.integer('video_quality_mode', 1, 2),
		flags: body.integer('flags', 0),
		defaultThreadSlowmode: body.integer('default_thread_rate_limit_per_user', 0, 21_600),
		defaultForumLayout: body.integer('default_forum_layout', 0, 2)
	};
	const nsfw = body.boolean('nsfw');
	const archive = body.integer('default_auto_archive_duration');
	const tags = body.objects('available_tags');
	const type = body.integer('type');
	if (archive !== undefined && !archiveMinutes.includes(archive))
		body.fault('default_auto_archive_duration', 'BASE_TYPE_CHOICES', `Value must be one of (${archiveMinutes.join(', ')}).`);
	if (tags !== undefined && tags.length > mostTags)
		body.fault('available_tags', 'BASE_TYPE_MAX_LENGTH', `Must be ${mostTags} or fewer in length.`);
	body.done();
	requireBitrate(guild, numbers.bitrate);
	if (parentId) requireParent(guild, channel, parentId);

	if (type !== undefined) channel.type = type;
	if (name !== undefined)
		channel.name = channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement ? textName(name) : name;
	if (topic !== undefined) channel.topic = topic;
	if (nsfw !== undefined) channel.nsfw = nsfw;
	if (parentId !== undefined) channel.parentId = parentId;
	if (overwrites !== undefined) channel.overwrites = overwrites;
	if (archive !== undefined) channel.defaultAutoArchiveDuration = archive;
	if (tags !== undefined) channel.availableTags = tags.map((tag) => tagOf(call, tag));
	if (body.has('rtc_region')) channel.rtcRegion = body.nullableString('rtc_region') ?? null;
	if (body.has('default_sort_order')) channel.defaultSortOrder = body.integer('default_sort_order', 0, 1) ?? null;
	if (body.has('default_reaction_emoji')) channel.defaultReaction = reactionOf(body.object('default_reaction_emoji'));
	for (const [key, value] of Object.entries(numbers)) if (value !== undefined) Object.assign(channel, { [key]: value });
}

/** Names of text channels are small letters without blanks. */
function textName(name: string): string {
	return name.trim().toLowerCase().replaceAll(/\s+/g, '-');
}

function requireBitrate(guild: Guild, bitrate: number | undefined): void {
	const most = [96_000, 128_000, 256_000, 384_000][guild.premiumTier] ?? 96_000;
	if (bitrate === undefined || bitrate <= most) return;
	throw invalidBody({ bitrate: [{ code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${most}.` }] });
}

function requireParent(guild: Guild, channel: Channel, parentId: string): void {
	const parent = guild.channels.get(parentId);
	if (parent?.type !== ChannelType.GuildCategory) {
		throw invalidBody({ parent_id: [{ code: 'CHANNEL_PARENT_INVALID', message: 'Category does not exist' }] });
	}
	const inside = [...guild.channels.values()].filter((other) => other.parentId === parentId && other !== channel);
	if (inside.length < mostInCategory) return;
	throw invalidBody({
		parent_id: [{ code: 'CHANNEL_PARENT_MAX_CHANNELS', message: 'Maximum number of channels in category reached (50)' }]
	});
}

function reactionOf(given: JsonObject | null | undefined): JsonObject | null {
	return given ? { emoji_id: given['emoji_id'] ?? null, emoji_name: given['emoji_name'] ?? null } : null;
}

function tagOf(call: Call, tag: JsonObject): JsonObject {
	const { id, name, moderated, emoji_id, emoji_name } = tag;
	return {
		id: typeof id === 'string' && id !== '' ? id : call.world.ids.next(),
		name: name ?? '',
		moderated: moderated === true,
		emoji_id: emoji_id ?? null,
		emoji_name: emoji_name ?? null
	};
}

/** Overwrites of a body; refuses bits that the caller lacks himself. */
function readOverwrites(call: Call, guild: Guild, channel: Channel): Overwrite[] {
	const held = permissionsOf(call.world, guild, call.actorId);
	const wanted = (call.body.bodies('permission_overwrites') ?? []).map((entry): Overwrite => {
		const type = Number(entry.raw('type')) === 1 ? 1 : 0;
		return { id: String(entry.raw('id')), type, allow: entry.permissions('allow') ?? '0', deny: entry.permissions('deny') ?? '0' };
	});
	call.body.done();
	for (const overwrite of wanted) {
		requireTarget(guild, overwrite);
		requireGrantable(
			held,
			channel.overwrites.find(({ id }) => id === overwrite.id),
			overwrite
		);
	}
	return wanted;
}

export function requireTarget(guild: Guild, { id, type }: Overwrite): void {
	if (type === 0 && !guild.roles.has(id)) throw refuse(10009);
}

export function requireGrantable(held: bigint, before: Overwrite | undefined, after: Overwrite): void {
	const changes =
		mayChange(held, BigInt(before?.allow ?? 0), BigInt(after.allow)) && mayChange(held, BigInt(before?.deny ?? 0), BigInt(after.deny));
	if (!changes) throw refuse(50013);
}
