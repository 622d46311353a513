import { ApplicationCommandOptionType, ChannelType, type GuildBasedChannel, type User } from 'discord.js';
import { channel, user } from '#lib/commands/options/index.js';
import { type Autocomplete, BadArgument, type OptionKind } from '#lib/commands/options/option.js';
import { type CaseSpan, largestNumber, readCaseSpan } from './domain/caseSpan.js';

/** The number of a case, with or without `#`. */
export function caseNumber(autocomplete: Autocomplete): OptionKind<number> {
	return {
		label: 'integer',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.Integer, min_value: 1, max_value: largestNumber, autocomplete: true },
		parse(typed) {
			const number = Number(typed.replace(/^#/, ''));
			if (!/^#?\d{1,10}$/.test(typed)) throw new BadArgument('not-integer', { given: typed });
			if (number < 1) throw new BadArgument('too-low', { min: 1 });
			if (number > largestNumber) throw new BadArgument('too-high', { max: largestNumber });
			return number;
		},
		autocomplete
	};
}

/** One case, a range of them, or the newest. */
export function caseSpan(autocomplete: Autocomplete): OptionKind<CaseSpan> {
	return {
		label: 'text',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.String, min_length: 1, max_length: 30, autocomplete: true },
		parse: (typed) => readCaseSpan(typed) ?? fail('not-integer', typed),
		autocomplete
	};
}

/** Somebody, unless the word says something else here: a name would be looked for among all members. */
export function userUnless(isOther: (word: string) => boolean): OptionKind<User> {
	const kind = user();
	return { ...kind, parse: (typed, context) => (isOther(typed) ? fail('user-not-found', typed) : kind.parse(typed, context)) };
}

/** A type of cases: other modules bring theirs, so they are known only once the bot runs. */
export function caseType(types: () => readonly string[], autocomplete: Autocomplete): OptionKind<string> {
	return {
		label: 'choice',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.String, min_length: 1, max_length: 40, autocomplete: true },
		parse(typed) {
			const found = findType(typed, types());
			if (found === null) throw new BadArgument('not-choice', { given: typed, values: types().join(', ') });
			return found;
		},
		autocomplete
	};
}

/** `warn`, `warns`, `Warn` */
export function findType(typed: string, types: readonly string[]): string | null {
	const word = typed.toLowerCase();
	return types.find((type) => type === word || `${type}s` === word) ?? null;
}

/** The moderator after the word `by`, and by prefix a type after him. */
export interface By {
	readonly moderator: User;
	readonly type: string | null;
}

export function byModerator(types: () => readonly string[]): OptionKind<By> {
	const kind = user();
	return {
		label: 'user',
		takes: 'rest',
		slash: { type: ApplicationCommandOptionType.User },
		async parse(typed, context) {
			const words = typed.split(/\s+/).filter((word, index) => index > 0 || word.toLowerCase() !== 'by');
			const type = words.length > 1 ? findType(words.at(-1) ?? '', types()) : null;
			const name = (type === null ? words : words.slice(0, -1)).join(' ');
			return { moderator: await kind.parse(name, context), type };
		},
		async resolved(option, context) {
			const moderator = await kind.resolved?.(option, context);
			return { moderator: moderator ?? fail('user-not-found', option.name), type: null };
		}
	};
}

const none: ReadonlySet<string> = new Set(['none', 'off', 'disable', 'remove', 'clear']);

/** A channel that can be written to, or by prefix the word `none`. */
export function logChannel(): OptionKind<GuildBasedChannel | 'none'> {
	const kind = channel(ChannelType.GuildText, ChannelType.GuildAnnouncement);
	return { ...kind, parse: (typed, context) => (none.has(typed.toLowerCase()) ? 'none' : kind.parse(typed, context)) };
}

const nukable = [
	ChannelType.GuildText,
	ChannelType.GuildAnnouncement,
	ChannelType.GuildVoice,
	ChannelType.GuildStageVoice,
	ChannelType.GuildForum
] as const;

/** A channel, of whatever type: which ones can be nuked is told with the reason. By slash only those are offered. */
export function nukedChannel(): OptionKind<GuildBasedChannel> {
	return { ...channel(), slash: channel(...nukable).slash };
}

function fail(code: string, given: string): never {
	throw new BadArgument(code, { given });
}
