import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CommandIndex } from '#lib/commands/commandIndex.js';
import { sub } from '#lib/commands/definition.js';
import { type Leaf, leafOf, leavesOf } from '#lib/commands/leaf.js';
import type { OwnWords } from '#lib/commands/ownWords.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { categoriesOf, choicesFor, findTopic, leavesIn } from '#modules/help/catalogue.js';

const run = async () => undefined;
const command = (id: string, name: string, more: object = {}): Leaf => leafOf({ id, name, slash: { none: 'a test' }, run, ...more });
const tea = leavesOf({
	id: 'tea.tea',
	name: 'tea',
	default: sub({ name: 'brew', slash: { none: 'a test' }, run }),
	subcommands: { stop: sub({ slash: { none: 'a test' }, run }) }
});
const index = new CommandIndex(
	[
		...tea.leaves,
		command('misc.ping', 'ping', { aliases: ['p'] }),
		command('misc.secret', 'secret', { hidden: true }),
		command('only.hidden', 'x', { hidden: true })
	],
	[tea.group]
);
const categories = categoriesOf(index, (module) => `The ${module}`);

test('categories are the modules that have a command to show', () => {
	expect(categories).toEqual([
		{ module: 'misc', name: 'The misc' },
		{ module: 'tea', name: 'The tea' }
	]);
	expect(leavesIn(index, 'misc').map((leaf) => leaf.path)).toEqual(['ping']);
});

describe('finding a topic', () => {
	test.each([
		['a command', 'ping', { kind: 'command', leaf: { id: 'misc.ping' } }],
		['an alias', 'p', { kind: 'command', leaf: { id: 'misc.ping' } }],
		['an id', 'misc.ping', { kind: 'command', leaf: { id: 'misc.ping' } }],
		['a hidden command', 'secret', { kind: 'command', leaf: { id: 'misc.secret' } }],
		['a group before its default', 'TEA', { kind: 'group', group: { path: 'tea' } }],
		['a subcommand', 'tea  stop', { kind: 'command', leaf: { path: 'tea stop' } }],
		['a slash before it', '/tea stop', { kind: 'command', leaf: { path: 'tea stop' } }],
		['a prefix before it', '; ping', { kind: 'command', leaf: { id: 'misc.ping' } }],
		['a module', 'misc', { kind: 'category', module: 'misc' }],
		['the name of a category', 'the Misc', { kind: 'category', module: 'misc' }],
		['a category that has the name of a command', 'module: Tea', { kind: 'category', module: 'tea' }]
	])('%s', (_, typed, expected) => {
		expect(findTopic(typed, index, categories)).toMatchObject(expected);
	});

	test('the prefixes of the place are forgiven too, and no letter of a name is taken for one', () => {
		const find = (typed: string) => findTopic(typed, index, categories, { prefixes: ['!', 'P'] });
		expect(find('! ping')).toMatchObject({ kind: 'command', leaf: { id: 'misc.ping' } });
		expect(find('ping')).toMatchObject({ kind: 'command', leaf: { id: 'misc.ping' } });
		expect(find('!!ping')).toMatchObject({ kind: 'unknown' });
	});

	test('an unknown name gets the three that are nearest, the nearest first', () => {
		const guessesFor = (typed: string) => {
			const topic = findTopic(typed, index, categories);
			return topic.kind === 'unknown' ? topic.guesses : [];
		};
		expect(guessesFor('pong')[0]).toBe('ping');
		expect(guessesFor('pign')[0]).toBe('ping');
		expect(guessesFor('tea stpo')[0]).toBe('tea stop');
		for (const typed of ['pong', '', 'constructor']) expect(guessesFor(typed)).toHaveLength(3);
	});
});

test('what is offered while typing: beginnings first, then the rest, 25 at most, nothing hidden', () => {
	expect(choicesFor('t', index, categories).map(({ value }) => value)).toEqual(['tea', 'tea stop', 'module: misc', 'module: tea']);
	expect(choicesFor('op', index, categories).map(({ value }) => value)).toEqual(['tea stop']);
	expect(choicesFor('secret', index, categories)).toEqual([]);
	const many = new CommandIndex(
		Array.from({ length: 60 }, (_, number) => command(`m.c${number}`, `c${number}`)),
		[]
	);
	expect(choicesFor('', many, [])).toHaveLength(25);
});

test('every module with commands has a name for people', () => {
	const languages = loadLanguages();
	const modules = readdirSync(new URL('../../../src/commands/', import.meta.url));
	expect(modules.length).toBeGreaterThan(3);
	expect(modules.filter((module) => !languages.has(`help:categories.${module}`))).toEqual([]);
});

describe('a server’s own words', () => {
	const calls = new Map([
		['chai', 'tea'],
		['halt', 'tea stop'],
		['hot', 'tea stop now'],
		['misc', 'ping 5'],
		['ping', 'tea']
	]);
	const ownWords: OwnWords = {
		words: [...calls.keys()],
		callOf(line) {
			const [word = '', ...after] = line.toLowerCase().split(' ');
			const call = calls.get(word);
			return call === undefined ? null : { word, call: [call, ...after].join(' '), goesOn: after.length > 0 };
		}
	};
	const find = (typed: string) => findTopic(typed, index, categories, { ownWords });

	test.each([
		['for a group', 'chai', { kind: 'group', group: { path: 'tea' }, own: { word: 'chai' } }],
		['for a command', 'halt', { kind: 'command', leaf: { path: 'tea stop' }, own: { word: 'halt' } }],
		['with a prefix before it', ';HALT', { kind: 'command', leaf: { path: 'tea stop' }, own: { word: 'halt' } }],
		['with arguments set beforehand', 'hot', { kind: 'command', leaf: { path: 'tea stop' }, own: { call: 'tea stop now' } }],
		['for a group, and a command in it', 'chai stop', { kind: 'command', leaf: { path: 'tea stop' }, own: { call: 'tea stop' } }],
		['before a category of the same name', 'misc', { kind: 'command', leaf: { id: 'misc.ping' }, own: { word: 'misc' } }]
	])('stand %s', (_, typed, expected) => {
		expect(find(typed)).toMatchObject(expected);
	});

	test('never stand before a real command, and what follows one must be a command', () => {
		expect(find('ping')).toMatchObject({ kind: 'command', leaf: { id: 'misc.ping' } });
		expect(find('ping')).not.toHaveProperty('own');
		expect(find('halt at once')).toMatchObject({ kind: 'unknown' });
	});

	test('are among the nearest names and the choices', () => {
		expect(find('hallt')).toMatchObject({ kind: 'unknown', guesses: ['halt', expect.anything(), expect.anything()] });
		expect(choicesFor('cha', index, categories, ownWords)).toEqual([{ name: 'chai', value: 'chai' }]);
	});
});
