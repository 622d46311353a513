import { describe, expect, test } from 'vitest';
import { add, findPermission, forget, grantable, type RolePermissions, remove, replace, reset } from '#modules/fakepermissions/domain.js';
import { loadDefinitions } from '../../../scripts/commandList.js';

const none: RolePermissions = new Map();
const mods: RolePermissions = new Map([['mods', ['ManageMessages', 'BanMembers'] as const]]);

describe('what people type for a permission', () => {
	test.each([
		['ban_members', 'BanMembers'],
		['Ban Members', 'BanMembers'],
		['BANMEMBERS', 'BanMembers'],
		['manage-emojis', 'ManageGuildExpressions'],
		['Manage Server', 'ManageGuild'],
		['admin', 'Administrator'],
		['timeout', 'ModerateMembers'],
		['send_messages', null],
		['constructor', null],
		['', null]
	])('%s: %s', (typed, expected) => {
		expect(findPermission(typed)).toBe(expected);
	});
});

describe('what can be given', () => {
	test('fits one select', () => {
		expect(grantable.length).toBeLessThanOrEqual(25);
		expect(new Set(grantable).size).toBe(grantable.length);
	});

	test('is everything that a command asks of its caller', async () => {
		const { leaves, menus } = await loadDefinitions();
		const asked = new Set([...leaves, ...menus.map(({ leaf }) => leaf)].flatMap((leaf) => leaf.permissions.member));
		expect(asked.size).toBeGreaterThan(0);
		expect([...asked].filter((permission) => !grantable.some((name) => name === permission))).toEqual([]);
	});
});

describe('changing it', () => {
	test('one more, in the order of the list; the same twice is "already"', () => {
		const first = add(none, 'guild', 'mods', 'BanMembers');
		const second = first.ok ? add(first.value, 'guild', 'mods', 'ManageMessages') : first;
		expect(second).toEqual({ ok: true, value: mods });
		expect(add(mods, 'guild', 'mods', 'BanMembers')).toMatchObject({ code: 'already' });
	});

	test('never to the role that everybody has', () => {
		expect(add(none, 'guild', 'guild', 'BanMembers')).toMatchObject({ code: 'everyone' });
		expect(replace(none, 'guild', 'guild', ['BanMembers'])).toMatchObject({ code: 'everyone' });
	});

	test('one less; the last one takes the role off the list', () => {
		expect(remove(mods, 'mods', 'KickMembers')).toMatchObject({ code: 'not-there' });
		const left = remove(mods, 'mods', 'ManageMessages');
		expect(left).toEqual({ ok: true, value: new Map([['mods', ['BanMembers']]]) });
		expect(left.ok && remove(left.value, 'mods', 'BanMembers')).toEqual({ ok: true, value: none });
	});

	test('exactly these: the same in another order changes nothing, none takes the role off the list', () => {
		expect(replace(mods, 'guild', 'mods', ['BanMembers', 'ManageMessages'])).toMatchObject({ code: 'nothing-changed' });
		expect(replace(mods, 'guild', 'mods', ['KickMembers'])).toEqual({ ok: true, value: new Map([['mods', ['KickMembers']]]) });
		expect(replace(mods, 'guild', 'mods', [])).toEqual({ ok: true, value: none });
	});

	test('none of one role, none of all, and "none" where there was none', () => {
		expect(reset(mods, 'mods')).toEqual({ ok: true, value: none });
		expect(reset(mods, null)).toEqual({ ok: true, value: none });
		expect(reset(mods, 'others')).toMatchObject({ code: 'none' });
		expect(reset(none, null)).toMatchObject({ code: 'none-at-all' });
	});

	test('roles that are gone leave the others as they are', () => {
		const both = new Map([...mods, ['helpers', ['KickMembers']] as const]);
		expect(forget(both, new Set(['helpers', 'unknown']))).toEqual(mods);
	});
});
