import { expect, test } from 'vitest';
import { isDangerous, type RoleScene, roleScenes, type Way, whyNot } from './roleModel.js';
import { type Came, roleWorld } from './roleWorld.js';

const adding = (roleId: string) => ({ add: [roleId], remove: [] });
const removing = (roleId: string) => ({ add: [], remove: [roleId] });
const hand = (change: Way['change']): Way => ({ change, by: 'hand' });
const itself = (change: Way['change']): Way => ({ change, by: 'itself' });
const world = roleWorld();

/** Runs every scene; names those that came out in another way than the model says. */
async function everyScene(way: Way, run: (scene: RoleScene) => Promise<Came>, isRight: (came: Came, why: string | null) => boolean) {
	const wrong: string[] = [];
	let done = 0;
	for (const scene of roleScenes()) {
		const why = whyNot(scene, way);
		if (why === null) done += 1;
		const came = await run(scene);
		if (!isRight(came, why)) wrong.push(`${JSON.stringify(scene)}: ${JSON.stringify(came)} instead of ${why}`);
	}
	expect(wrong.slice(0, 5)).toEqual([]);
	expect(done).toBeGreaterThan(50);
}

/** Done and told, or refused for the right reason without a request and without a case. */
const exactly =
	(asks: string) =>
	({ code, asked, cases }: Came, why: string | null) =>
		code === why && asked.join() === (why === null ? asks : '') && cases === (why === null ? 1 : 0);
/** The effect alone: what is said depends on how it was come to. */
const inEffect =
	(asks: string) =>
	({ asked }: Came, why: string | null) =>
		asked.join() === (why === null ? asks : '');

test('somebody gives a role to one: by prefix, slash or for a time', () =>
	everyScene(hand('give'), (scene) => world.perform(scene, false, 'role', adding), exactly('give')));

test('somebody takes a role from one', () =>
	everyScene(hand('take'), (scene) => world.perform(scene, true, 'role', removing), exactly('take')));

test('the button takes back what was given, for who may take it now', () =>
	everyScene(
		hand('take'),
		(scene) => world.perform(scene, true, 'roleback', adding),
		// A role that is gone needs no taking back.
		(came, why) => (why === 'role-gone' ? came.asked.length === 0 : exactly('take')(came, why))
	));

test('the button gives back what was taken, for who may give it now', () =>
	everyScene(
		hand('give'),
		(scene) => world.perform(scene, false, 'roleback', removing),
		(came, why) => (why === 'role-gone' ? came.asked.length === 0 : exactly('give')(came, why))
	));

test.each(['give', 'take'] as const)('many: %s, asked at first and again for each', (change) =>
	everyScene(
		{ change, by: 'many' },
		async (scene) => {
			const [question, item] = await world.many(scene, change);
			return question === item.code ? item : { ...item, code: `first ${question}, then ${item.code}` };
		},
		({ code, asked }, why) => code === why && asked.join() === (why === null ? change : '')
	)
);

test('the bot may be one of the many, and is asked for its permission as everybody else', async () => {
	const scene: RoleScene = { role: 'ordinary', stands: '1', carries: 'nothing', actor: '3', holds: 'managing roles', bot: '3' };
	expect(await world.manyAtBot(scene, 1n << 28n)).toMatchObject({ code: null, asked: ['give'] });
	expect(await world.manyAtBot(scene, 0n)).toMatchObject({ code: 'bot-permission', asked: [] });
});

test('the end of a time takes a role only where it can be taken, and else comes again without asking Discord', () =>
	everyScene(
		itself('take'),
		(scene) => world.expire(scene, 'give'),
		({ code, asked }, why) => {
			if (why === 'role-gone') return asked.length === 0 && code === null;
			return asked.join() === (why === null ? 'take' : '') && (code === 'retry') === (why !== null);
		}
	));

test('the end of a time gives back what was taken only where it may be given without a hand', () =>
	everyScene(
		itself('give'),
		(scene) => world.expire(scene, 'take'),
		({ code, asked }, why) => {
			if (why === 'role-gone') return asked.length === 0 && code === null;
			return asked.join() === (why === null ? 'give' : '') && (code === 'retry') === (why !== null);
		}
	));

test('who comes back has what he has for a time, unless it may not be given without a hand', () =>
	everyScene(itself('give'), (scene) => world.rejoin(scene), inEffect('give')));

test('what is over by then is not given again, neither when its timer is late nor when it ends at this moment', async () => {
	for (const ends of ['before', 'meanwhile'] as const)
		for (const scene of roleScenes()) expect((await world.rejoin(scene, { ends })).asked).toEqual([]);
});

test('a role for a time that was taken from many before a crash is over after it', async () => {
	for (const scene of roleScenes()) expect(await world.manyAgain(scene)).toEqual(['skipped', 'it']);
});

test('who belongs in jail gets nothing back by coming back', async () => {
	for (const scene of roleScenes()) expect((await world.rejoin(scene, { isJailed: true })).asked).toEqual([]);
});

test.each([
	['give', false, 'role', adding],
	['take', true, 'role', removing],
	['take', true, 'roleback', adding],
	['give', false, 'roleback', removing],
	['give', false, 'unstrip', (roleId: string) => ({ given: [roleId], left: [] })]
] as const)('what was cut short is gone on with only as far as it still may be: %s (%s, %s)', (change, has, type, detailsOf) =>
	everyScene(hand(change), (scene) => world.finish(scene, has, type, detailsOf), inEffect(change))
);

test('what was cut short of giving back after a return: dangerous ones only when an administrator confirmed them', async () => {
	const given = (roleId: string) => ({ given: [roleId], left: [], nickname: null, nicknameFault: null, leftAt: 0 });
	const confirmed = (roleId: string) => ({ ...given(roleId), confirmed: [roleId] });
	await everyScene(hand('give'), (scene) => world.finish(scene, false, 'restore', confirmed), inEffect('give'));
	for (const scene of roleScenes()) if (isDangerous(scene)) expect((await world.finish(scene, false, 'restore', given)).asked).toEqual([]);
});

test('what somebody had when he left is given back as if by hand', async () => {
	const confirming = (roleId: string) => ({ confirmed: [roleId] });
	await everyScene(hand('give'), (scene) => world.perform(scene, false, 'restore', confirming), inEffect('give'));
	for (const scene of roleScenes())
		if (isDangerous(scene)) expect((await world.perform(scene, false, 'restore', () => ({}))).asked).toEqual([]);
});

test('what a strip took is given back as if by hand', () =>
	everyScene(
		hand('give'),
		(scene) => world.perform(scene, false, 'unstrip', (roleId) => ({ taken: [roleId], kept: [] })),
		inEffect('give')
	));

test('a strip takes what is dangerous and can be taken, whoever asks for it', async () => {
	const wrong: string[] = [];
	for (const scene of roleScenes()) {
		const { asked } = await world.perform(scene, true, 'strip', () => ({}));
		const takes = isDangerous(scene) && whyNot(scene, itself('take')) === null;
		if (asked.join() !== (takes ? 'take' : '')) wrong.push(JSON.stringify(scene));
	}
	expect(wrong.slice(0, 5)).toEqual([]);
});

test('the jail takes what can be taken, and gives back nothing that is dangerous by then', async () => {
	await everyScene(itself('take'), (scene) => world.perform(scene, true, 'jail', () => ({})), inEffect('take'));
	await everyScene(itself('give'), (scene) => world.unjail(scene, 'hand'), inEffect('give'));
	await everyScene(itself('give'), (scene) => world.unjail(scene, 'itself'), inEffect('give'));
});
