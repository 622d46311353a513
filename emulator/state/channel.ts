import type { Message } from './message.js';
import type { JsonObject, Overwrite, Snowflake } from './types.js';

/** The channel types of Discord that the emulator knows. */
export const ChannelType = {
	GuildText: 0,
	Dm: 1,
	GuildVoice: 2,
	GroupDm: 3,
	GuildCategory: 4,
	GuildAnnouncement: 5,
	AnnouncementThread: 10,
	PublicThread: 11,
	PrivateThread: 12,
	GuildStageVoice: 13,
	GuildForum: 15,
	GuildMedia: 16
} as const;

export interface ThreadMetadata {
	archived: boolean;
	auto_archive_duration: number;
	archive_timestamp: string;
	locked: boolean;
	invitable?: boolean;
	create_timestamp: string | null;
}

/** A channel, thread or direct message, with what was said in it. */
export class Channel {
	name = '';
	topic: string | null = null;
	position = 0;
	parentId: Snowflake | null = null;
	overwrites: Overwrite[] = [];
	nsfw = false;
	slowmode = 0;
	bitrate = 64_000;
	userLimit = 0;
	rtcRegion: string | null = null;
	videoQualityMode = 1;
	status: string | null = null;
	flags = 0;
	lastMessageId: Snowflake | null = null;
	lastPin: string | null = null;
	defaultAutoArchiveDuration: number | null = null;
	defaultThreadSlowmode = 0;
	availableTags: JsonObject[] = [];
	appliedTags: Snowflake[] = [];
	defaultReaction: JsonObject | null = null;
	defaultSortOrder: number | null = null;
	defaultForumLayout = 0;
	/** People of a direct message. */
	recipients: Snowflake[] = [];
	/** Threads only. */
	ownerId: Snowflake | null = null;
	thread: ThreadMetadata | null = null;
	messageCount = 0;
	totalMessages = 0;
	readonly threadMembers = new Map<Snowflake, { join_timestamp: string; flags: number }>();
	/** Oldest first. */
	readonly messages = new Map<Snowflake, Message>();
	/** When each person last spoke, for slow mode. */
	readonly lastSpoke = new Map<Snowflake, number>();
	/** When the name or topic was changed lately. */
	renames: number[] = [];
	/** Permission answers by user, dropped when the guild's revision moves. */
	permissionCache: { revision: number; byUser: Map<string, bigint> } = { revision: -1, byUser: new Map() };

	constructor(
		readonly id: Snowflake,
		public type: number,
		readonly guildId: Snowflake | null
	) {}

	get isThread(): boolean {
		return this.type >= 10 && this.type <= 12;
	}

	get isDm(): boolean {
		return this.type === ChannelType.Dm || this.type === ChannelType.GroupDm;
	}

	get isVoice(): boolean {
		return this.type === ChannelType.GuildVoice || this.type === ChannelType.GuildStageVoice;
	}

	/** Where people can write. https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
	get isTextBased(): boolean {
		return this.type !== ChannelType.GuildCategory && this.type !== ChannelType.GuildForum && this.type !== ChannelType.GuildMedia;
	}
}
