import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { Emoji, Json, JsonObject, Role, VoiceState } from '../state/types.js';
import type { World } from '../state/world.js';
import { channelView } from './channel.js';
import { memberView, partialUserView } from './user.js';

export function roleView(role: Role): JsonObject {
	return { ...role, colors: { ...role.colors } };
}

export function emojiView(emoji: Emoji): JsonObject {
	return { ...emoji, user: partialUserView(emoji.user) };
}

export function voiceStateView(guild: Guild, state: VoiceState): JsonObject {
	const member = guild.members.get(state.user_id);
	return { ...state, ...(member === undefined ? {} : { member: memberView(member) }) };
}

/** What `GET /guilds/:g` answers and GUILD_UPDATE carries. */
export function guildView(guild: Guild): JsonObject {
	return {
		id: guild.id,
		name: guild.name,
		icon: guild.icon,
		description: guild.description,
		home_header: null,
		splash: guild.splash,
		hub_type: null,
		discovery_splash: guild.discoverySplash,
		features: guild.features,
		banner: guild.banner,
		owner_id: guild.ownerId,
		application_id: null,
		region: 'deprecated',
		afk_channel_id: guild.afkChannelId,
		afk_timeout: guild.afkTimeout,
		system_channel_id: guild.systemChannelId,
		system_channel_flags: guild.systemChannelFlags,
		widget_enabled: guild.widgetEnabled,
		widget_channel_id: guild.widgetChannelId,
		verification_level: guild.verificationLevel,
		roles: [...guild.roles.values()].map(roleView),
		default_message_notifications: guild.defaultMessageNotifications,
		mfa_level: guild.mfaLevel,
		explicit_content_filter: guild.explicitContentFilter,
		max_presences: null,
		max_members: 500_000,
		max_stage_video_channel_users: 50,
		max_video_channel_users: 25,
		vanity_url_code: guild.vanityCode,
		premium_tier: guild.premiumTier,
		premium_subscription_count: guild.boosts,
		preferred_locale: guild.preferredLocale,
		rules_channel_id: guild.rulesChannelId,
		safety_alerts_channel_id: guild.safetyAlertsChannelId,
		public_updates_channel_id: guild.publicUpdatesChannelId,
		premium_progress_bar_enabled: guild.premiumProgressBar,
		nsfw: guild.nsfwLevel === 1 || guild.nsfwLevel === 3,
		nsfw_level: guild.nsfwLevel,
		emojis: [...guild.emojis.values()].map(emojiView),
		stickers: [...guild.stickers.values()],
		incidents_data: guild.incidents
	};
}

/** What a gateway session is told with GUILD_CREATE. */
export function guildCreateView(
	world: World,
	guild: Guild,
	viewer: { id: string; sees: (channel: Channel) => boolean; allMembers: boolean; largeThreshold: number }
): JsonObject {
	const channels: Json[] = [];
	for (const channel of guild.channels.values()) channels.push(channelView(world, channel));
	const threads: Json[] = [];
	for (const thread of guild.threads.values()) {
		if (thread.thread?.archived === false && viewer.sees(thread)) threads.push(channelView(world, thread));
	}
	const own = guild.members.get(viewer.id);
	return {
		...guildView(guild),
		joined_at: own?.joined_at ?? world.now(),
		large: guild.members.size > viewer.largeThreshold,
		unavailable: false,
		member_count: guild.members.size,
		voice_states: [...guild.voiceStates.values()].map((state) => ({ ...state })),
		members: membersFor(guild, viewer),
		channels,
		threads,
		presences: viewer.allMembers ? [...guild.presences.values()] : [],
		stage_instances: [...guild.stageInstances.values()],
		guild_scheduled_events: [...guild.scheduledEvents.values()],
		soundboard_sounds: []
	};
}

/**
 * Without the presence intent a bot is told only of itself and of people in voice.
 * https://discord.com/developers/docs/events/gateway-events#guild-create
 */
function membersFor(guild: Guild, viewer: { id: string; allMembers: boolean; largeThreshold: number }): Json[] {
	const views: Json[] = [];
	if (viewer.allMembers && guild.members.size <= viewer.largeThreshold) {
		for (const member of guild.members.values()) views.push(memberView(member));
		return views;
	}
	for (const id of new Set([viewer.id, ...guild.voiceStates.keys()])) {
		const member = guild.members.get(id);
		if (member !== undefined) views.push(memberView(member));
	}
	return views;
}
