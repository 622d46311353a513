import type { Outcome } from '#lib/core/outcome.js';
import type { Bits, Standing } from '#lib/core/standing.js';
import type { Subject } from './domain/layers.js';
import type { ChannelFacts } from './domain/standing.js';

/** Discord as this module reads and changes it. `reason` is for the audit log. */
export interface ChannelDiscord {
	/** As Discord has it now; null when it is gone or in another server. */
	channel(guildId: string, channelId: string): Promise<ChannelFacts | null>;
	/** The channels of a server that can be locked, as they stand in its list. */
	lockable(guildId: string): Promise<readonly string[]>;
	/** Where the bot stands in a server. */
	bot(guildId: string): Promise<Standing>;
	setOverwrite(channelId: string, subject: Subject, bits: Bits, reason: string): Promise<void>;
	/** Bears that there is none. */
	deleteOverwrite(channelId: string, subject: Subject, reason: string): Promise<void>;
	edit(
		channelId: string,
		change: { readonly slowmode?: number; readonly nsfw?: boolean; readonly locked?: boolean },
		reason: string
	): Promise<void>;
}

/** Whether somebody may use a command on a channel that he named: asked there, not where he typed. */
export type ChannelAccess = (request: {
	readonly guildId: string;
	readonly userId: string;
	readonly channelId: string;
	/** The id of the command. */
	readonly command: string;
	/** Whether it is about a message that lies there: who may not read what was written before, by Discord's own rights, has no business with it. */
	readonly inHistory?: boolean;
}) => Promise<Outcome<null, 'no-channel' | 'no-message' | 'not-there'>>;

export type PinRefusal = 'pins-full' | 'system-message' | 'no-message' | 'no-channel' | 'no-pin-permission';

/** Pins of a channel. */
export interface PinDiscord {
	/** Null when there is no such message, or the bot cannot see it. `repliedTo`: the message that it answers. */
	find(channelId: string, messageId: string): Promise<{ readonly pinned: boolean; readonly repliedTo: string | null } | null>;
	/** Null when it is done. */
	pin(channelId: string, messageId: string, reason: string): Promise<PinRefusal | null>;
	unpin(channelId: string, messageId: string, reason: string): Promise<PinRefusal | null>;
}

/** Tells a locked channel, where everybody sees it and the bot may speak; twice for one piece of work brings it once. */
export type LockNotice = (request: {
	readonly guildId: string;
	readonly channelId: string;
	readonly jobId: number;
	readonly reason: string | null;
}) => Promise<void>;
