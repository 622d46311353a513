import { describe, expect, test } from 'vitest';
import { canEnd } from '../../../src/modules/moderation/action.js';
import { type StripParts, stripAction, unstripAction } from '../../../src/modules/moderation/actions/strip.js';
import type { JailEntry } from '../../../src/modules/moderation/domain/jail.js';
import type { ServerRole } from '../../../src/modules/moderation/domain/roles.js';
import type { Situation } from '../../../src/modules/moderation/domain/situation.js';
import { thresholdActions } from '../../../src/modules/moderation/domain/threshold.js';
import { moderationInMemory } from '../../support/moderationInMemory.js';
import { aSituation, aTarget, role } from './support.js';

const ban = 4n;
const serverRole = (position: number, change: Partial<ServerRole> = {}): ServerRole => ({
	...{ ...role(position), managed: false, permissions: 0n, isDangerous: false },
	...change
});
const dangerous = { permissions: ban, isDangerous: true };
const everyone = { ...serverRole(0, dangerous), id: '1' };
const [baker, helper, mods, robot, tall] = [
	serverRole(1),
	serverRole(2, dangerous),
	serverRole(3, dangerous),
	serverRole(4, { ...dangerous, managed: true }),
	serverRole(6, dangerous)
] as const;
const admin = { id: '2', username: 'admin', topRole: role(5), permissions: 8n };

function make(held: readonly string[] = [baker.id, helper.id, mods.id]) {
	const all = new Map([everyone, baker, helper, mods, robot, tall].map((one) => [one.id, one]));
	const calls: (readonly string[])[] = [];
	const jail = new Map<string, JailEntry>();
	const parts: StripParts = {
		discord: {
			async setRoles(_guildId, _userId, roleIds) {
				calls.push(roleIds);
				is({ roleIds });
			}
		},
		roles: async () => all,
		jailed: { find: async (_guildId, userId) => jail.get(userId) ?? null }
	};
	const memory = moderationInMemory([stripAction(parts), unstripAction(parts)]);
	const is = (change: Parameters<typeof aTarget>[0], actor: Situation['actor'] = memory.state.situation.actor) => {
		memory.state.situation = aSituation({ target: aTarget(change), actor });
	};
	is({ roleIds: held }, admin);
	const strip = (actorId: string | null = '2') => memory.moderation.perform({ type: 'strip', guildId: '1', targetId: '3', actorId });
	const undo = (actorId: string | null = '2') =>
		memory.moderation.perform({
			type: 'unstrip',
			guildId: '1',
			targetId: '3',
			actorId,
			parentNumber: 1,
			details: memory.cases[0]?.details ?? {}
		});
	return { ...memory, all, calls, jail, is, strip, undo };
}

describe('strip', () => {
	test('takes every dangerous role in one request, and keeps the others and those of bots', async () => {
		const { strip, calls, cases } = make([baker.id, helper.id, mods.id, robot.id]);
		expect((await strip()).ok).toBe(true);
		expect(calls).toEqual([[baker.id, robot.id]]);
		expect(cases[0]).toMatchObject({ type: 'strip', details: { taken: [helper.id, mods.id], kept: [robot.id] } });
	});

	test.each([
		['nothing dangerous', [baker.id], 'nothing-dangerous'],
		['no role at all', [], 'nothing-dangerous'],
		['nothing dangerous but what a bot was given by Discord', [baker.id, robot.id], 'only-managed-danger']
	])('is refused when somebody has %s', async (_, held, code) => {
		const { strip, calls, cases } = make(held);
		expect(await strip()).toMatchObject({ ok: false, code, values: { user: 'tess' } });
		expect([calls, cases]).toEqual([[], []]);
	});

	test('the bot does it of its own accord too: warnings may lead to it, and its cases have no length', async () => {
		const { strip, calls, moderation } = make();
		expect((await strip(null)).ok).toBe(true);
		expect(calls).toEqual([[baker.id]]);
		const action = moderation.actions.get('strip');
		expect([thresholdActions.includes('strip'), action && canEnd(action)]).toEqual([true, false]);
	});

	test('whoever was killed after it knows that it is done, and before it that it is not', async () => {
		const { moderation, is, state } = make();
		const judged = await moderation.judge({ type: 'strip', guildId: '1', targetId: '3', actorId: '2' });
		if (!judged.ok) throw new Error(judged.code);
		const { action, order } = judged.value;
		expect(await action.isDone(state.situation, order)).toBe(false);
		is({ roleIds: [baker.id, mods.id] });
		expect(await action.isDone(state.situation, order)).toBe(false);
		is({ roleIds: [baker.id] });
		expect(await action.isDone(state.situation, order)).toBe(true);
		is({ inServer: false, topRole: null, roleIds: [] });
		expect(await action.isDone(state.situation, order)).toBe(false);
	});

	test('of a role that was taken by hand meanwhile nothing is asked again', async () => {
		const { moderation, is, state, calls } = make();
		const judged = await moderation.judge({ type: 'strip', guildId: '1', targetId: '3', actorId: '2' });
		if (!judged.ok) throw new Error(judged.code);
		is({ roleIds: [baker.id] });
		await judged.value.action.do(state.situation, judged.value.order, 'why');
		expect(calls).toEqual([]);
	});
});

describe('its way back', () => {
	test('gives what was taken, dangerous as it is, beside what came meanwhile', async () => {
		const { strip, undo, is, calls, cases, all } = make();
		await strip();
		const later = serverRole(1, { id: '55' });
		all.set(later.id, later);
		is({ roleIds: [baker.id, later.id] });
		expect((await undo()).ok).toBe(true);
		expect(calls.at(-1)).toEqual([baker.id, later.id, helper.id, mods.id]);
		expect(cases[1]).toMatchObject({ type: 'unstrip', parentNumber: 1, details: { given: [helper.id, mods.id], left: [] } });
	});

	test('leaves out what is gone, and what who presses could not give himself', async () => {
		const { strip, undo, is, calls, cases, all } = make();
		await strip();
		all.delete(helper.id);
		is({ roleIds: [baker.id] });
		await undo();
		expect(calls.at(-1)).toEqual([baker.id, mods.id]);
		expect(cases[1]?.details).toMatchObject({ given: [mods.id], left: [helper.id] });
	});

	test.each<[string, Situation['actor']]>([
		['stands below them', { ...admin, topRole: role(2) }],
		['does not hold for real what they carry', { ...admin, permissions: 0n }]
	])('gives nothing back to who %s, and nothing is undone', async (_, actor) => {
		const { strip, undo, is, calls, cases } = make();
		await strip();
		is({ roleIds: [], topRole: role(0) }, actor);
		expect(await undo()).toMatchObject({ ok: false, code: 'nothing-to-give-back' });
		expect([calls.length, cases.length]).toEqual([1, 1]);
	});

	test('of its own accord the bot gives nothing dangerous', async () => {
		const { strip, undo } = make();
		await strip();
		expect(await undo(null)).toMatchObject({ ok: false, code: 'nothing-to-give-back' });
	});

	test('leads nobody around the jail, and gives nothing twice', async () => {
		const { strip, undo, jail, calls } = make();
		await strip();
		jail.set('3', { guildId: '1', userId: '3', roleIds: [], caseNumber: 2, at: 0 });
		expect(await undo()).toMatchObject({ ok: false, code: 'jailed-first', values: { user: 'tess' } });
		jail.clear();
		expect((await undo()).ok).toBe(true);
		expect(await undo()).toMatchObject({ ok: false, code: 'has-roles-already' });
		expect(calls).toHaveLength(2);
	});
});
