import { describe, expect, test } from 'vitest';
import { isOf, judgeChange, type RoleFacts, type RoleQuestion, readWishes, settle } from '../../../src/modules/roles/domain.js';

const role = (change: Partial<RoleFacts> = {}): RoleFacts => ({
	id: '50',
	position: 3,
	name: 'Helper',
	managed: false,
	permissions: 0n,
	isDangerous: false,
	...change
});
const question: RoleQuestion = {
	guildId: '1',
	ownerId: '9',
	giver: { id: '2', topRole: { id: '60', position: 5 }, permissions: 0n },
	bot: { id: '8', topRole: { id: '70', position: 7 } },
	isAutomatic: false
};
const ban = 4n;

describe('whether a role may be given or taken', () => {
	test.each<[string, RoleFacts | undefined, Partial<RoleQuestion>, string | null]>([
		['a role below both', role(), {}, null],
		['one that is gone', undefined, {}, 'role-gone'],
		['everybody’s', role({ id: '1' }), {}, 'role-everyone'],
		['one of a bot', role({ managed: true }), {}, 'role-managed'],
		[
			'one as high as the bot',
			role({ position: 7 }),
			{ giver: { id: '9', topRole: { id: '0', position: 0 }, permissions: 0n } },
			'role-above-me'
		],
		['one as high as the giver', role({ position: 5, id: '60' }), {}, 'role-above-you'],
		['for many, a dangerous one', role({ isDangerous: true, permissions: ban }), { isAutomatic: true }, 'role-dangerous'],
		['one with more than the giver has for real', role({ isDangerous: true, permissions: ban }), {}, 'role-more-than-you'],
		[
			'the same by the owner',
			role({ isDangerous: true, permissions: ban }),
			{ giver: { id: '9', topRole: { id: '0', position: 0 }, permissions: 0n } },
			null
		],
		[
			'the same by somebody who has it for real',
			role({ isDangerous: true, permissions: ban }),
			{ giver: { id: '2', topRole: { id: '60', position: 5 }, permissions: ban } },
			null
		],
		['of the bot’s own accord', role({ position: 6 }), { giver: null }, null]
	])('%s', (_, facts, change, code) => {
		const judged = judgeChange(facts, 'add', { ...question, ...change });
		expect(judged.ok ? null : judged.code).toBe(code);
	});

	test('a dangerous one may be taken from many', () => {
		expect(judgeChange(role({ isDangerous: true, permissions: ban }), 'remove', { ...question, isAutomatic: true }).ok).toBe(true);
	});
});

test('a role that is named like several is that one, and quotes around a name are not part of it', () => {
	expect(readWishes('Red, Blue', (name) => name === 'Red, Blue')).toEqual([{ change: 'toggle', text: 'Red, Blue' }]);
	expect(readWishes('"Two Words", -“Big Helper”')).toEqual([
		{ change: 'toggle', text: 'Two Words' },
		{ change: 'remove', text: 'Big Helper' }
	]);
});

test('several roles are read with their signs', () => {
	expect(readWishes('Mod, +Big Helper, -Guest,,')).toEqual([
		{ change: 'toggle', text: 'Mod' },
		{ change: 'add', text: 'Big Helper' },
		{ change: 'remove', text: 'Guest' }
	]);
});

test('mentions need no commas, nor do signs when the first role has one', () => {
	const [one, other] = ['<@&100000000000000001>', '<@&100000000000000002>'];
	expect(readWishes(`${one} ${other}`)).toEqual([
		{ change: 'toggle', text: one },
		{ change: 'toggle', text: other }
	]);
	expect(readWishes('+Big Helper -Guest')).toEqual([
		{ change: 'add', text: 'Big Helper' },
		{ change: 'remove', text: 'Guest' }
	]);
	expect(readWishes('Team -A')).toEqual([{ change: 'toggle', text: 'Team -A' }]);
});

test('what he has goes and what he has not comes, unless a sign says otherwise', () => {
	const wishes = [
		{ change: 'toggle', roleId: '1' },
		{ change: 'toggle', roleId: '2' },
		{ change: 'add', roleId: '1' },
		{ change: 'remove', roleId: '3' }
	] as const;
	expect(settle(wishes, new Set(['1']))).toEqual({ add: ['2'], remove: ['1'] });
});

test('who belongs to a crowd', () => {
	const bot = { isBot: true, roleIds: ['1'] };
	expect([isOf('all', bot), isOf('humans', bot), isOf('bots', bot), isOf({ roleId: '1' }, bot), isOf({ roleId: '2' }, bot)]).toEqual([
		true,
		false,
		true,
		true,
		false
	]);
});
