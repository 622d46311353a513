/** One of a server's own words as somebody named it. */
export interface OwnCall {
	readonly word: string;
	/** What it stands for, with what was typed after the word. */
	readonly call: string;
	/** True when something was typed after it. */
	readonly goesOn: boolean;
}

/** A server's own words for commands. */
export interface OwnWords {
	readonly words: readonly string[];
	/** Null for a line that begins with none of them, or with one whose command is gone. */
	callOf(line: string): OwnCall | null;
}

export const noOwnWords: OwnWords = { words: [], callOf: () => null };
