import { UserError } from '@sapphire/framework';
import type { SentenceValues } from '#lib/core/outcome.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import { type DiscordSentence, discordSentence } from './discordCodes.js';

/** What a person is told about an error. */
export type Decision =
	/** Nothing, by prefix; an interaction has to be answered all the same. */
	| { readonly kind: 'silent' }
	| { readonly kind: 'refusal'; readonly module: string; readonly code: string; readonly values: SentenceValues; readonly silent: boolean }
	| { readonly kind: 'discord'; readonly sentence: DiscordSentence }
	| { readonly kind: 'storage-away' }
	/** Not foreseen: kept under a code. */
	| { readonly kind: 'unexpected' };

/** Sapphire's own refusals that say the same as one of ours. Anything else of it is a fault in how we use it. */
const ofSapphire = new Map<string, { readonly module: string; readonly code: string }>([
	['preconditionGuildOnly', { module: 'commands', code: 'guild-only' }],
	['preconditionDmOnly', { module: 'commands', code: 'dm-only' }],
	['messageSubcommandNoMatch', { module: 'errors', code: 'no-such-command' }],
	['chatInputSubcommandNoMatch', { module: 'errors', code: 'command-gone' }],
	['subcommandNotFound', { module: 'errors', code: 'no-such-command' }]
]);

/** Pure: what an error means for the person who caused it. */
export function decide(error: unknown): Decision {
	if (error instanceof UserError) {
		const known = contextOf(error) ?? ofSapphire.get(error.identifier);
		return known === undefined ? { kind: 'unexpected' } : { kind: 'refusal', values: {}, silent: false, ...known };
	}
	if (isStorageAway(error)) return { kind: 'storage-away' };
	const sentence = discordSentence(error);
	if (sentence === 'silent') return { kind: 'silent' };
	return sentence === null ? { kind: 'unexpected' } : { kind: 'discord', sentence };
}

/** The refusal inside a UserError: thrown by a piece, or handed back by a precondition. */
function contextOf(error: UserError) {
	const context: unknown = error.context;
	if (typeof context !== 'object' || context === null) return undefined;
	const { module, code, values, silent }: { module?: unknown; code?: unknown; values?: unknown; silent?: unknown } = context;
	if (typeof module !== 'string' || typeof code !== 'string') return undefined;
	return { module, code, values: isValues(values) ? values : {}, silent: silent === true };
}

function isValues(values: unknown): values is SentenceValues {
	return (
		typeof values === 'object' &&
		values !== null &&
		Object.values(values).every((value) => typeof value === 'string' || typeof value === 'number')
	);
}
