import type { Overwrite } from '#lib/core/standing.js';

/** A channel as Discord has it. */
export interface ChannelFacts {
	readonly id: string;
	readonly guildId: string;
	readonly type: number;
	readonly name: string;
	readonly overwrites: readonly Overwrite[];
	/** Seconds. */
	readonly slowmode: number;
	readonly nsfw: boolean;
	/** Of a thread: only who manages threads may write. */
	readonly locked: boolean;
}
