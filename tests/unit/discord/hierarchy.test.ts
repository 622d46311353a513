import { describe, expect, test } from 'vitest';
import { compareRoles, judgeRole, judgeTarget, type RoleRequest, type TargetRequest } from '#lib/core/hierarchy.js';

const rank = (position: number, id = String(1000 + position)) => ({ id, position });

const target = (change: Partial<TargetRequest> = {}): TargetRequest => ({
	guildOwnerId: 'owner',
	actor: { id: 'mod', topRole: rank(5) },
	bot: { id: 'bot', topRole: rank(9), hasPermission: true },
	target: { id: 'ana', topRole: rank(1), isAdministrator: false },
	...change
});
const ana = { id: 'ana', topRole: rank(1), isAdministrator: false };

describe('acting on a member', () => {
	test.each<[string, Partial<TargetRequest>, string | null]>([
		['a member below both', {}, null],
		['nobody', { target: null }, 'target-not-found'],
		['oneself', { target: { ...ana, id: 'mod' } }, 'target-self'],
		['the bot', { target: { ...ana, id: 'bot' } }, 'target-bot'],
		['the owner', { target: { ...ana, id: 'owner' } }, 'target-owner'],
		['one with the same role', { target: { ...ana, topRole: rank(5) } }, 'target-above-you'],
		['one above', { target: { ...ana, topRole: rank(6) } }, 'target-above-you'],
		[
			'one above the bot, by the owner',
			{ actor: { id: 'owner', topRole: rank(0) }, target: { ...ana, topRole: rank(9) } },
			'target-above-me'
		],
		['one above the owner’s roles, by the owner', { actor: { id: 'owner', topRole: rank(0) } }, null],
		['without the permission of the bot', { bot: { id: 'bot', topRole: rank(9), hasPermission: false } }, 'bot-permission'],
		['somebody who is not in the server', { target: { ...ana, topRole: null } }, null],
		['an administrator, timed out', { target: { ...ana, isAdministrator: true }, isTimeout: true }, 'target-administrator'],
		['an administrator, otherwise', { target: { ...ana, isAdministrator: true } }, null]
	])('%s', (_, change, code) => {
		const outcome = judgeTarget(target(change));
		expect(outcome.ok ? null : outcome.code).toBe(code);
	});

	test('the order of the checks is the one of the contract', () => {
		const everything = target({ target: { id: 'mod', topRole: rank(20), isAdministrator: true }, guildOwnerId: 'mod', isTimeout: true });
		expect(judgeTarget(everything)).toMatchObject({ code: 'target-self' });
	});
});

const role = (change: Partial<RoleRequest> = {}): RoleRequest => ({
	guildId: '1',
	guildOwnerId: 'owner',
	actor: { id: 'mod', topRole: rank(5) },
	bot: { id: 'bot', topRole: rank(9) },
	role: { ...rank(2), managed: false, isDangerous: false },
	isAutomatic: false,
	...change
});
const plain = { ...rank(2), managed: false, isDangerous: false };

describe('giving a role', () => {
	test.each<[string, Partial<RoleRequest>, string | null]>([
		['a plain role', {}, null],
		['@everyone', { role: { ...plain, id: '1', position: 0 } }, 'role-everyone'],
		['a managed one', { role: { ...plain, managed: true } }, 'role-managed'],
		['one at the bot’s place', { role: { ...plain, ...rank(9) } }, 'role-above-me'],
		['one at the actor’s place', { role: { ...plain, ...rank(5) } }, 'role-above-you'],
		['one above his own, by the owner', { actor: { id: 'owner', topRole: rank(0) }, role: { ...plain, ...rank(8) } }, null],
		['a dangerous one by hand', { role: { ...plain, isDangerous: true } }, null],
		['a dangerous one automatically', { role: { ...plain, isDangerous: true }, isAutomatic: true }, 'role-dangerous']
	])('%s', (_, change, code) => {
		const outcome = judgeRole(role(change));
		expect(outcome.ok ? null : outcome.code).toBe(code);
	});
});

test('of two roles at one position the older one is higher', () => {
	expect(compareRoles(rank(1, '100'), rank(1, '99'))).toBeLessThan(0);
	expect(compareRoles(rank(1, '99'), rank(1, '100'))).toBeGreaterThan(0);
	expect(compareRoles(rank(1, '99'), rank(1, '99'))).toBe(0);
	expect(compareRoles(rank(2, '999'), rank(1, '1'))).toBeGreaterThan(0);
});
