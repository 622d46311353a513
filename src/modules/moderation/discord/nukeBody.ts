import {
	type APIGuildForumChannel,
	type APIGuildStageVoiceChannel,
	type APIGuildVoiceChannel,
	type APIOverwrite,
	type APITextChannel,
	OverwriteType
} from 'discord.js';
import { type ForumLook, isForum, isTalked, type NukedChannel, type Place, type VoiceLook } from '../domain/nuke.js';

export type AnyChannel = APITextChannel | APIGuildVoiceChannel | APIGuildStageVoiceChannel | APIGuildForumChannel;

export function readPlace({ id, type, name, parent_id, position, last_message_id }: AnyChannel): Place {
	return { id, type, name, parentId: parent_id ?? null, position, hasMessages: (last_message_id ?? null) !== null };
}

export function readChannel(channel: AnyChannel): NukedChannel {
	const overwrites: readonly APIOverwrite[] = channel.permission_overwrites ?? [];
	const { topic, default_auto_archive_duration, default_thread_rate_limit_per_user } = channel as Partial<APITextChannel>;
	return {
		...readPlace(channel),
		guildId: channel.guild_id ?? '',
		overwrites: overwrites.map(({ id, type, allow, deny }) => ({
			id,
			isMember: type === OverwriteType.Member,
			allow: BigInt(allow),
			deny: BigInt(deny)
		})),
		topic: topic ?? null,
		nsfw: channel.nsfw ?? false,
		slowmode: channel.rate_limit_per_user ?? 0,
		archiveAfter: default_auto_archive_duration ?? null,
		threadSlowmode: default_thread_rate_limit_per_user ?? 0,
		voice: isTalked(channel.type) ? readVoice(channel as APIGuildVoiceChannel) : null,
		forum: isForum(channel.type) ? readForum(channel as APIGuildForumChannel) : null
	};
}

function readVoice({ bitrate, user_limit, rtc_region, video_quality_mode }: Partial<APIGuildVoiceChannel>): VoiceLook {
	return { bitrate: bitrate ?? 0, seats: user_limit ?? 0, region: rtc_region ?? null, quality: video_quality_mode ?? null };
}

function readForum(forum: Partial<APIGuildForumChannel>): ForumLook {
	const reaction = forum.default_reaction_emoji ?? null;
	return {
		tags: (forum.available_tags ?? []).map(({ name, moderated, emoji_id, emoji_name }) => ({
			...{ name, moderated, emojiId: emoji_id, emojiName: emoji_name }
		})),
		reaction: reaction === null ? null : { emojiId: reaction.emoji_id, emojiName: reaction.emoji_name },
		order: forum.default_sort_order ?? null,
		layout: forum.default_forum_layout ?? 0
	};
}

export function bodyOf(channel: NukedChannel) {
	const { name, type, topic, nsfw, slowmode, parentId, position, overwrites, archiveAfter, threadSlowmode, voice, forum } = channel;
	return {
		...{ name, type, nsfw, position, parent_id: parentId },
		...(topic !== null && { topic }),
		...(slowmode > 0 && { rate_limit_per_user: slowmode }),
		...(archiveAfter !== null && { default_auto_archive_duration: archiveAfter }),
		...(threadSlowmode > 0 && { default_thread_rate_limit_per_user: threadSlowmode }),
		...(voice !== null && voiceBody(voice)),
		...(forum !== null && forumBody(forum)),
		permission_overwrites: overwrites.map(({ id, isMember, allow, deny }) => ({
			id,
			type: isMember ? OverwriteType.Member : OverwriteType.Role,
			allow: String(allow),
			deny: String(deny)
		}))
	};
}

function voiceBody({ bitrate, seats, region, quality }: VoiceLook) {
	return {
		...(bitrate > 0 && { bitrate }),
		...(seats > 0 && { user_limit: seats }),
		...(region !== null && { rtc_region: region }),
		...(quality !== null && { video_quality_mode: quality })
	};
}

function forumBody({ tags, reaction, order, layout }: ForumLook) {
	return {
		available_tags: tags.map(({ name, moderated, emojiId, emojiName }) => ({
			...{ name, moderated },
			...(emojiId !== null && { emoji_id: emojiId }),
			...(emojiName !== null && { emoji_name: emojiName })
		})),
		...(reaction !== null && { default_reaction_emoji: { emoji_id: reaction.emojiId, emoji_name: reaction.emojiName } }),
		...(order !== null && { default_sort_order: order }),
		...(layout > 0 && { default_forum_layout: layout })
	};
}
