import type { SeenMessage } from './domain.js';

/** A channel's messages, by REST alone. */
export interface ChannelHistory {
	/**
	 * Shows at most `scan` messages before `before` (null: the newest), page by page, newest first. It ends at `after`, and when
	 * `isEnough` says so: each page is a request.
	 */
	read(
		channelId: string,
		scan: number,
		range: { readonly before: string | null; readonly after: string | null },
		isEnough: (page: readonly SeenMessage[]) => boolean
	): Promise<void>;
	/** 1 to 100 messages, none older than 14 days. Those that are gone count as deleted. */
	deleteTogether(channelId: string, messageIds: readonly string[], reason: string): Promise<void>;
	/** False when it was gone. */
	deleteOne(channelId: string, messageId: string, reason: string): Promise<boolean>;
	/** Takes all reactions from a message. False when it was gone. */
	clearReactions(channelId: string, messageId: string): Promise<boolean>;
}
