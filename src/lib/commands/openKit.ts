import type { Clock } from '#lib/core/clock.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import type { Languages } from '#lib/i18n/languages.js';
import { chooseLocale } from '#lib/i18n/locale.js';
import { CommandIndex } from './commandIndex.js';
import { Cooldowns } from './guards/cooldowns.js';
import { GuardPolicies } from './guards/policies.js';
import type { CommandKit } from './kit.js';
import { SlashIndex } from './slash/slashIndex.js';

export const DEFAULT_PREFIX = ';';

export interface KitParts {
	readonly clock: Clock;
	readonly keyValue: KeyValue;
	readonly languages: Languages;
	readonly ownerIds: readonly string[];
	readonly staffIds: readonly string[];
	readonly onRun: CommandKit['onRun'];
}

/** The kit before any command is loaded: modules then set prefixes and locale and register their policies. */
export function openKit({ clock, keyValue, languages, ownerIds, staffIds, onRun }: KitParts): CommandKit {
	return {
		clock,
		languages,
		policies: new GuardPolicies(),
		cooldowns: new Cooldowns(keyValue, clock),
		staff: { owners: new Set(ownerIds), staff: new Set(staffIds) },
		prefixes: () => [DEFAULT_PREFIX],
		locale: ({ interaction, guildLocale }) => chooseLocale({ interaction, guild: guildLocale }, languages.locales),
		index: new CommandIndex([], []),
		slash: new SlashIndex([], new Map()),
		afterRun: async () => undefined,
		onRun
	};
}
