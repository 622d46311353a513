import type { Role } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { ReadContext } from '#lib/commands/options/option.js';
import { matchRole, pickRole } from '#lib/commands/options/roles.js';

describe('which role is meant', () => {
	const roles = ['Mod', 'Moderator', 'moderators', 'Guest'].map((name, index) => ({
		id: `20000000000000000${index}`,
		name,
		position: index
	}));

	test.each([
		['200000000000000003', 'Guest'],
		['<@&200000000000000001>', 'Moderator'],
		['Mod', 'Mod'],
		['moderator', 'Moderator'],
		['gue', 'Guest']
	])('%s is %s', (typed, name) => {
		expect(matchRole(typed, roles).role?.name).toBe(name);
	});

	test('a part that several have is no answer, but says which', () => {
		expect(matchRole('modera', roles)).toEqual({ role: null, candidates: [roles[2], roles[1]] });
		expect(matchRole('nobody', roles)).toEqual({ role: null, candidates: [] });
	});
});

describe('a role that the caller has to choose', () => {
	const named = (count: number) =>
		new Map(Array.from({ length: count }, (_, index) => [`${index}`, { id: `${index}`, name: `Team ${index}`, position: index } as Role]));
	const where = (cache: ReadonlyMap<string, Role>, choose: ReadContext['choose']) =>
		pickRole('team', { guild: { roles: { cache } } as ReadContext['guild'], choose });

	test('is the chosen one, of those that fit, the highest first', async () => {
		const roles = named(2);
		const role = await where(roles, async ({ question, options }) => {
			expect(question).toBe('commands:choose.role');
			expect(options.map(({ label }) => label)).toEqual(['Team 1', 'Team 0']);
			return '0';
		});
		expect(role?.name).toBe('Team 0');
	});

	test('more than one list shows: the 25 highest, and a word about the others', async () => {
		await where(named(30), async ({ question, options }) => {
			expect(question).toBe('commands:choose.many-roles');
			expect(options).toHaveLength(25);
			expect(options[0]?.label).toBe('Team 29');
			return '29';
		});
	});

	test('is none when it was deleted meanwhile', async () => {
		const roles = named(2);
		expect(
			await where(roles, async () => {
				roles.delete('1');
				return '1';
			})
		).toBeNull();
	});
});
