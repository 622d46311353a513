import type { Clock } from '#lib/core/clock.js';
import type { Languages } from '#lib/i18n/languages.js';
import type { CommandIndex } from './commandIndex.js';
import type { CommandContext } from './context/commandContext.js';
import type { Cooldowns } from './guards/cooldowns.js';
import type { GuardPolicies } from './guards/policies.js';
import type { Leaf } from './leaf.js';
import type { SlashIndex } from './slash/slashIndex.js';

/** Which prefixes count for a person in a server; null for a direct message. */
export type PrefixSource = (guildId: string | null, userId: string) => readonly string[] | Promise<readonly string[]>;

/** The language to speak, in the order interaction, user, server. */
export type LocaleSource = (who: {
	interaction: string | null;
	userId: string;
	guildId: string | null;
	guildLocale: string | null;
}) => string | Promise<string>;

/** What the command kit stands on; made in bootstrap, reached by pieces as `container.kit`. */
export interface CommandKit {
	readonly clock: Clock;
	readonly languages: Languages;
	readonly policies: GuardPolicies;
	readonly cooldowns: Cooldowns;
	readonly staff: { readonly owners: ReadonlySet<string>; readonly staff: ReadonlySet<string> };
	prefixes: PrefixSource;
	locale: LocaleSource;
	/** Filled when the commands are loaded. */
	index: CommandIndex;
	slash: SlashIndex;
	/** What is said besides, once a command has run and answered. */
	afterRun(context: CommandContext): Promise<void>;
	/** Told after each run, for metrics and logs. */
	onRun(leaf: Leaf, flow: 'prefix' | 'slash' | 'menu', milliseconds: number): void;
}

declare module '@sapphire/pieces' {
	interface Container {
		kit: CommandKit;
	}
}
