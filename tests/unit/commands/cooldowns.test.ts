import { describe, expect, test } from 'vitest';
import { Cooldowns } from '#lib/commands/guards/cooldowns.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { aLeaf } from './support.js';

const START = 1_000_000;
const ana = { userId: 'ana', guildId: 'g', channelId: 'c' };

function make() {
	const clock = { now: START };
	return {
		cooldowns: new Cooldowns(memoryKeyValue({ logger: { warn: () => undefined, info: () => undefined, error: () => undefined } }), {
			now: () => clock.now
		}),
		clock
	};
}

async function uses(cooldowns: Cooldowns, count: number, caller = ana, leaf = aLeaf()) {
	const answers = [];
	for (let index = 0; index < count; index += 1) answers.push(await cooldowns.use(leaf, caller));
	return answers;
}

describe('every command', () => {
	test('a member may use three in five seconds, and is told once', async () => {
		const { cooldowns } = make();
		expect(await uses(cooldowns, 5)).toEqual([null, null, null, { seconds: 5, told: false }, { seconds: 5, told: true }]);
	});

	test('a clock that was put back makes nobody wait', async () => {
		const { cooldowns, clock } = make();
		await uses(cooldowns, 4);
		clock.now -= 3_600_000;
		expect(await uses(cooldowns, 1)).toEqual([null]);
	});

	test('the window opens again', async () => {
		const { cooldowns, clock } = make();
		await uses(cooldowns, 4);
		clock.now += 4_999;
		expect(await uses(cooldowns, 1)).toEqual([{ seconds: 1, told: true }]);
		clock.now += 1;
		expect(await uses(cooldowns, 1)).toEqual([null]);
	});

	test('a channel takes eight in five seconds from all members together', async () => {
		const { cooldowns } = make();
		for (const userId of ['a', 'b', 'c', 'd']) expect(await uses(cooldowns, 2, { ...ana, userId })).toEqual([null, null]);
		expect(await uses(cooldowns, 1, { ...ana, userId: 'e' })).toEqual([{ seconds: 5, told: false }]);
		expect(await uses(cooldowns, 1, { userId: 'e', guildId: 'g', channelId: 'other' })).toEqual([null]);
	});
});

test('an expensive command: one in five seconds a person everywhere, three in ten seconds a server', async () => {
	const { cooldowns } = make();
	const leaf = aLeaf({ cooldown: 'expensive' });
	expect(await uses(cooldowns, 2, ana, leaf)).toMatchObject([null, { told: false }]);
	expect(await cooldowns.use(leaf, { userId: 'ana', guildId: 'other', channelId: 'x' })).not.toBeNull();
	expect(await cooldowns.use(leaf, { ...ana, userId: 'b' })).toBeNull();
	expect(await cooldowns.use(leaf, { ...ana, userId: 'c' })).toBeNull();
	expect(await cooldowns.use(leaf, { ...ana, userId: 'd' })).toMatchObject({ seconds: 10 });
});

test('a bucket of its own counts the whole server', async () => {
	const { cooldowns } = make();
	const leaf = aLeaf({ cooldown: { uses: 1, seconds: 30, scope: 'guild' } });
	expect(await cooldowns.use(leaf, ana)).toBeNull();
	expect(await cooldowns.use(leaf, { ...ana, userId: 'b' })).toEqual({ seconds: 30, told: false });
});

test('looking uses nothing up', async () => {
	const { cooldowns } = make();
	for (let index = 0; index < 10; index += 1) expect(await cooldowns.peek(aLeaf(), ana)).toBeNull();
	await uses(cooldowns, 3);
	expect(await cooldowns.peek(aLeaf(), ana)).toEqual({ seconds: 5 });
});

test('what a person uses up everywhere opens again a whole window after its first use, and not before', async () => {
	const { cooldowns, clock } = make();
	const leaf = aLeaf({ cooldown: { uses: 1, seconds: 60, scope: 'user' } });
	clock.now = 60_000 * 20 - 1_000;
	expect(await cooldowns.use(leaf, ana)).toBeNull();
	clock.now += 2_000;
	expect(await cooldowns.peek(leaf, ana)).toEqual({ seconds: 58 });
	expect(await cooldowns.use(leaf, ana)).toEqual({ seconds: 58, told: false });
	expect(await cooldowns.use(leaf, ana)).toEqual({ seconds: 58, told: true });
	clock.now += 58_000;
	expect(await cooldowns.peek(leaf, ana)).toBeNull();
	expect(await cooldowns.use(leaf, ana)).toBeNull();
});

test('a clock that was put back makes nobody wait for what he uses up everywhere', async () => {
	const { cooldowns, clock } = make();
	const leaf = aLeaf({ cooldown: 'expensive' });
	expect(await uses(cooldowns, 2, ana, leaf)).toMatchObject([null, { told: false }]);
	clock.now -= 3_600_000;
	expect(await cooldowns.use(leaf, ana)).toBeNull();
});
