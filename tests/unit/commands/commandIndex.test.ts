import { describe, expect, test } from 'vitest';
import { CommandIndex } from '#lib/commands/commandIndex.js';
import { sub, subgroup } from '#lib/commands/definition.js';
import { leavesOf } from '#lib/commands/leaf.js';
import { aLeaf } from './support.js';

const run = async () => undefined;
const slash = { none: 'a test' };

const reminder = leavesOf({
	id: 'reminders.reminder',
	name: 'reminder',
	aliases: ['rem'],
	subcommands: {
		add: sub({ slash, run }),
		stop: sub({ slash, run, aliases: ['reminder cancel', 'forget'] }),
		list: subgroup({ ownWords: ['remlist'], default: sub({ name: 'mine', slash, run }), subcommands: { all: sub({ slash, run }) } })
	}
});
const prefix = leavesOf({
	id: 'prefixes.prefix',
	name: 'prefix',
	default: sub({ name: 'set', slash, run }),
	subcommands: { reset: sub({ slash, run }) }
});
const index = new CommandIndex([...reminder.leaves, ...prefix.leaves], [reminder.group, ...reminder.subgroups, prefix.group]);

describe('what a typed line leads to', () => {
	test.each([
		['reminder add 5m tea', 'reminders.reminder-add', '5m tea'],
		['REMINDER Add 5m tea', 'reminders.reminder-add', '5m tea'],
		['rem add 5m tea', 'reminders.reminder-add', '5m tea'],
		['reminder   add\n5m', 'reminders.reminder-add', '5m'],
		['reminder cancel 3', 'reminders.reminder-stop', '3'],
		['forget 3', 'reminders.reminder-stop', '3'],
		['reminder list', 'reminders.reminder-list', ''],
		['remlist all', 'reminders.reminder-list-all', ''],
		['remlist', 'reminders.reminder-list', ''],
		['reminder list mine', 'reminders.reminder-list', ''],
		['reminder list all of them', 'reminders.reminder-list-all', 'of them'],
		['prefix !', 'prefixes.prefix', '!'],
		['prefix set !', 'prefixes.prefix', '!'],
		['prefix reset', 'prefixes.prefix-reset', '']
	])('%s', (line, id, rest) => {
		expect(index.resolve(line)).toMatchObject({ leaf: { id }, rest });
	});

	test('a group without a leaf for what follows is named, so that help can be given', () => {
		expect(index.resolve('reminder lits')).toMatchObject({ leaf: null, group: { id: 'reminders.reminder' }, rest: 'lits' });
	});

	test('a first word that is no command leads nowhere', () => {
		expect(index.resolve('hello there')).toBeNull();
		expect(index.resolve('')).toBeNull();
	});

	test('a subcommand wins over an argument of the default', () => {
		expect(index.resolve('prefix reset now')).toMatchObject({ leaf: { id: 'prefixes.prefix-reset' }, rest: 'now' });
	});
});

test('two commands that want one path stop the start, and both are named', () => {
	const one = aLeaf({ id: 'a.one', name: 'one' });
	const two = aLeaf({ id: 'b.two', name: 'two', aliases: ['ONE'] });
	expect(() => new CommandIndex([one, two], [])).toThrow(/"one".*a\.one.*b\.two/);
});

test('a leaf is found by every path, and near misses are suggested', () => {
	expect(index.byPath(' Reminder  Cancel ')?.id).toBe('reminders.reminder-stop');
	expect(index.byId('prefixes.prefix')?.path).toBe('prefix');
	expect(index.suggest('prefx', 3)).toContain('prefix');
	expect(index.suggest('zzzzzzzz', 3)).toEqual([]);
});
