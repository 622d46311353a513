import { Duration } from '@sapphire/duration';
import { ApplicationCommandOptionType, Colors } from 'discord.js';
import { isVisible } from '#lib/core/text.js';
import { parseDuration } from '#lib/time/duration.js';
import { closest } from '../suggest.js';
import { type Autocomplete, BadArgument, EmptyArgument, type OptionKind } from './option.js';

interface TextLimits {
	readonly min?: number;
	readonly max?: number;
	readonly autocomplete?: Autocomplete;
}

function textKind(label: string, takes: 'word' | 'rest', { min = 1, max = 2000, autocomplete }: TextLimits): OptionKind<string> {
	return {
		label,
		takes,
		slash: {
			type: ApplicationCommandOptionType.String,
			min_length: min,
			max_length: max,
			...(autocomplete && { autocomplete: true })
		},
		parse(text) {
			if (!isVisible(text)) throw new EmptyArgument();
			if (text.length < min) throw new BadArgument('too-short', { min });
			// It is a text, whatever an option before it made of its first word.
			if (text.length > max) throw new BadArgument('too-long', { max, length: text.length }, true);
			return text;
		},
		...(autocomplete && { autocomplete })
	};
}

/** One word, or several in quotes. */
export const text = (limits: TextLimits = {}) => textKind('text', 'word', limits);

/** All that is left of the line, as it was typed. */
export const rest = (limits: TextLimits = {}) => textKind('rest', 'rest', limits);

interface NumberLimits {
	readonly min?: number;
	readonly max?: number;
	readonly autocomplete?: Autocomplete;
}

function numberKind(label: 'integer' | 'number', pattern: RegExp, limits: NumberLimits): OptionKind<number> {
	const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, autocomplete } = limits;
	return {
		label,
		takes: 'word',
		slash: {
			type: label === 'integer' ? ApplicationCommandOptionType.Integer : ApplicationCommandOptionType.Number,
			...(limits.min !== undefined && { min_value: limits.min }),
			...(limits.max !== undefined && { max_value: limits.max }),
			...(autocomplete && { autocomplete: true })
		},
		parse(typed) {
			const value = Number(typed);
			if (!pattern.test(typed) || !Number.isFinite(value)) throw new BadArgument(`not-${label}`, { given: typed });
			if (value < min) throw new BadArgument('too-low', { min });
			if (value > max) throw new BadArgument('too-high', { max });
			return value;
		},
		...(autocomplete && { autocomplete })
	};
}

export const integer = (limits: NumberLimits = {}) => numberKind('integer', /^[+-]?\d{1,15}$/, limits);

export const number = (limits: NumberLimits = {}) => numberKind('number', /^[+-]?\d{1,15}(\.\d{1,10})?$/, limits);

const YES = new Set(['yes', 'y', 'on', 'true', 'enable', '1']);
const NO = new Set(['no', 'n', 'off', 'false', 'disable', '0']);

export function boolean(): OptionKind<boolean> {
	return {
		label: 'boolean',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.Boolean },
		parse(typed) {
			const word = typed.toLowerCase();
			if (YES.has(word)) return true;
			if (NO.has(word)) return false;
			throw new BadArgument('not-boolean', { given: typed });
		}
	};
}

/** One of a few words, in any case. Up to 25, as Discord takes. */
export function choice<const T extends string>(values: readonly T[]): OptionKind<T> {
	return {
		label: 'choice',
		takes: 'word',
		values,
		slash: { type: ApplicationCommandOptionType.String, choices: values.map((value) => ({ name: value, value })) },
		parse(typed) {
			const value = values.find((candidate) => candidate.toLowerCase() === typed.toLowerCase());
			if (value !== undefined) return value;
			const [guess] = closest(typed, values, 1);
			throw guess === undefined
				? new BadArgument('not-choice', { given: typed, values: values.join(', ') })
				: new BadArgument('not-choice-guess', { given: typed, values: values.join(', '), guess });
		}
	};
}

/** Numbers with units and nothing else, such as `1h30m` or `2 days and 4 hours`: "lounge for 10m" is no length of time. */
const LENGTH = /^(?:[+-]?\d*\.?\d+\s*[a-zµμ]+(?:\s*,)?\s*(?:and\s+)?)+$/i;

