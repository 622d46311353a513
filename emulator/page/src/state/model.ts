import type { APIGuildMember, APIMessage, APIOverwrite, APIRole, APIUser } from 'discord-api-types/v10';

export type User = APIUser;
export type Message = APIMessage;
export type Role = APIRole;

export const ChannelKind = {
	Text: 0,
	Dm: 1,
	Voice: 2,
	Category: 4,
	Announcement: 5,
	AnnouncementThread: 10,
	PublicThread: 11,
	PrivateThread: 12,
	Stage: 13,
	Forum: 15
} as const;

/** A channel, a thread or a direct message, as far as the page needs it. */
export interface Channel {
	id: string;
	type: number;
	guildId: string | null;
	name: string;
	topic: string | null;
	parentId: string | null;
	position: number;
	overwrites: APIOverwrite[];
	recipients: User[];
	archived: boolean;
	locked: boolean;
	slowmode: number;
}

export interface Member {
	user: User;
	nick: string | null;
	avatar: string | null;
	roles: string[];
	premium_since: string | null;
	communication_disabled_until: string | null;
	joined_at: string;
	pending: boolean;
}

export interface VoiceState {
	userId: string;
	channelId: string;
	mute: boolean;
	deaf: boolean;
}

export interface Emoji {
	id: string;
	name: string;
	animated: boolean;
}

export interface Guild {
	id: string;
	name: string;
	icon: string | null;
	ownerId: string;
	systemChannelId: string | null;
	boosts: number;
	unavailable: boolean;
	roles: Map<string, Role>;
	/** Threads too. */
	channels: Map<string, Channel>;
	members: Map<string, Member>;
	voice: Map<string, VoiceState>;
	emojis: Emoji[];
}

/** The wire's form of a channel: what differs between kinds is optional. */
export interface WireChannel {
	id: string;
	type: number;
	guild_id?: string;
	name?: string | null;
	topic?: string | null;
	parent_id?: string | null;
	position?: number;
	permission_overwrites?: APIOverwrite[];
	recipients?: User[];
	rate_limit_per_user?: number;
	thread_metadata?: { archived: boolean; locked?: boolean } | null;
}

export interface WireGuild {
	id: string;
	name: string;
	icon: string | null;
	owner_id: string;
	system_channel_id: string | null;
	premium_subscription_count?: number;
	roles: Role[];
	channels: WireChannel[];
	threads: WireChannel[];
	members: APIGuildMember[];
	voice_states: WireVoiceState[];
	emojis: { id: string; name: string; animated?: boolean }[];
}

export interface WireVoiceState {
	user_id: string;
	channel_id: string | null;
	guild_id?: string;
	mute: boolean;
	deaf: boolean;
	self_mute: boolean;
	self_deaf: boolean;
}

export function readChannel(raw: WireChannel, guildId: string | null = raw.guild_id ?? null): Channel {
	const recipients = raw.recipients ?? [];
	return {
		id: raw.id,
		type: raw.type,
		guildId,
		name: raw.name ?? recipients.map(userName).join(', '),
		topic: raw.topic ?? null,
		parentId: raw.parent_id ?? null,
		position: raw.position ?? 0,
		overwrites: raw.permission_overwrites ?? [],
		recipients,
		archived: raw.thread_metadata?.archived ?? false,
		locked: raw.thread_metadata?.locked ?? false,
		slowmode: raw.rate_limit_per_user ?? 0
	};
}

export function readMember(raw: APIGuildMember): Member {
	return {
		user: raw.user,
		nick: raw.nick ?? null,
		avatar: raw.avatar ?? null,
		roles: raw.roles,
		premium_since: raw.premium_since ?? null,
		communication_disabled_until: raw.communication_disabled_until ?? null,
		joined_at: raw.joined_at ?? '',
		pending: raw.pending ?? false
	};
}

export function readGuild(raw: WireGuild): Guild {
	const channels = [...raw.channels, ...raw.threads].map((channel) => readChannel(channel, raw.id));
	const guild: Guild = {
		id: raw.id,
		name: raw.name,
		icon: raw.icon,
		ownerId: raw.owner_id,
		systemChannelId: raw.system_channel_id,
		boosts: raw.premium_subscription_count ?? 0,
		unavailable: false,
		roles: new Map(raw.roles.map((role) => [role.id, role])),
		channels: new Map(channels.map((channel) => [channel.id, channel])),
		members: new Map(raw.members.map((member) => [member.user.id, readMember(member)])),
		voice: new Map(),
		emojis: raw.emojis.map(({ id, name, animated }) => ({ id, name, animated: animated ?? false }))
	};
	for (const state of raw.voice_states) setVoice(guild, state);
	return guild;
}

export function setVoice(guild: Guild, raw: WireVoiceState): void {
	const { user_id: userId, channel_id: channelId } = raw;
	if (channelId === null) guild.voice.delete(userId);
	else guild.voice.set(userId, { userId, channelId, mute: raw.mute || raw.self_mute, deaf: raw.deaf || raw.self_deaf });
}

/** The name that others read. */
export function userName(user: User): string {
	return user.global_name ?? user.username;
}

export function isThread(channel: Channel): boolean {
	return channel.type >= ChannelKind.AnnouncementThread && channel.type <= ChannelKind.PrivateThread;
}

export function isVoice(channel: Channel): boolean {
	return channel.type === ChannelKind.Voice || channel.type === ChannelKind.Stage;
}
