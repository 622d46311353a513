import { type CacheFactory, type GuildMember, Options, type SweeperOptions, type User } from 'discord.js';

export type CacheSize = 'bounded' | 'none';

/** At most this many of each, in each server or channel; the least recently added go first. */
const bounds = { members: 200, users: 20_000, messages: 25, voiceStates: 1000 } as const;

const notKept = {
	AutoModerationRuleManager: 0,
	BaseGuildEmojiManager: 0,
	DMMessageManager: 0,
	GuildBanManager: 0,
	GuildEmojiManager: 0,
	GuildInviteManager: 0,
	GuildScheduledEventManager: 0,
	GuildStickerManager: 0,
	PresenceManager: 0,
	ReactionManager: 0,
	ReactionUserManager: 0,
	StageInstanceManager: 0,
	ThreadMemberManager: 0
} as const;

/**
 * How much of Discord is kept in memory. Servers, channels and roles are always kept: permissions are worked out from them.
 * Everything else is bounded, so that memory follows the number of servers, not of members. `none` keeps as good as nothing,
 * for tests: what is right only while something is cached is not right. discord.js hands the member of a message on by its cache
 * alone, so one has a place there until the next comes.
 */
export function cachesOf(size: CacheSize): CacheFactory {
	const limit = (count: number) => (size === 'bounded' ? count : 0);
	return Options.cacheWithLimits({
		...Options.DefaultMakeCacheSettings,
		...notKept,
		MessageManager: limit(bounds.messages),
		GuildMessageManager: limit(bounds.messages),
		VoiceStateManager: bounds.voiceStates,
		GuildMemberManager: { maxSize: Math.max(limit(bounds.members), 1), keepOverLimit: isOurself },
		UserManager: { maxSize: limit(bounds.users), keepOverLimit: isOurself }
	});
}

function isOurself(entry: GuildMember | User): boolean {
	return entry.id === entry.client.user?.id;
}

/** What grows old although it is within its bounds. Seconds. */
export const sweepers: SweeperOptions = {
	...Options.DefaultSweeperSettings,
	messages: { interval: 300, lifetime: 900 },
	threads: { interval: 3600, lifetime: 4 * 3600 }
};
