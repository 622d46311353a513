import { DiscordAPIError, HTTPError, PermissionFlagsBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { accept, refuse } from '#lib/core/outcome.js';
import { remarksOf, restoreAction } from '../../../src/modules/moderation/actions/restore.js';
import { readLeaver } from '../../../src/modules/moderation/discord/leaver.js';
import type { JailEntry } from '../../../src/modules/moderation/domain/jail.js';
import { comesTo, planRestore, type Snapshot } from '../../../src/modules/moderation/domain/restore.js';
import type { ServerRole } from '../../../src/modules/moderation/domain/roles.js';
import type { Situation } from '../../../src/modules/moderation/domain/situation.js';
import { lookAtRestore, restorePlan } from '../../../src/modules/moderation/service/restoring.js';
import { type Leaver, Snapshots } from '../../../src/modules/moderation/service/snapshots.js';
import { moderationInMemory } from '../../support/moderationInMemory.js';
import { aSituation, aTarget, role } from './support.js';

const ban = 4n;
const serverRole = (position: number, change: Partial<ServerRole> = {}): ServerRole => ({
	...{ ...role(position), managed: false, permissions: 0n, isDangerous: false },
	...change
});
const [baker, jailRole, mods, booster, high, boss] = [
	serverRole(1),
	serverRole(2),
	serverRole(3, { permissions: ban, isDangerous: true }),
	serverRole(4, { managed: true }),
	serverRole(6),
	serverRole(8)
] as const;
const admin = { id: '2', username: 'admin', topRole: role(5), permissions: 8n };
const everything = [baker.id, mods.id, booster.id, high.id, boss.id, '999'];
const snapshotOf = (change: Partial<Snapshot> = {}): Snapshot => ({
	...{ guildId: '1', userId: '3', roleIds: [baker.id, mods.id], nickname: null, leftAt: 7 },
	...change
});
const serverRoles = () => new Map([baker, jailRole, mods, booster, high, boss].map((one) => [one.id, one]));

describe('what is given back', () => {
	const plan = (snapshot: Partial<Snapshot>, target: Parameters<typeof aTarget>[0] = {}, more: object = {}) =>
		planRestore(snapshotOf(snapshot), aSituation({ actor: admin, target: aTarget({ roleIds: [], ...target }) }), {
			...{ roles: serverRoles(), jailRoleId: jailRole.id, mayNickname: true, isNickLocked: false },
			...more
		});

	test('each role is given or says why not; the dangerous ones are named', () => {
		expect(plan({ roleIds: everything })).toEqual({
			...{ given: [baker.id, mods.id], dangerous: [mods.id], nickname: null, nicknameFault: null, leftAt: 7 },
			left: [
				{ id: booster.id, why: 'role-managed' },
				{ id: high.id, why: 'role-above-you' },
				{ id: boss.id, why: 'role-above-me' },
				{ id: '999', why: 'gone' }
			]
		});
	});

	test('what he has already, and the role of the jail, count as nothing', () => {
		const nothing = plan({ roleIds: [baker.id, jailRole.id], nickname: 'Annie' }, { roleIds: [baker.id], nickname: 'Annie' });
		expect([nothing.given, nothing.left, nothing.nickname, comesTo(nothing)]).toEqual([[], [], null, 'nothing']);
	});

	test.each([
		['comes back', {}, {}, 'Annie', null],
		['stays as it is when it is locked', {}, { isNickLocked: true }, null, 'nick-locked'],
		['is not set where the bot may not', {}, { mayNickname: false }, null, 'nick-permission'],
		['does not take the place of a later one', { nickname: 'Anna' }, {}, null, 'nick-other']
	])('a nickname %s', (_, target, more, nickname, nicknameFault) => {
		expect(plan({ roleIds: [], nickname: 'Annie' }, target, more)).toMatchObject({ nickname, nicknameFault });
	});
});

function refusal(code: number, status = 403): DiscordAPIError {
	return new DiscordAPIError({ code, message: 'no' }, code, status, 'PATCH', '/members', { body: undefined, files: undefined });
}

function make(stored: Snapshot | null = snapshotOf(), held: readonly string[] = []) {
	const roles = serverRoles();
	const calls: string[] = [];
	const jail = new Map<string, JailEntry>();
	/** What Discord says to a request; undefined: it does it. */
	const discordSays: { answer: (call: string) => Error | undefined } = { answer: () => undefined };
	let locked = false;
	const is = (change: Parameters<typeof aTarget>[0], actor: Situation['actor'] = admin) => {
		memory.state.situation = aSituation({ actor, target: aTarget({ roleIds: held, ...change }) });
	};
	const request = async (call: string, done: () => void) => {
		calls.push(call);
		const error = discordSays.answer(call);
		if (error !== undefined) throw error;
		done();
	};
	const now = () => memory.state.situation.target ?? aTarget();
	const look = (situation: Situation) =>
		lookAtRestore(
			{
				snapshots: { find: async () => stored },
				jailed: { find: async (_guildId, userId) => jail.get(userId) ?? null },
				roles: async () => roles,
				roleOf: async () => jailRole.id,
				actions: { vetoesOf: () => [{ module: 'x', veto: () => (locked ? refuse('nick-locked') : accept(null)) }] },
				manageNicknames: PermissionFlagsBits.ManageNicknames
			},
			situation
		);
	const action = restoreAction({
		discord: {
			setMember: (_guildId, _userId, { roleIds, nickname }) =>
				request(`all ${roleIds.join()} ${nickname}`, () => is({ roleIds, nickname: nickname ?? now().nickname })),
			addRole: (_guildId, _userId, roleId) => request(`add ${roleId}`, () => is({ ...now(), roleIds: [...now().roleIds, roleId] })),
			setNickname: (_guildId, _userId, nickname) => request(`nick ${nickname}`, () => is({ ...now(), nickname }))
		},
		look
	});
	const memory = moderationInMemory([action]);
	is({});
	const request3 = { type: 'restore', guildId: '1', targetId: '3', actorId: '2' };
	const restore = (confirmed: readonly string[] = [mods.id]) => memory.moderation.perform({ ...request3, details: { confirmed } });
	const situations = { read: async () => memory.state.situation };
	return {
		...{ ...memory, roles, calls, jail, discordSays, is, restore, action },
		lock: () => {
			locked = true;
		},
		plan: () => restorePlan({ moderation: memory.moderation, situations, look }, request3)
	};
}

describe('restore', () => {
	test('gives roles and nickname in one request, and the case says which', async () => {
		const { restore, calls, cases } = make(snapshotOf({ nickname: 'Annie', roleIds: everything }));
		expect((await restore()).ok).toBe(true);
		expect(calls).toEqual([`all ${baker.id},${mods.id} Annie`]);
		const [one] = cases;
		expect(one?.details).toMatchObject({ given: [baker.id, mods.id], nickname: 'Annie', leftAt: 7 });
		expect(remarksOf(one?.details ?? {})).toEqual([
			{ code: 'left-at', at: 7 },
			{ code: 'given', roleIds: [baker.id, mods.id] },
			{ code: 'nickname', text: 'Annie' },
			{ code: 'left-role-managed', roleIds: [booster.id] },
			{ code: 'left-role-above-you', roleIds: [high.id] },
			{ code: 'left-role-above-me', roleIds: [boss.id] },
			{ code: 'left-gone', roleIds: ['999'] }
		]);
	});

	test('gives nothing dangerous that nobody confirmed, also when it became so after the question', async () => {
		const { restore, calls, cases, roles } = make();
		roles.set(baker.id, { ...baker, permissions: ban, isDangerous: true });
		await restore([mods.id]);
		expect(calls).toEqual([`all ${mods.id} null`]);
		expect(cases[0]?.details).toMatchObject({ given: [mods.id], left: [[baker.id, 'role-dangerous']] });
	});

	test('twice gives once: the second time there is nothing left', async () => {
		const { restore, calls, cases } = make();
		await restore();
		expect(await restore()).toMatchObject({ ok: false, code: 'nothing-to-restore', values: { user: 'tess' } });
		expect([calls.length, cases.length]).toEqual([1, 1]);
	});

	test('what could not be given the first time is given once it can', async () => {
		const { restore, calls, roles } = make(snapshotOf({ roleIds: [baker.id, high.id] }));
		await restore();
		roles.set(high.id, { ...high, position: 4 });
		await restore();
		expect(calls).toEqual([`all ${baker.id} null`, `all ${baker.id},${high.id} null`]);
	});

	test.each<[string, Snapshot | null, string]>([
		['nothing is known', null, 'no-snapshot'],
		['nothing of it can be given', snapshotOf({ roleIds: [boss.id] }), 'restore-none']
	])('is refused when %s', async (_, stored, code) => {
		const { restore, calls } = make(stored);
		expect(await restore()).toMatchObject({ ok: false, code });
		expect(calls).toEqual([]);
	});

	test('is refused while he is in jail, whatever he had', async () => {
		const { restore, plan, jail, calls } = make();
		jail.set('3', { guildId: '1', userId: '3', roleIds: [], caseNumber: 1, at: 0 });
		expect(await restore()).toMatchObject({ ok: false, code: 'jailed-first' });
		expect(await plan()).toMatchObject({ ok: false, code: 'jailed-first' });
		expect(calls).toEqual([]);
	});

	test('somebody whose administrator counts with the bot alone gives nothing dangerous', async () => {
		const { restore, is, cases } = make();
		is({}, { ...admin, permissions: 0n });
		await restore();
		expect(cases[0]?.details).toMatchObject({ given: [baker.id], left: [[mods.id, 'role-more-than-you']] });
	});

	test('a look asks the ranks first, and does nothing', async () => {
		const { plan, is, calls, cases } = make();
		is({ topRole: role(5) });
		expect(await plan()).toMatchObject({ ok: false, code: 'target-above-you' });
		is({ inServer: false, topRole: null });
		expect(await plan()).toMatchObject({ ok: false, code: 'not-a-member' });
		is({});
		expect(await plan()).toMatchObject({ ok: true, value: { given: [baker.id, mods.id], dangerous: [mods.id] } });
		expect([calls, cases]).toEqual([[], []]);
	});

	test('a locked nickname is held by whoever locked it', async () => {
		const { restore, lock, calls, cases } = make(snapshotOf({ nickname: 'Annie' }));
		lock();
		await restore();
		expect(calls).toEqual([`all ${baker.id},${mods.id} null`]);
		expect(cases[0]?.details).toMatchObject({ nickname: null, nicknameFault: 'nick-locked' });
	});

	test('when Discord refuses all at once, each is asked for alone, and those that it refuses say so', async () => {
		const { restore, calls, cases, discordSays } = make(snapshotOf({ nickname: 'Annie' }));
		discordSays.answer = (call) =>
			call.startsWith('all') || call === `add ${mods.id}` || call.startsWith('nick') ? refusal(50013) : undefined;
		expect((await restore()).ok).toBe(true);
		expect(calls).toEqual([`all ${baker.id},${mods.id} Annie`, `add ${baker.id}`, `add ${mods.id}`, 'nick Annie']);
		expect(cases[0]?.details).toMatchObject({
			given: [baker.id],
			left: [[mods.id, 'refused']],
			nickname: null,
			nicknameFault: 'nick-refused'
		});
	});

	test('a role that was deleted a moment ago is gone, and no more is said of it', async () => {
		const { restore, cases, discordSays } = make();
		discordSays.answer = (call) => (call.startsWith('all') || call === `add ${mods.id}` ? refusal(10011, 404) : undefined);
		await restore();
		expect(cases[0]?.details).toMatchObject({ given: [baker.id], left: [[mods.id, 'gone']] });
	});

	test.each([
		['everything', () => refusal(50013), 3],
		['since he has left', () => refusal(10007, 404), 1]
	])('Discord refuses %s: it is thrown, and there is no case', async (_, answer, requests) => {
		const { restore, calls, cases, orders, discordSays } = make();
		discordSays.answer = answer;
		await expect(restore()).rejects.toThrow(DiscordAPIError);
		expect([calls.length, cases.length, orders.size]).toEqual([requests, 0, 0]);
	});

	test('Discord is away: the order is kept, and finished later without giving twice', async () => {
		const { restore, orders, discordSays, action, state, is } = make();
		discordSays.answer = () => new HTTPError(503, 'Service Unavailable', 'PATCH', '/members', { body: undefined, files: undefined });
		expect(await restore()).toMatchObject({ ok: false, code: 'discord-away' });
		const [order] = [...orders.values()];
		if (order === undefined) throw new Error('The order was dropped');
		expect(await action.isDone(state.situation, order)).toBe(false);
		is({ roleIds: [baker.id, mods.id] });
		expect(await action.isDone(state.situation, order)).toBe(true);
		is({ inServer: false, topRole: null, roleIds: [] });
		expect(await action.isDone(state.situation, order)).toBe(false);
	});
});

describe('what is kept of somebody who leaves', () => {
	const gone = (change: object = {}) => ({
		...{
			id: '3',
			guild: { id: '1' },
			partial: false,
			nickname: null,
			roles: { cache: new Map<string, { id: string; managed: boolean }>() }
		},
		...change
	});
	const cache = new Map([
		['1', { id: '1', managed: false }],
		['10', { id: '10', managed: false }],
		['11', { id: '11', managed: true }]
	]);

	test('roles that people give, and the nickname; of who was not in memory nothing is known', () => {
		expect(readLeaver(gone({ roles: { cache }, nickname: 'Annie' }))).toEqual({
			guildId: '1',
			userId: '3',
			roleIds: ['10'],
			nickname: 'Annie'
		});
		expect(readLeaver(gone())).toEqual({ guildId: '1', userId: '3', roleIds: [], nickname: null });
		expect(readLeaver(gone({ partial: true }))).toBeNull();
	});

	function keeping({ declined = '' } = {}) {
		const kept: Snapshot[] = [];
		const snapshots = new Snapshots({
			rows: {
				async keep(one) {
					kept.push(one);
				}
			},
			isDeclined: (userId) => userId === declined,
			clock: { now: () => 9, onJump: () => () => undefined }
		});
		return { kept, snapshots };
	}
	const leaver: Leaver = { guildId: '1', userId: '3', roleIds: ['10', '12'], nickname: null };

	test('one row, with the time; roles that come back another way are left out', async () => {
		const { kept, snapshots } = keeping();
		snapshots.leaveOut(async () => ['12']);
		await snapshots.left(leaver);
		expect(kept).toEqual([{ guildId: '1', userId: '3', roleIds: ['10'], nickname: null, leftAt: 9 }]);
	});

	test('nothing of who had nothing, and nothing of who does not want it', async () => {
		const { kept, snapshots } = keeping({ declined: '4' });
		await snapshots.left({ ...leaver, roleIds: [] });
		await snapshots.left({ ...leaver, userId: '4' });
		expect(kept).toEqual([]);
		await snapshots.left({ ...leaver, roleIds: [], nickname: 'Annie' });
		expect(kept).toHaveLength(1);
	});
});
