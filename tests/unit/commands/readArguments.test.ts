import { describe, expect, test } from 'vitest';
import {
	boolean,
	choice,
	colour,
	duration,
	integer,
	many,
	number,
	optional,
	rest,
	text,
	timezone,
	withDefault
} from '#lib/commands/options/index.js';
import { BadArgument, type OptionKind, type Options } from '#lib/commands/options/option.js';
import { readTyped } from '#lib/commands/readArguments.js';
import { slashName } from '#lib/commands/slash/slashName.js';
import { Refusal } from '#lib/errors/refusal.js';
import { aLeaf, plainContext } from './support.js';

const read = (options: Options, line: string) => readTyped(aLeaf({ options }), line, ';', plainContext);

async function refusalOf(options: Options, line: string) {
	const error = await read(options, line).then(
		() => null,
		(thrown: unknown) => thrown
	);
	if (!(error instanceof Refusal)) throw new Error(`Expected a refusal for "${line}".`);
	return error.context;
}

describe('arguments of a prefix command', () => {
	test('are taken in the order of the definition, the rest as it was typed', async () => {
		expect(await read({ when: duration(), what: rest() }, '1h30m  buy "two"  eggs\nand milk')).toEqual({
			when: 5_400_000,
			what: 'buy "two"  eggs\nand milk'
		});
	});

	test('in quotes are one argument, also the last one alone', async () => {
		expect(await read({ name: text(), note: rest() }, '"two words" “all of it”')).toEqual({ name: 'two words', note: 'all of it' });
	});

	test('that are left out fall back', async () => {
		expect(await read({ count: withDefault(integer(), 10), note: optional(rest()) }, '')).toEqual({ count: 10, note: null });
	});

	test('a word that no optional one takes is refused as the first one refuses it', async () => {
		const options = { feature: optional(choice(['names', 'seen'])), on: optional(boolean()) };
		expect(await refusalOf(options, 'nmes on')).toMatchObject({ code: 'not-choice-guess', values: { name: 'feature', given: 'nmes' } });
		expect(await refusalOf(options, 'names maybe')).toMatchObject({ code: 'not-boolean', values: { given: 'maybe' } });
	});

	test('what is off can be switched on by its name with two dashes, wherever it stands, but not in words that are meant as they are', async () => {
		const options = { amount: integer(), member: optional(text()), pinned: withDefault(boolean(), false) };
		const pinned = { amount: 5, member: null, pinned: true };
		expect(await read(options, '5 --pinned')).toEqual(pinned);
		expect(await read(options, '--PINNED 5')).toEqual(pinned);
		expect(await read(options, '5 ana --pinned')).toEqual({ ...pinned, member: 'ana' });
		expect(await read(options, '5 ana yes')).toEqual({ ...pinned, member: 'ana' });
		expect((await refusalOf(options, '--pinned'))?.values).toMatchObject({ usage: ';command <amount> [member] [--pinned]' });
		expect(await read({ pinned: withDefault(boolean(), false), note: rest() }, 'no --pinned')).toEqual({ pinned: false, note: '--pinned' });
	});

	test('lose what no database can keep', async () => {
		expect(await read({ note: rest() }, 'a\0b\0')).toEqual({ note: 'ab' });
	});

	test('a word that is no value of an optional one belongs to the next', async () => {
		expect(await read({ count: optional(integer()), note: optional(rest()) }, 'no number here')).toEqual({
			count: null,
			note: 'no number here'
		});
	});

	test('a word that was meant for an optional one, and is no value of it, is refused', async () => {
		const here: OptionKind<string> = {
			...text(),
			parse(typed) {
				if (typed.startsWith('#')) throw new BadArgument('channel-not-found', { given: typed }, true);
				return typed;
			}
		};
		expect(await refusalOf({ x: optional(here), reason: optional(rest()) }, '#nowhere too loud')).toMatchObject({
			code: 'channel-not-found',
			values: { given: '#nowhere' }
		});
	});

	test('a length of time that is too short or too long is refused, and is no reason', async () => {
		const options = { length: optional(duration({ min: 60_000, max: 86_400_000 })), reason: optional(rest()) };
		expect(await refusalOf(options, '30s spam')).toMatchObject({ code: 'duration-too-short' });
		expect(await refusalOf(options, '0m spam')).toMatchObject({ code: 'duration-too-short' });
		expect(await refusalOf(options, '100y')).toMatchObject({ code: 'duration-too-long' });
		expect(await read(options, '3x the same')).toEqual({ length: null, reason: '3x the same' });
	});

	test('a length of time may be said in several words', async () => {
		const options = { length: optional(duration()), days: optional(integer()), reason: optional(rest()) };
		expect(await read(options, '2 days spam')).toEqual({ length: 172_800_000, days: null, reason: 'spam' });
		expect(await read(options, '1 hour and 30 minutes 7 spam')).toEqual({ length: 5_400_000, days: 7, reason: 'spam' });
		expect(await read(options, '3 strikes now')).toEqual({ length: null, days: 3, reason: 'strikes now' });
		expect(await read({ length: duration(), window: duration() }, '1h 30d')).toEqual({ length: 3_600_000, window: 2_592_000_000 });
	});

	test('know whether something follows', async () => {
		const last: OptionKind<string> = { ...text(), parse: (typed, { endsLine }) => `${typed} ${endsLine}` };
		expect(await read({ a: last, b: optional(last) }, 'one')).toEqual({ a: 'one true', b: null });
		expect(await read({ a: last, b: optional(last) }, 'one two')).toEqual({ a: 'one false', b: 'two true' });
	});

	test('take several words where they are one value together, the most that are', async () => {
		const names = ['big', 'big helper'];
		const name: OptionKind<string> = { ...text(), isOneValue: (words) => names.includes(words.toLowerCase()) };
		const options = { name, time: duration() };
		expect(await read(options, 'Big Helper 1h')).toEqual({ name: 'Big Helper', time: 3_600_000 });
		expect(await read(options, 'big 1h')).toEqual({ name: 'big', time: 3_600_000 });
		expect(await read({ name }, 'big helper')).toEqual({ name: 'big helper' });
		expect(await refusalOf(options, 'small helper 1h')).toMatchObject({ code: 'not-duration' });
	});

	test('leave the last word to what must be given', async () => {
		const options = { colour: optional(colour()), name: rest() };
		expect(await read(options, 'red')).toEqual({ colour: null, name: 'red' });
		expect(await read(options, 'red Fox')).toEqual({ colour: 0xed4245, name: 'Fox' });
	});

	test('many values take the rest of the line, each once', async () => {
		expect(await read({ days: many(integer({ min: 1 })) }, '3 1, 3 2')).toEqual({ days: [3, 1, 2] });
	});
});

