import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import type { Situation } from '../../../src/modules/moderation/domain/situation.js';
import { LogHealth } from '../../../src/modules/moderation/service/logHealth.js';
import { judgeAction, Moderation } from '../../../src/modules/moderation/service/moderation.js';
import { defaultSettings, type ModerationSettings } from '../../../src/modules/moderation/settings.js';
import { type AllServices, allServices } from '../../support/allServices.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { recordingLogger } from '../../support/recordingLogger.js';
import { type Deed, expected, isImpossible, protectedRoleIds, type Scene, scenes, situationOf } from './rankModel.js';

let database: TestDatabase;
let all: AllServices;

beforeAll(async () => {
	database = await testDatabase();
	all = await allServices(database);
});
afterAll(async () => {
	await all[Symbol.asyncDispose]();
	await database[Symbol.asyncDispose]();
});

const settings: ModerationSettings = { ...defaultSettings, protectedRoleIds };
const registered = () => all.services.moderation.moderation.actions;
const aimedAtPeople = () =>
	registered()
		.all()
		.filter(({ aim }) => aim === 'member' || aim === 'user');
const toldApart = (scene: Scene, { type }: Deed, said: string | null) => `${type} ${JSON.stringify(scene)}: ${said}`;

test('every action at a person is done exactly when the ranks allow it, and else the right one of the reasons is given', () => {
	const actions = aimedAtPeople();
	expect(actions.length).toBeGreaterThan(10);
	const wrong: string[] = [];
	let asked = 0;
	for (const scene of scenes()) {
		if (isImpossible(scene)) continue;
		for (const action of actions) {
			const judged = judgeAction(action, situationOf(scene, action), settings);
			const said = judged.ok ? null : judged.code;
			asked += 1;
			if (said !== expected(scene, action)) wrong.push(`${toldApart(scene, action, said)} instead of ${expected(scene, action)}`);
		}
	}
	expect(wrong.slice(0, 10)).toEqual([]);
	expect(asked).toBeGreaterThan(50_000);
});

test('the one door refuses what the ranks refuse, before it asks Discord, writes an order, or tells anybody', async () => {
	const touched: string[] = [];
	const touch = (what: string) => () => {
		touched.push(what);
		throw new Error(`${what} after a refusal`);
	};
	let situation: Situation | null = null;
	const clock = { now: () => 0, onJump: () => () => undefined };
	const moderation = new Moderation({
		actions: registered(),
		cases: {
			...{ begin: touch('begin'), drop: touch('drop'), complete: touch('complete'), find: touch('find') },
			...{ findByOrder: touch('findByOrder'), note: touch('note'), unfinished: async () => null }
		},
		situations: { read: async () => situation },
		voice: { tell: touch('tell'), takeBack: touch('takeBack') },
		settings: new CachedSettings<ModerationSettings>({
			defaults: settings,
			derive: nothingDerived,
			source: { read: async () => null, readMany: async () => new Map() }
		}),
		alone: (_about, work) => work(),
		logHealth: new LogHealth(memoryKeyValue({ logger: recordingLogger() }), clock),
		clock,
		...{ wake: touch('wake'), newKey: () => 'order', botId: () => '1008' }
	});
	const wrong: string[] = [];
	for (const scene of scenes()) {
		// The other permissions are the test's above: here every rank counts once.
		if (isImpossible(scene) || scene.permissions !== 'administrator') continue;
		for (const action of aimedAtPeople()) {
			const reason = expected(scene, action);
			if (reason === null) continue;
			situation = situationOf(scene, action);
			const { actor, target } = situation;
			const outcome = await moderation.perform({
				...{ type: action.type, guildId: '1', actorId: actor?.id ?? null, targetId: target?.id ?? '1', reason: 'why', durationMs: 60_000 }
			});
			if (outcome.ok || outcome.code !== reason || outcome.module !== 'moderation')
				wrong.push(`${toldApart(scene, action, outcome.ok ? null : outcome.code)} instead of ${reason}`);
		}
	}
	expect(wrong.slice(0, 10)).toEqual([]);
	expect(touched).toEqual([]);
});

test('what aims at nobody is one of few that were thought about', () => {
	const others = registered()
		.all()
		.filter(({ aim }) => aim === 'none' || aim === 'channel');
	// A note is a thing among staff, also about who stands above; roles given by hand are only noted. The others end restrictions of a
	// whole server, or each of many is asked for himself.
	const types = others.filter(({ aim }) => aim === 'none').map(({ type }) => type);
	expect(types.filter((type) => !['note', 'roles'].includes(type) && !/mass|all|clear|reset$/i.test(type))).toEqual([]);
});
