import { type Channel, ChannelType } from '../state/channel.js';
import type { Json, JsonObject } from '../state/types.js';
import type { World } from '../state/world.js';
import { partialUserView } from './user.js';

/** A channel, thread or direct message as the API writes it. `viewerId` leaves himself out of the recipients. */
export function channelView(world: World, channel: Channel, viewerId: string | null = null): JsonObject {
	if (channel.isDm) return dmView(world, channel, viewerId);
	if (channel.isThread) return threadView(channel);
	const view: JsonObject = {
		id: channel.id,
		type: channel.type,
		guild_id: channel.guildId,
		name: channel.name,
		position: channel.position,
		parent_id: channel.parentId,
		permission_overwrites: channel.overwrites.map((overwrite) => ({ ...overwrite })),
		flags: channel.flags
	};
	if (channel.type === ChannelType.GuildCategory) return view;
	view['nsfw'] = channel.nsfw;
	view['rate_limit_per_user'] = channel.slowmode;
	view['topic'] = channel.topic;
	view['last_message_id'] = channel.lastMessageId;
	if (channel.isVoice) {
		view['bitrate'] = channel.bitrate;
		view['user_limit'] = channel.userLimit;
		view['rtc_region'] = channel.rtcRegion;
		view['video_quality_mode'] = channel.videoQualityMode;
		return view;
	}
	if (channel.lastPin !== null) view['last_pin_timestamp'] = channel.lastPin;
	if (channel.defaultAutoArchiveDuration !== null) view['default_auto_archive_duration'] = channel.defaultAutoArchiveDuration;
	const isForum = channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia;
	if (isForum || channel.defaultThreadSlowmode !== 0) view['default_thread_rate_limit_per_user'] = channel.defaultThreadSlowmode;
	if (isForum) {
		view['available_tags'] = channel.availableTags;
		view['default_reaction_emoji'] = channel.defaultReaction;
		view['default_sort_order'] = channel.defaultSortOrder;
		view['default_forum_layout'] = channel.defaultForumLayout;
	}
	return view;
}

function dmView(world: World, channel: Channel, viewerId: string | null): JsonObject {
	const recipients: Json[] = [];
	for (const id of channel.recipients) {
		const user = world.users.get(id);
		if (user !== undefined && id !== viewerId) recipients.push(partialUserView(user));
	}
	return { id: channel.id, type: channel.type, last_message_id: channel.lastMessageId, flags: channel.flags, recipients };
}

function threadView(channel: Channel): JsonObject {
	return {
		id: channel.id,
		type: channel.type,
		guild_id: channel.guildId,
		parent_id: channel.parentId,
		owner_id: channel.ownerId,
		name: channel.name,
		last_message_id: channel.lastMessageId,
		rate_limit_per_user: channel.slowmode,
		flags: channel.flags,
		message_count: channel.messageCount,
		total_message_sent: channel.totalMessages,
		member_count: Math.min(channel.threadMembers.size, 50),
		thread_metadata: channel.thread === null ? null : { ...channel.thread },
		...(channel.appliedTags.length > 0 ? { applied_tags: channel.appliedTags } : {})
	};
}
