import type { SeenMessage } from './domain.js';

/** A channel's messages, by REST alone. */
export interface ChannelHistory {
	/** At most `scan` messages before `before` (null: the newest), newest first; it ends at `after`. */
	read(
		channelId: string,
		scan: number,
		range: { readonly before: string | null; readonly after: string | null }
	): Promise<readonly SeenMessage[]>;
	/** 1 to 100 messages, none older than 14 days. Those that are gone count as deleted. */
	deleteTogether(channelId: string, messageIds: readonly string[], reason: string): Promise<void>;
	/** False when it was gone. */
	deleteOne(channelId: string, messageId: string, reason: string): Promise<boolean>;
	/** Takes all reactions from a message. False when it was gone. */
	clearReactions(channelId: string, messageId: string): Promise<boolean>;
}
