/** A server that Discord says we are in. */
export interface PresentGuild {
	readonly guildId: string;
	/** When the bot joined, in milliseconds since 1970; null where Discord has not said (an unavailable server). */
	readonly joinedAt: number | null;
}

/** Which servers are told together. Discord: the shard of a server is (id >> 22) % shardCount. */
export interface ServedShard {
	readonly shardCount: number;
	readonly shardId: number;
}

/** What is known of a server and not yet stored. */
export type Presence = { readonly present: true; readonly joinedAt: number } | { readonly present: false; readonly leftAt: number };

/** Data of a server is kept this long after the bot left it, in case it comes back. */
export const leftGuildDays = 30;
