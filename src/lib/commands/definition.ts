import type { PermissionsString } from 'discord.js';
import type { CommandContext } from './context/commandContext.js';
import type { ArgsOf, Options } from './options/option.js';

export type Where = 'guild' | 'dm' | 'both';

/** Where a command stands in the slash list (`root name`, `root group name`), or the reason why it has no slash form. */
export type SlashPlace = string | { readonly none: string };

export interface LeafPermissions {
	/** What the caller must hold in the channel, for real or by a fake permission. */
	readonly member?: readonly PermissionsString[];
	/** What the bot needs beyond seeing the channel and answering in it. */
	readonly bot?: readonly PermissionsString[];
	/** The command asks for these itself, in the channel that somebody names: where it is called they do not count. */
	readonly elsewhere?: boolean;
	/** For the owner of the server alone; no permission stands in for it, neither a real nor a fake one. */
	readonly guildOwner?: boolean;
	/** For the people who run this bot. Gives no right in anybody's server. */
	readonly staff?: 'staff' | 'owner';
}

/** `normal` or `expensive` as in the house rules, or one bucket of its own. */
export type Cooldown =
	| 'normal'
	| 'expensive'
	| { readonly uses: number; readonly seconds: number; readonly scope: 'member' | 'channel' | 'guild' | 'user' };

/** What a person can call: one definition for prefix and slash. Its sentences lie in the module's language file. */
export interface LeafInput<O extends Options, W extends Where> {
	readonly name: string;
	/** Whole paths of one to three words. */
	readonly aliases?: readonly string[];
	/** In the order in which a prefix command takes them. */
	readonly options?: O;
	/** Default: `guild`. */
	readonly where?: W;
	/** Whether a deferred answer can be seen by others. Default: `public`. */
	readonly answer?: 'public' | 'private';
	readonly permissions?: LeafPermissions;
	readonly cooldown?: Cooldown;
	/** It keeps something about the caller himself: refused to whom has disagreed to that. */
	readonly stores?: boolean;
	/** Of a command that `stores`: whether a call only takes away what is kept about the caller. That is refused to nobody. */
	takesAway?(args: ArgsOf<O>): boolean;
	readonly slash: SlashPlace;
	/** A slash root of its own besides, for the few most used commands. */
	readonly alsoRoot?: string;
	/** Left out of the help list; still found by its name. */
	readonly hidden?: boolean;
	run(context: CommandContext<W>, args: ArgsOf<O>): Promise<unknown>;
}

export interface CommandInput<O extends Options, W extends Where> extends LeafInput<O, W> {
	/** `<module>.<command>`: the key of disable, restrict, help, cooldown and metrics; never changes. */
	readonly id: string;
}

/** A definition whose types are settled: what the kit itself works with. */
export interface AnyLeaf extends Omit<LeafInput<Options, Where>, 'run' | 'takesAway'> {
	takesAway?(args: Readonly<Record<string, unknown>>): boolean;
	run(context: CommandContext, args: Readonly<Record<string, unknown>>): Promise<unknown>;
}

export interface AnyCommand extends AnyLeaf {
	readonly id: string;
}

/** A leaf of a group; made by {@link sub}. */
export interface Sub extends AnyLeaf {
	readonly kind: 'sub';
}

export interface SubGroup {
	readonly kind: 'group';
	readonly aliases?: readonly string[];
	/** Words that stand for it without the group around it: `roleall` for `role all`. */
	readonly ownWords?: readonly string[];
	readonly default?: Sub;
	readonly subcommands: Readonly<Record<string, SubInGroup>>;
}

export interface GroupInput {
	readonly id: string;
	readonly name: string;
	/** Other words for the group itself: each leaf can be called below them. */
	readonly aliases?: readonly string[];
	/** What the bare group does by prefix; by slash it is reached by its own name. */
	readonly default?: Sub;
	readonly subcommands: Readonly<Record<string, SubInGroup | SubGroup>>;
}

/** A leaf in a group takes its name from its key. */
export type SubInGroup = Omit<Sub, 'name'>;

export function sub<const O extends Options = Record<never, never>, W extends Where = 'guild'>(input: LeafInput<O, W>): Sub;
export function sub<const O extends Options = Record<never, never>, W extends Where = 'guild'>(
	input: Omit<LeafInput<O, W>, 'name'>
): SubInGroup;
export function sub(input: object): object {
	return { ...input, kind: 'sub' };
}

export function subgroup(input: Omit<SubGroup, 'kind'>): SubGroup {
	return { ...input, kind: 'group' };
}
