import type { Role } from 'discord.js';
import { Collection } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { ReadContext } from '#lib/commands/options/option.js';
import { matchRole } from '#lib/commands/options/roles.js';
import type { Refusal } from '#lib/errors/refusal.js';
import { readGrant, roleWord } from '#modules/fakepermissions/options.js';

const role = (id: string, name: string, position: number) => ({ id, name, position }) as Role;
const mods = role('100000000000000001', 'Mods', 2);
const bans = role('100000000000000002', 'Ban Members', 1);
const roleOf = async (text: string) => matchRole(text, [mods, bans]).role;

describe('the words of the first name', () => {
	const { isOneValue } = roleWord();
	const context: ReadContext = Object({ guild: { roles: { cache: new Collection([mods, bans].map((one) => [one.id, one])) } } });

	test.each([
		['Ban Members', true],
		['manage server', true],
		['Mention @everyone, @here, and All Roles', true],
		['Time Out Members', true],
		['Ban Members Mods', false],
		['Mods Ban', false]
	])('%s', (words, expected) => {
		expect(isOneValue?.(words, context)).toBe(expected);
	});
});

describe('a role and a permission', () => {
	test.each([
		['the role first', 'Mods', 'ban_members', mods],
		['the permission first, as in the original', 'ban_members', 'Mods', mods],
		['by mention', '<@&100000000000000001>', 'Ban Members', mods],
		['a role that is named like a permission', 'Ban Members', 'ban_members', bans]
	])('%s', async (_, first, second, expected) => {
		expect(await readGrant(first, second, roleOf)).toEqual({ role: expected, permission: 'BanMembers' });
	});

	test('by slash the role is known', async () => {
		expect(await readGrant(mods, 'BanMembers', async () => null)).toEqual({ role: mods, permission: 'BanMembers' });
	});

	const refusalOf = async (first: Role | string, second: string) => {
		try {
			return await readGrant(first, second, roleOf);
		} catch (error) {
			return (error as Refusal).context;
		}
	};

	test.each([
		['an unknown permission', 'Mods', 'fly', { code: 'unknown-permission', values: { given: 'fly' } }],
		['a misspelt one', 'Mods', 'ban_member', { code: 'unknown-permission-guess', values: { given: 'ban_member', guess: 'BanMembers' } }],
		['an unknown role', 'Nobody', 'ban_members', { code: 'role-not-found', values: { given: 'Nobody' } }],
		['the permission of a known role by slash', mods, 'fly', { code: 'unknown-permission' }]
	])('%s is refused by name', async (_, first, second, expected) => {
		expect(await refusalOf(first, second)).toMatchObject(expected);
	});
});
