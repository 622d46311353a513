import { lengthOf, objectsOf, type Rule, repeated, textOf } from './report.js';

const dayMs = 24 * 60 * 60_000;
const longestTimeout = 28 * dayMs;
const [textChannel, voiceChannel, category, announcement, stage, forum] = [0, 2, 4, 5, 13, 15];
const channelOperations = ['create_guild_channel', 'update_channel'];

const typeOf = (type: unknown, given: number | null) => (typeof type === 'number' ? type : (given ?? textChannel));

export const guildRules: readonly Rule[] = [
	{
		name: 'a topic has at most 1024 characters, 4096 in a forum',
		page: 'resources/channel#channel-object-channel-structure',
		operations: channelOperations,
		check(body, report, { channelType }) {
			const most = typeOf(body.type, channelType) >= forum ? 4096 : 1024;
			if (lengthOf(body.topic) <= most) return;
			report.fault('topic', 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
		}
	},
	{
		name: 'names of channels and threads have 1 to 100 characters',
		page: 'resources/channel#modify-channel',
		operations: [...channelOperations, 'create_thread', 'create_thread_from_message'],
		check(body, report) {
			if (typeof body.name !== 'string') return;
			const length = lengthOf(body.name.trim());
			if (length < 1 || length > 100) report.fault('name', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.');
		}
	},
	{
		name: 'slow mode is 0 to 21600 seconds, a voice channel has at most 99 seats and a stage 10000',
		page: 'resources/channel#channel-object-channel-structure',
		operations: channelOperations,
		check(body, report, { channelType }) {
			const within = (key: string, least: number, most: number) => {
				const value = body[key];
				if (typeof value !== 'number' || (value >= least && value <= most)) return;
				const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
				report.fault(key, value < least ? 'NUMBER_TYPE_MIN' : 'NUMBER_TYPE_MAX', `int value should be ${bound}.`);
			};
			within('rate_limit_per_user', 0, 21_600);
			within('user_limit', 0, typeOf(body.type, channelType) === stage ? 10_000 : 99);
			within('bitrate', 8_000, 384_000);
		}
	},
	{
		name: 'a channel keeps its type, but text and announcement may change into each other',
		page: 'resources/channel#modify-channel-json-params-guild-channel',
		operations: ['update_channel'],
		check(body, report, { channelType }) {
			if (typeof body.type !== 'number' || channelType === null || body.type === channelType) return;
			const isPair = [textChannel, announcement].includes(body.type) && [textChannel, announcement].includes(channelType);
			if (!isPair) report.fault('type', 'BASE_TYPE_CHOICES', 'This channel type cannot be changed to that one.');
		}
	},
	{
		name: 'a category lies in no category',
		page: 'resources/channel#channel-object-channel-types',
		operations: channelOperations,
		check(body, report, { channelType }) {
			if (typeOf(body.type, channelType) !== category || !body.parent_id) return;
			report.fault('parent_id', 'CHANNEL_PARENT_INVALID_TYPE', 'Not a category');
		}
	},
	{
		name: 'an overwrite stands once',
		page: 'resources/channel#overwrite-object',
		operations: channelOperations,
		check(body, report) {
			const ids = objectsOf(body.permission_overwrites).map(({ id }) => String(id));
			for (const id of repeated(ids)) {
				report.fault(`permission_overwrites.${ids.lastIndexOf(id)}.id`, 'OVERWRITE_DUPLICATED', 'Duplicate permission overwrite');
			}
		}
	},
	{
		name: 'names and emojis of forum tags',
		page: 'resources/channel#forum-tag-object',
		operations: channelOperations,
		check(body, report) {
			const names = objectsOf(body.available_tags).map(({ name }) => textOf(name));
			for (const [index, name] of names.entries()) {
				if (name !== '' && lengthOf(name) <= 20) continue;
				report.fault(`available_tags.${index}.name`, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 20 in length.');
			}
			if (repeated(names).size > 0) report.refuse(40061);
		}
	},
	{
		name: 'only voice and stage channels have seats and a bit rate',
		page: 'resources/channel#modify-channel-json-params-guild-channel',
		operations: ['update_channel'],
		check(body, report, { channelType }) {
			if (channelType === null || channelType === voiceChannel || channelType === stage) return;
			if (typeof body.bitrate === 'number') report.fault('bitrate', 'BASE_TYPE_CHOICES', 'This field is only for voice channels.');
		}
	},
	{
		name: 'a time-out ends within 28 days',
		page: 'resources/guild#modify-guild-member',
		operations: ['update_guild_member'],
		check(body, report, { now }) {
			const until = Date.parse(textOf(body.communication_disabled_until));
			if (Number.isNaN(until) || until - now <= longestTimeout) return;
			report.fault('communication_disabled_until', 'COMMUNICATION_DISABLED_UNTIL_TOO_LONG', 'Timeout cannot be longer than 28 days');
		}
	},
	{
		name: 'names of emojis have 2 to 32 letters, digits and _',
		page: 'resources/emoji#emoji-object',
		operations: ['create_guild_emoji', 'update_guild_emoji', 'create_application_emoji', 'update_application_emoji'],
		check(body, report) {
			if (typeof body.name !== 'string' || /^\w{2,32}$/.test(body.name)) return;
			report.fault('name', 'STRING_TYPE_REGEX', 'String value did not match validation regex.');
		}
	},
	{
		name: 'pictures are data URIs',
		page: 'reference#image-data',
		operations: [
			'create_guild_emoji',
			'create_application_emoji',
			'create_webhook',
			'update_webhook',
			'update_webhook_by_token',
			'update_guild',
			'update_my_application',
			'update_application',
			'update_my_guild_member',
			'update_my_user',
			'create_guild_role',
			'update_guild_role'
		],
		check(body, report) {
			for (const key of ['image', 'avatar', 'icon', 'banner', 'splash', 'cover_image']) {
				const value = body[key];
				if (typeof value !== 'string' || /^data:image\/(png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/]+=*$/.test(value)) continue;
				report.fault(key, 'IMAGE_INVALID', 'Invalid image data');
			}
		}
	},
	{
		name: 'a scheduled event has a place or a channel, and starts before it ends',
		page: 'resources/guild-scheduled-event#guild-scheduled-event-object-field-requirements-by-entity-type',
		operations: ['create_guild_scheduled_event', 'update_guild_scheduled_event'],
		check(body, report, { now }) {
			const [start, end] = [Date.parse(textOf(body.scheduled_start_time)), Date.parse(textOf(body.scheduled_end_time))];
			if (start < now) report.fault('scheduled_start_time', 'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST', 'Cannot schedule event in the past.');
			if (end <= start) report.fault('scheduled_end_time', 'GUILD_SCHEDULED_EVENT_END_BEFORE_START', 'Event cannot end before its start.');
			if (body.entity_type !== 3) return;
			const place = body.entity_metadata;
			const location = typeof place === 'object' && place !== null && !Array.isArray(place) ? textOf(place.location) : '';
			if (location === '') report.fault('entity_metadata.location', 'BASE_TYPE_REQUIRED', 'This field is required');
			if (!body.scheduled_end_time) report.fault('scheduled_end_time', 'BASE_TYPE_REQUIRED', 'This field is required');
		}
	}
];
