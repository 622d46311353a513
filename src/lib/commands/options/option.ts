import type { APIApplicationCommandBasicOption, Attachment, Client, CommandInteractionOption, Guild, Message, User } from 'discord.js';
import type { SentenceValues } from '#lib/core/outcome.js';
import type { CommandContext } from '../context/commandContext.js';

/** Where an argument is read: what a kind may look at to make sense of a text. */
export interface ReadContext {
	readonly client: Client<true>;
	readonly guild: Guild | null;
	readonly channelId: string;
	readonly user: User;
	/** The message that called, when it came by prefix. */
	readonly message: Message | null;
	/** Milliseconds since 1970, by the bot's clock. */
	readonly now: number;
	/** Asks the caller which of several things he means. */
	readonly choose: CommandContext['choose'];
	/** By prefix: nothing follows the text on the line. */
	readonly endsLine?: boolean;
}

export interface AutocompleteContext {
	readonly guildId: string | null;
	readonly userId: string;
	readonly locale: string;
	/** What the person has put into the other options so far. */
	readonly others: Readonly<Record<string, string | number | boolean>>;
}

export interface Choice {
	readonly name: string;
	readonly value: string | number;
}

/** Answers at most 25 choices for what was typed so far. */
export type Autocomplete = (typed: string, context: AutocompleteContext) => readonly Choice[] | Promise<readonly Choice[]>;

type Distribute<T> = T extends unknown
	? Omit<T, 'name' | 'description' | 'required' | 'name_localizations' | 'description_localizations'>
	: never;

/** A slash option without its name and description, which come from the language file. */
export type SlashShape = Distribute<APIApplicationCommandBasicOption>;

/** How much of a prefix command's text a kind takes. */
export type Takes = 'word' | 'rest' | 'many' | 'attachment';

/** One kind of argument, with one parser for both flows. */
export interface OptionKind<T> {
	/** Its name in usage and in `commands:kinds.<label>`. */
	readonly label: string;
	readonly takes: Takes;
	readonly slash: SlashShape;
	/** Reads a typed text. Throws {@link BadArgument}. */
	parse(text: string, context: ReadContext): T | Promise<T>;
	/** Reads what Discord already resolved (users, roles, channels, files). Without it `parse` gets the text. */
	resolved?(option: CommandInteractionOption, context: ReadContext): T | Promise<T>;
	/** Reads a file of the message that called. */
	attached?(attachment: Attachment): T;
	readonly autocomplete?: Autocomplete;
	/** By prefix: whether several words together are one value, as in a name that has spaces. */
	isOneValue?(words: string, context: ReadContext): boolean;
	/** The only values it takes, for usage and "did you mean". */
	readonly values?: readonly string[];
}

/** An argument of a command: a kind, and what happens when it is not given. */
export interface Option<T> {
	readonly kind: OptionKind<NonNullable<T>>;
	readonly required: boolean;
	readonly fallback: T | null;
}

export type Options = Readonly<Record<string, OptionKind<unknown> | Option<unknown>>>;

/** The values that `run` gets for its options. */
export type ArgsOf<O extends Options> = {
	readonly [K in keyof O]: O[K] extends Option<infer T> ? T : O[K] extends OptionKind<infer T> ? T : never;
};

export function optional<T extends NonNullable<unknown>>(kind: OptionKind<T>): Option<T | null> {
	return { kind: kind as OptionKind<NonNullable<T | null>>, required: false, fallback: null };
}

export function withDefault<T extends NonNullable<unknown>>(kind: OptionKind<T>, fallback: T): Option<T> {
	return { kind: kind as OptionKind<NonNullable<T>>, required: false, fallback };
}

export function asOption(option: OptionKind<unknown> | Option<unknown>): Option<unknown> {
	return 'kind' in option ? option : { kind: option as OptionKind<NonNullable<unknown>>, required: true, fallback: null };
}

/**
 * A text that is no value of its kind; `code` is a key below `commands:refusals`. `isMeant`: it was meant as one, so that no later option
 * takes it instead.
 */
export class BadArgument extends Error {
	public constructor(
		public readonly code: string,
		public readonly values: SentenceValues = {},
		public readonly isMeant = false
	) {
		super(code);
	}
}

/** A text of which nobody sees anything: as if nothing was given. */
export class EmptyArgument extends BadArgument {
	public constructor() {
		super('missing-argument');
	}
}
