import { describe, expect, test } from 'vitest';
import {
	addAlias,
	aliasWord,
	type CommandRules,
	disableCommand,
	disableModules,
	enableCommand,
	enableModules,
	forgetChannels,
	forgetRoles,
	longestAlias,
	missingRoles,
	moduleState,
	mostAliases,
	noRules,
	removeAlias,
	restrict,
	unrestrict
} from '#modules/commandsettings/domain.js';

const rules = (given: Partial<CommandRules>): CommandRules => ({ ...noRules, ...given });
const group = { key: 'm.tag-*', inside: ['m.tag-*', 'm.tag', 'm.tag-add'], around: [] };
const add = { key: 'm.tag-add', inside: ['m.tag-add'], around: ['m.tag-*'] };
const off = (name: string, isOff = true, scope = 'command', channelId = '0') => ({ kind: 'switch', scope, name, channelId, off: isOff });

describe('commands', () => {
	test('are switched off once, alone or with their group', () => {
		expect(disableCommand(noRules, add)).toEqual({ ok: true, value: [off('m.tag-add')] });
		expect(disableCommand(rules({ commands: new Set(['m.tag-add']) }), add)).toMatchObject({ code: 'already-off' });
		expect(disableCommand(rules({ commands: new Set(['m.tag-*']) }), add)).toMatchObject({
			code: 'already-off-by-group',
			values: { key: 'm.tag-*' }
		});
		expect(disableCommand(rules({ commands: new Set(['m.tag-add']) }), group)).toEqual({ ok: true, value: [off('m.tag-*')] });
	});

	test('come back alone, or with everything in their group', () => {
		const both = rules({ commands: new Set(['m.tag-add', 'm.other']) });
		expect(enableCommand(both, add)).toEqual({ ok: true, value: [off('m.tag-add', false)] });
		expect(enableCommand(rules({ commands: new Set(['m.tag-*', 'm.tag-add']) }), group)).toEqual({
			ok: true,
			value: [off('m.tag-*', false), off('m.tag-add', false)]
		});
		expect(enableCommand(noRules, add)).toMatchObject({ code: 'not-off' });
		expect(enableCommand(rules({ commands: new Set(['m.tag-*']) }), add)).toMatchObject({ code: 'off-by-group' });
	});
});

describe('modules', () => {
	const inC1 = rules({ modules: new Map([['afk', new Set(['c1'])]]) });
	const whole = rules({ modules: new Map([['afk', new Set(['0'])]]) });

	test.each([
		['where nothing is set', noRules, ['c1', null], 'on'],
		['in the channel', inC1, ['c1', null], 'off-here'],
		['in a thread of the channel', inC1, ['t1', 'c1'], 'off-here'],
		['in another channel', inC1, ['c2', null], 'on'],
		['in the whole server', whole, ['c2', null], 'off']
	] as const)('%s', (_, given, channels, expected) => {
		expect(moduleState(given, 'afk', channels)).toBe(expected);
		expect(moduleState(given, 'other', channels)).toBe('on');
	});

	test('the whole server takes the place of single channels', () => {
		expect(disableModules(inC1, ['afk'], null)).toEqual({
			ok: true,
			value: [off('afk', false, 'module', 'c1'), off('afk', true, 'module')]
		});
		expect(disableModules(whole, ['afk'], 'c1')).toMatchObject({ code: 'module-already-off' });
		expect(disableModules(whole, ['afk', 'fun'], null)).toEqual({ ok: true, value: [off('fun', true, 'module')] });
	});

	test('come back in one channel or wherever they are off', () => {
		expect(enableModules(inC1, ['afk'], null)).toEqual({ ok: true, value: [off('afk', false, 'module', 'c1')] });
		expect(enableModules(inC1, ['afk'], 'c2')).toMatchObject({ code: 'module-not-off' });
		expect(enableModules(whole, ['afk'], 'c1')).toMatchObject({ code: 'module-off-everywhere' });
		expect(enableModules(noRules, ['afk'], null)).toMatchObject({ code: 'module-not-off' });
	});

	test('a deleted channel takes along what was off in it', () => {
		expect(forgetChannels(inC1, (id) => id === 'c1')).toEqual([off('afk', false, 'module', 'c1')]);
		expect(forgetChannels(whole, () => true)).toEqual([]);
	});
});

describe('restrictions', () => {
	const kept = rules({ restrictions: new Map([['m.seen', ['r1', 'r2']]]) });

	test.each([
		['nobody has one', noRules, ['m.seen'], [], null],
		['the first role is enough', kept, ['m.seen'], ['r1'], null],
		['the second is too', kept, ['m.seen'], ['r2', 'x'], null],
		['another is not', kept, ['m.seen'], ['x'], ['r1', 'r2']],
		['another command is free', kept, ['m.other'], [], null],
		['that of the group counts', kept, ['m.seen-x', 'm.seen'], [], ['r1', 'r2']]
	])('%s', (_, given, keys, roles, expected) => {
		expect(missingRoles(given, keys, roles)).toEqual(expected);
	});

	test('a role is put on and taken off once, and never that of everybody', () => {
		expect(restrict(noRules, 'g', 'm.seen', 'r1')).toEqual({
			ok: true,
			value: [{ kind: 'restrict', command: 'm.seen', roleId: 'r1', on: true }]
		});
		expect(restrict(kept, 'g', 'm.seen', 'r1')).toMatchObject({ code: 'already-restricted' });
		expect(restrict(kept, 'g', 'm.seen', 'g')).toMatchObject({ code: 'everyone' });
		expect(unrestrict(kept, 'm.seen', 'r3')).toMatchObject({ code: 'not-restricted' });
		expect(unrestrict(kept, 'm.seen', 'r2')).toMatchObject({ ok: true });
	});

	test('a deleted role leaves the others; the last one opens the command', () => {
		expect(forgetRoles(kept, (id) => id === 'r1')).toMatchObject({ edits: [{ roleId: 'r1', on: false }], open: [] });
		expect(forgetRoles(kept, () => true)).toMatchObject({ edits: [{ roleId: 'r1' }, { roleId: 'r2' }], open: ['m.seen'] });
	});
});

describe('own words', () => {
	const target = { command: 'm.seen', arguments: '' };

	test('are taken once, and up to a number', () => {
		expect(addAlias(noRules, 'where', target)).toEqual({ ok: true, value: [{ kind: 'alias', alias: 'where', target }] });
		const full = rules({ aliases: new Map(Array.from({ length: mostAliases }, (_, index) => [`a${index}`, target])) });
		expect(addAlias(full, 'a1', target)).toMatchObject({ code: 'alias-taken' });
		expect(addAlias(full, 'where', target)).toMatchObject({ code: 'too-many-aliases' });
		expect(removeAlias(full, 'a1')).toMatchObject({ ok: true });
		expect(removeAlias(full, 'where')).toMatchObject({ code: 'no-alias' });
	});

	test.each([
		['WHERE', 'where'],
		['ÉTÉ', 'été'],
		['🍵', '🍵'],
		['two words', null],
		['', null],
		['a\u0000', null],
		['\u200b', null],
		['a`b', null],
		['x'.repeat(longestAlias), 'x'.repeat(longestAlias)],
		['x'.repeat(longestAlias + 1), null]
	])('%j: %j', (typed, expected) => {
		expect(aliasWord(typed)).toBe(expected);
	});
});
