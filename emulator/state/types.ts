/** A decimal id of 17 to 19 digits. */
export type Snowflake = string;

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
	[key: string]: Json | undefined;
}

/** A user as Discord writes him. */
export interface User {
	id: Snowflake;
	username: string;
	discriminator: string;
	global_name: string | null;
	avatar: string | null;
	bot?: boolean;
	system?: boolean;
	banner: string | null;
	accent_color: number | null;
	public_flags: number;
	flags: number;
	avatar_decoration_data: null;
	collectibles: null;
	display_name_styles: null;
	primary_guild: null;
	clan: null;
}

/** Somebody who can log in. */
export interface Account {
	user: User;
	/** What follows `Bot ` for a bot; the whole header for a person. */
	token: string;
	kind: 'bot' | 'user';
	applicationId: Snowflake | null;
	/** People whose direct messages this one refuses. */
	blocked: Set<Snowflake>;
	/** False: refuses direct messages of everybody (50007). */
	acceptsDms: boolean;
	locale: string;
}

export interface Role {
	id: Snowflake;
	name: string;
	description: string | null;
	color: number;
	colors: { primary_color: number; secondary_color: number | null; tertiary_color: number | null };
	hoist: boolean;
	icon: string | null;
	unicode_emoji: string | null;
	position: number;
	permissions: string;
	managed: boolean;
	mentionable: boolean;
	flags: number;
	tags?: JsonObject;
}

/** Bit of a member's flags: AutoMod keeps him from everything until his names break no rule. https://discord.com/developers/docs/resources/guild#guild-member-object-guild-member-flags */
export const QUARANTINED = 1 << 7;

export interface Member {
	user: User;
	nick: string | null;
	avatar: string | null;
	banner: string | null;
	bio: string;
	roles: Snowflake[];
	joined_at: string;
	premium_since: string | null;
	deaf: boolean;
	mute: boolean;
	flags: number;
	pending: boolean;
	communication_disabled_until: string | null;
}

export interface Overwrite {
	id: Snowflake;
	type: 0 | 1;
	allow: string;
	deny: string;
}

export interface EmojiRef {
	id: Snowflake | null;
	name: string;
	animated?: boolean;
}

export interface Emoji {
	id: Snowflake;
	name: string;
	roles: Snowflake[];
	user: User;
	require_colons: boolean;
	managed: boolean;
	animated: boolean;
	available: boolean;
}

export interface Attachment {
	id: Snowflake;
	filename: string;
	title?: string;
	description?: string;
	content_type?: string;
	size: number;
	url: string;
	proxy_url: string;
	width?: number;
	height?: number;
	ephemeral?: boolean;
	flags?: number;
}

export interface VoiceState {
	guild_id: Snowflake;
	channel_id: Snowflake | null;
	user_id: Snowflake;
	session_id: string;
	deaf: boolean;
	mute: boolean;
	self_deaf: boolean;
	self_mute: boolean;
	self_stream: boolean;
	self_video: boolean;
	suppress: boolean;
	request_to_speak_timestamp: string | null;
}