describe('a refusal', () => {
	test('names what is missing and shows the usage', async () => {
		expect(await refusalOf({ when: duration(), what: rest() }, '5m')).toMatchObject({
			module: 'commands',
			code: 'missing-argument',
			values: { name: 'what', usage: ';command <when> <what…>' }
		});
	});

	test('of a text that is too long says so, and not that its first word is no length of time', async () => {
		const options = { time: optional(duration()), reason: optional(rest({ max: 10 })) };
		expect(await refusalOf(options, 'spam and more spam')).toMatchObject({
			code: 'too-long',
			values: { name: 'reason', max: 10, length: 18 }
		});
	});

	test('says what was too much', async () => {
		expect(await refusalOf({ count: integer() }, '1 2 3')).toMatchObject({ code: 'too-many-arguments', values: { extra: '2 3' } });
		expect(await refusalOf({}, 'now')).toMatchObject({ code: 'no-arguments', values: { extra: 'now' } });
	});

	test.each<[string, Options, string, string]>([
		['no whole number', { x: integer() }, '1.5', 'not-integer'],
		['a number in another notation', { x: number() }, '1e99', 'not-number'],
		['below the least', { x: integer({ min: 1 }) }, '0', 'too-low'],
		['above the most', { x: number({ max: 2 }) }, '2.1', 'too-high'],
		['neither yes nor no', { x: boolean() }, 'maybe', 'not-boolean'],
		['a colour that is none', { x: colour() }, '#12', 'not-colour'],
		['a bare number as a time', { x: duration() }, '10', 'not-duration'],
		['a time among other words', { x: duration() }, '"lounge for 10m"', 'not-duration'],
		['a word with a number in it', { x: duration() }, '3d-printing', 'not-duration'],
		['a time that is too short', { x: duration({ min: 60_000 }) }, '5s', 'duration-too-short'],
		['a time that is too long', { x: duration() }, '400d', 'duration-too-long'],
		['a text that is too long', { x: rest({ max: 3 }) }, 'four', 'too-long'],
		['a word that is no choice', { x: choice(['on', 'off']) }, 'xyzzy', 'not-choice'],
		['a choice with a typo', { x: choice(['names', 'levels']) }, 'nams', 'not-choice-guess'],
		['a zone with a typo', { x: timezone() }, 'Europe/Pariss', 'not-timezone-guess'],
		['too many values', { x: many(integer(), { max: 2 }) }, '1 2 3', 'too-many']
	])('for %s', async (_, options, line, code) => {
		expect(await refusalOf(options, line)).toMatchObject({ code, values: { name: 'x' } });
	});
});

test.each<[string, Options, string, unknown]>([
	['hex', { x: colour() }, '#ff8800', 0xff8800],
	['short hex', { x: colour() }, 'f80', 0xff8800],
	['a name', { x: colour() }, 'Blurple', 0x5865f2],
	['a zone in any case', { x: timezone() }, 'europe/paris', 'Europe/Paris'],
	['a zone with a space', { x: timezone() }, '"america/new york"', 'America/New_York'],
	['yes', { x: boolean() }, 'ON', true],
	['a choice in any case', { x: choice(['Names', 'Seen']) }, 'SEEN', 'Seen'],
	['a negative number', { x: integer() }, '-5', -5],
	['a time in words', { x: duration() }, '"1 day, 2 hours and 30 minutes"', 95_400_000]
])('%s is understood', async (_, options, line, expected) => {
	expect(await read(options, line)).toEqual({ x: expected });
});

test('names of options become names that Discord takes', () => {
	expect(slashName('inDm')).toBe('in_dm');
	expect(slashName('when')).toBe('when');
});