const longestLength = 50;

/** `2 days`, `1 hour and 30 minutes`: lengths whose first word is a bare number. `1h 30d` are two. */
const SPACED = /^\d+(?:\.\d+)?\s+[a-z]/i;

/** A length of time such as `30m`, `1d12h` or `2 days`, in milliseconds. */
export function duration({ min = 1000, max = 365 * 86_400_000 }: { min?: number; max?: number } = {}): OptionKind<number> {
	return {
		label: 'duration',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.String, min_length: 1, max_length: longestLength },
		isOneValue: (words) => SPACED.test(words) && parseDuration(words) !== null,
		parse(typed) {
			const milliseconds = typed.length <= longestLength && LENGTH.test(typed) ? new Duration(typed).offset : Number.NaN;
			if (!Number.isFinite(milliseconds)) throw new BadArgument('not-duration', { given: typed });
			// Who says 100y means no reason: it would last for good.
			if (milliseconds < min) throw new BadArgument('duration-too-short', { least: asTyped(min) }, true);
			if (milliseconds > max) throw new BadArgument('duration-too-long', { most: asTyped(max) }, true);
			return milliseconds;
		}
	};
}

const UNITS = [
	['d', 86_400_000],
	['h', 3_600_000],
	['m', 60_000],
	['s', 1000]
] as const;

/** A length of time as it would be typed: `1h`, `365d`; in the largest unit that it fills without a rest. */
function asTyped(milliseconds: number): string {
	const [unit, length] = UNITS.find(([, size]) => milliseconds % size === 0) ?? ['s', 1000];
	return `${Math.ceil(milliseconds / length)}${unit}`;
}

const NAMED_COLOURS = new Map(Object.entries(Colors).map(([name, value]) => [name.toLowerCase(), value]));

/** `#ff8800`, `f80`, or one of Discord's colour names; 24 bits. */
export function colour(): OptionKind<number> {
	return {
		label: 'colour',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.String, min_length: 3, max_length: 20 },
		parse(typed) {
			const named = NAMED_COLOURS.get(typed.toLowerCase().replaceAll(/[\s_-]/g, ''));
			if (named !== undefined) return named;
			const hex = /^(?:#|0x)?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(typed)?.[1];
			if (hex === undefined) throw new BadArgument('not-colour', { given: typed });
			return Number.parseInt(hex.length === 3 ? hex.replaceAll(/./g, '$&$&') : hex, 16);
		}
	};
}

const TIME_ZONES: readonly string[] = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

/** A name of the IANA time-zone list, such as `Europe/Paris`. */
export function timezone(): OptionKind<string> {
	return {
		label: 'timezone',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.String, autocomplete: true, max_length: 60 },
		parse(typed) {
			const wanted = typed.replaceAll(' ', '_').toLowerCase();
			const zone = TIME_ZONES.find((name) => name.toLowerCase() === wanted);
			if (zone !== undefined) return zone;
			const [guess] = closest(wanted, TIME_ZONES, 1);
			throw guess === undefined
				? new BadArgument('not-timezone', { given: typed })
				: new BadArgument('not-timezone-guess', { given: typed, guess });
		},
		autocomplete(typed) {
			const wanted = typed.replaceAll(' ', '_').toLowerCase();
			return TIME_ZONES.filter((name) => name.toLowerCase().includes(wanted))
				.slice(0, 25)
				.map((name) => ({ name, value: name }));
		}
	};
}

/** Several values of one kind, up to the end of the line. */
export function many<T>(kind: OptionKind<T>, { max = 25 }: { max?: number } = {}): OptionKind<readonly T[]> {
	return {
		label: kind.label,
		takes: 'many',
		slash: { type: ApplicationCommandOptionType.String, max_length: 4000 },
		async parse(typed, context) {
			const words = typed.split(/[\s,]+/).filter((word) => word.length > 0);
			if (words.length > max) throw new BadArgument('too-many', { max, count: words.length });
			const values: T[] = [];
			for (const word of words) values.push(await kind.parse(word, context));
			return [...new Set(values)];
		}
	};
}
