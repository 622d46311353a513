import type { Leaf, LeafGroup } from './leaf.js';

/** A line that calls a command: what the parser found in a message. */
export interface Invocation {
	/** As it was typed, without the white space after it. */
	readonly prefix: string;
	readonly leaf: Leaf | null;
	/** The group, when what followed is none of its commands. */
	readonly group: LeafGroup | null;
	/** What follows the command's path. */
	readonly rest: string;
}

declare module '@sapphire/framework' {
	interface MessageCommandContext {
		invocation: Invocation;
	}
}
