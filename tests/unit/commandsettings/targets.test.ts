import { describe, expect, test } from 'vitest';
import { CommandIndex } from '#lib/commands/commandIndex.js';
import { sub, subgroup } from '#lib/commands/definition.js';
import { leavesOf } from '#lib/commands/leaf.js';
import { rest } from '#lib/commands/options/index.js';
import {
	expandAlias,
	findTarget,
	isCommandWord,
	isProtected,
	keysOf,
	ownWordsOf,
	pathOf,
	splitTarget
} from '#modules/commandsettings/targets.js';
import { aLeaf } from '../commands/support.js';

const run = async () => undefined;
const slash = { none: 'a test' };
const tag = leavesOf({
	id: 'tags.tag',
	name: 'tag',
	aliases: ['t'],
	default: sub({ name: 'show', slash, options: { name: rest() }, run }),
	subcommands: {
		add: sub({ slash, run }),
		list: subgroup({ subcommands: { mine: sub({ slash, aliases: ['mytags'], run }), all: sub({ slash, run }) } })
	}
});
const seen = aLeaf({ id: 'afk.seen', name: 'seen', aliases: ['lastseen', 'who was'] });
const index = new CommandIndex([...tag.leaves, seen], [tag.group, ...tag.subgroups]);

describe('what is switched by a name', () => {
	test.each([
		['seen', 'afk.seen', 'seen'],
		['LastSeen', 'afk.seen', 'seen'],
		['who  was', 'afk.seen', 'seen'],
		['afk.seen', 'afk.seen', 'seen'],
		['tag', 'tags.tag-*', 'tag'],
		['t', 'tags.tag-*', 'tag'],
		['tag show', 'tags.tag', 'tag show'],
		['t add', 'tags.tag-add', 'tag add'],
		['tag list', 'tags.tag-list-*', 'tag list'],
		['mytags', 'tags.tag-list-mine', 'tag list mine']
	])('%s', (typed, key, path) => {
		expect(findTarget(index, typed)).toMatchObject({ key, path });
		expect(pathOf(index, key)).toBe(path);
	});

	test('nothing of an unknown name; a command that is gone is shown by its key', () => {
		expect(findTarget(index, 'nothing')).toBeNull();
		expect(pathOf(index, 'old.command')).toBe('old.command');
	});

	test('a group holds everything below it, and each command knows all groups around it', () => {
		expect(findTarget(index, 'tag')?.inside).toEqual(
			expect.arrayContaining(['tags.tag-*', 'tags.tag-list-*', 'tags.tag', 'tags.tag-add', 'tags.tag-list-mine', 'tags.tag-list-all'])
		);
		expect(findTarget(index, 'tag list')).toMatchObject({ around: ['tags.tag-*'] });
		expect(keysOf(index, 'tags.tag-list-mine')).toEqual(['tags.tag-list-mine', 'tags.tag-*', 'tags.tag-list-*']);
		expect(keysOf(index, 'tags.tag')).toEqual(['tags.tag', 'tags.tag-*']);
	});
});

test('a line is split into a command and what follows', () => {
	expect(splitTarget(index, 'tag list mine @Mods')).toMatchObject({ found: { key: 'tags.tag-list-mine' }, rest: '@Mods' });
	expect(splitTarget(index, 'who was @Mods')).toMatchObject({ found: { key: 'afk.seen' }, rest: '@Mods' });
	expect(splitTarget(index, 'nothing @Mods')).toBeNull();
});

test('the first word of every path is a command’s', () => {
	expect(['seen', 'who', 't', 'mytags', 'was', 'nothing'].filter((word) => isCommandWord(index, word))).toEqual([
		'seen',
		'who',
		't',
		'mytags'
	]);
});

describe('an own word', () => {
	const expand = (command: string, preset: string, typed: string) => {
		const found = expandAlias(index, { command, arguments: preset }, typed);
		return found && { id: (found.leaf ?? found.group).id, rest: found.rest };
	};
	test.each([
		['a command', 'afk.seen', '', '@Ana', { id: 'afk.seen', rest: '@Ana' }],
		['with arguments before those that are typed', 'tags.tag-add', 'rules', 'be kind', { id: 'tags.tag-add', rest: 'rules be kind' }],
		['a group', 'tags.tag-*', '', 'add x', { id: 'tags.tag-add', rest: 'x' }],
		['what a group does by itself', 'tags.tag', 'rules', '', { id: 'tags.tag', rest: 'rules' }]
	])('for %s', (_, command, preset, typed, expected) => {
		expect(expand(command, preset, typed)).toEqual(expected);
	});

	test('for a command that is gone does nothing', () => {
		expect(expand('old.command', '', 'x')).toBeNull();
	});
});

test.each([
	['diagnostics.ping', {}, true],
	['privacy.forgetme', {}, true],
	['commandsettings.enablecommand', {}, true],
	['afk.seen', {}, false],
	['owner.restart', { staff: 'owner' }, true]
] as const)('%s %j must work everywhere: %s', (id, permissions, expected) => {
	expect(isProtected(aLeaf({ id, permissions }))).toBe(expected);
});

describe('looking up a server’s own words', () => {
	const own = ownWordsOf(
		index,
		new Map([
			['where', { command: 'afk.seen', arguments: '' }],
			['mine', { command: 'tags.tag-list-*', arguments: 'mine' }],
			['old', { command: 'old.command', arguments: '' }]
		])
	);

	test.each([
		['where', { word: 'where', call: 'seen', goesOn: false }],
		[' WHERE  @Ana', { word: 'where', call: 'seen @Ana', goesOn: true }],
		['mine', { word: 'mine', call: 'tag list mine', goesOn: false }]
	])('%s', (line, expected) => {
		expect(own.callOf(line)).toEqual(expected);
	});

	test('a word of another server, a real command and a word whose command is gone are none', () => {
		expect(['here', 'seen', 'old', ''].map((line) => own.callOf(line))).toEqual([null, null, null, null]);
		expect(own.words).toEqual(['where', 'mine', 'old']);
	});
});
