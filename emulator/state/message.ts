import type { Attachment, EmojiRef, JsonObject, Snowflake, User } from './types.js';

export interface Reaction {
	emoji: EmojiRef;
	users: Set<Snowflake>;
}

/** A message as kept; `views/message.ts` writes it for the wire. */
export interface Message {
	id: Snowflake;
	channelId: Snowflake;
	guildId: Snowflake | null;
	type: number;
	author: User;
	webhookId: Snowflake | null;
	applicationId: Snowflake | null;
	content: string;
	timestamp: string;
	editedTimestamp: string | null;
	tts: boolean;
	mentionEveryone: boolean;
	mentions: User[];
	mentionRoles: Snowflake[];
	attachments: Attachment[];
	embeds: JsonObject[];
	components: JsonObject[];
	flags: number;
	pinned: boolean;
	nonce: string | number | null;
	reference: JsonObject | null;
	snapshots: JsonObject[] | null;
	referencedId: Snowflake | null;
	reactions: Map<string, Reaction> | null;
	interaction: JsonObject | null;
	interactionMetadata: JsonObject | null;
	stickers: JsonObject[];
	poll: JsonObject | null;
	/** Set for an ephemeral message: the only one who sees it. */
	onlyFor: Snowflake | null;
	threadId: Snowflake | null;
}

/** Default, reply, and the answers to slash commands and context menus. */
const SAID_BY_SOMEBODY: readonly number[] = [0, 19, 20, 23];

/** True for what Discord itself says: joins, pins, boosts. https://discord.com/developers/docs/resources/message#message-object-message-types */
export function isSystem(message: Message): boolean {
	return !SAID_BY_SOMEBODY.includes(message.type);
}

/** Discord's message flags. */
export const MessageFlag = {
	Crossposted: 1 << 0,
	IsCrosspost: 1 << 1,
	SuppressEmbeds: 1 << 2,
	HasThread: 1 << 5,
	Ephemeral: 1 << 6,
	Loading: 1 << 7,
	SuppressNotifications: 1 << 12,
	IsVoiceMessage: 1 << 13,
	HasSnapshot: 1 << 14,
	IsComponentsV2: 1 << 15
} as const;
