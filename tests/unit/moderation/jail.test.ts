import { describe, expect, test } from 'vitest';
import { type JailParts, jailAction, unjailAction } from '../../../src/modules/moderation/actions/jail.js';
import type { JailEntry } from '../../../src/modules/moderation/domain/jail.js';
import { changedRoles, judgeGiving, type ServerRole } from '../../../src/modules/moderation/domain/roles.js';
import { moderationInMemory } from '../../support/moderationInMemory.js';
import { aSituation, aTarget, role } from './support.js';

const serverRole = (position: number, change: Partial<ServerRole> = {}): ServerRole => ({
	...{ ...role(position), managed: false, permissions: 0n, isDangerous: false },
	...change
});
const ban = 4n;
const [everyone, jail, baker, mods, booster, boss] = [
	{ ...serverRole(0), id: '1' },
	serverRole(1),
	serverRole(2),
	serverRole(3, { permissions: ban, isDangerous: true }),
	serverRole(4, { managed: true }),
	serverRole(8)
] as const;

function make({ held = [baker.id, mods.id, booster.id], jailRoleId = jail.id as string | null } = {}) {
	const entries = new Map<string, JailEntry>();
	const calls: (readonly string[])[] = [];
	const all = new Map([everyone, jail, baker, mods, booster, boss].map((one) => [one.id, one]));
	const parts: JailParts = {
		discord: {
			async setRoles(_guildId, _userId, roleIds) {
				calls.push(roleIds);
				memory.state.situation = aSituation({ target: aTarget({ roleIds }) });
			}
		},
		roles: async () => all,
		entries: {
			find: async (_guildId, userId) => entries.get(userId) ?? null,
			async put(_tx, entry) {
				entries.set(entry.userId, entry);
			},
			async remove(_tx, { userId }) {
				entries.delete(userId);
			}
		},
		roleOf: async () => jailRoleId
	};
	const memory = moderationInMemory([jailAction(parts), unjailAction(parts)]);
	memory.state.situation = aSituation({ target: aTarget({ roleIds: held }) });
	const perform = (type: string) => memory.moderation.perform({ type, guildId: '1', targetId: '3', actorId: '2' });
	return { ...memory, entries, calls, all, perform };
}

describe('jail', () => {
	test('takes what can be taken for the one role, in one request, and keeps it with the case', async () => {
		const { perform, calls, entries, cases } = make();
		await perform('jail');
		expect(calls).toEqual([[booster.id, jail.id]]);
		expect(entries.get('3')?.roleIds).toEqual([baker.id, mods.id]);
		expect(cases[0]).toMatchObject({ type: 'jail', details: { roleIds: [baker.id, mods.id], jailRoleId: jail.id } });
	});

	test.each([
		['there is no jail', { jailRoleId: null }, 'no-jail'],
		['its role was deleted', { jailRoleId: '55' }, 'no-jail'],
		['its role stands above ours', { jailRoleId: boss.id }, 'jail-role-above-me']
	])('is refused when %s', async (_, options, code) => {
		const { perform, calls } = make(options);
		expect(await perform('jail')).toMatchObject({ ok: false, code });
		expect(calls).toEqual([]);
	});

	test('twice is refused; of somebody whose role was taken by hand what he had is kept', async () => {
		const { perform, entries, state } = make();
		await perform('jail');
		expect(await perform('jail')).toMatchObject({ ok: false, code: 'already-jailed' });
		state.situation = aSituation({ target: aTarget({ roleIds: [mods.id] }) });
		await perform('jail');
		expect(entries.get('3')?.roleIds).toEqual([baker.id, mods.id]);
	});

	test('who left in the middle is put there when he comes back', async () => {
		const { moderation, due, state, cases, entries } = make();
		const judged = await moderation.judge({ type: 'jail', guildId: '1', targetId: '3', actorId: '2' });
		if (!judged.ok) throw new Error(judged.code);
		state.situation = aSituation({ target: aTarget({ inServer: false, topRole: null, roleIds: [] }) });
		expect(await judged.value.action.isDone(state.situation, judged.value.order)).toBe(true);
		expect([due !== null, cases, entries.size]).toEqual([true, [], 0]);
	});
});

describe('unjail', () => {
	test('gives back what is there, harmless and below us, and leaves what he was given meanwhile', async () => {
		const { perform, state, calls, cases, entries, all } = make({ held: [baker.id, mods.id, booster.id] });
		await perform('jail');
		const later = serverRole(5);
		all.set(later.id, later);
		state.situation = aSituation({ target: aTarget({ roleIds: [jail.id, booster.id, later.id] }) });
		await perform('unjail');
		expect(calls.at(-1)).toEqual([booster.id, later.id, baker.id]);
		expect(cases.at(-1)?.details).toEqual({ given: [baker.id], left: [mods.id] });
		expect(entries.size).toBe(0);
		expect(await perform('unjail')).toMatchObject({ ok: false, code: 'not-jailed' });
	});

	test('of somebody who left ends it without a request', async () => {
		const { perform, state, calls, entries } = make();
		await perform('jail');
		state.situation = aSituation({ target: aTarget({ inServer: false, topRole: null, roleIds: [] }) });
		expect((await perform('unjail')).ok).toBe(true);
		expect([calls.length, entries.size]).toEqual([1, 0]);
	});

	test('is done only when the roles are back: the role of the jail may have been taken by hand', async () => {
		const { perform, state, moderation } = make();
		await perform('jail');
		const action = moderation.actions.get('unjail');
		const order = moderation.orderOf({ type: 'unjail', guildId: '1', targetId: '3' });
		state.situation = aSituation({ target: aTarget({ roleIds: [] }) });
		expect(await action?.isDone(state.situation, order)).toBe(false);
		expect(await action?.isDone(aSituation({ target: aTarget({ roleIds: [baker.id] }) }), order)).toBe(true);
	});
});

test('a role is given or says why not', () => {
	const all = new Map([everyone, baker, mods, booster, boss].map((one) => [one.id, one]));
	const ids = [everyone.id, baker.id, baker.id, mods.id, booster.id, boss.id, '999'];
	const why = (options: { harmless?: boolean }, actor = aSituation().actor) =>
		Object.fromEntries(judgeGiving(ids, all, { ...aSituation(), actor }, options).left.map(({ id, why }) => [id, why]));
	const always = { [everyone.id]: 'role-everyone', [booster.id]: 'role-managed', [boss.id]: 'role-above-me', '999': 'gone' };
	const actor = { id: '2', username: 'mod', topRole: role(5) };
	expect(why({}, { ...actor, permissions: ban })).toEqual(always);
	expect(why({}, { ...actor, permissions: 8n })).toEqual(always);
	expect(why({}, null)).toEqual(always);
	expect(why({}, { ...actor, permissions: 0n })).toEqual({ ...always, [mods.id]: 'role-more-than-you' });
	expect(why({}, { ...actor, id: '9', permissions: 0n })).toEqual(always);
	expect(why({ harmless: true })).toEqual({ ...always, [mods.id]: 'role-dangerous' });
	expect(why({}, { id: '2', username: 'mod', permissions: 0n, topRole: role(3) })).toEqual({ ...always, [mods.id]: 'role-above-you' });
	expect(judgeGiving([baker.id, baker.id], all, aSituation()).given).toEqual([baker.id]);
});

test('the roles afterwards, each once', () => {
	expect(changedRoles(['1', '2'], { more: ['2', '3'], less: ['1'] })).toEqual(['2', '3']);
});
