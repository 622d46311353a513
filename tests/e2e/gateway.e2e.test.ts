import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { type House, openHouse } from '../support/house.js';

let house: House;
let general: { readonly id: string };
let turn = 0;

beforeAll(async () => {
	house = await openHouse({ start: false, env: { MOBILE_STATUS: 'true' } });
	// So that a connection that went silent is noticed in a test's time.
	await house.discord.control('POST', '/application', { heartbeat_interval: 1_000 });
	await house.start();
	general = house.discord.home.channel('general');
	await Promise.all(house.discord.home.members.map((member) => member.connect()));
});
afterAll(async () => {
	try {
		await house.discord.expectNoFaults();
	} finally {
		await house[Symbol.asyncDispose]();
	}
});

interface Identify {
	readonly properties: { readonly os: string; readonly browser: string };
	readonly intents: number;
	readonly shard: readonly [number, number];
}

async function identifies(): Promise<readonly Identify[]> {
	return JSON.parse(JSON.stringify(await house.discord.control('GET', '/identifies')));
}

test('the bot introduces itself as the mobile application when it is told to, and asks for no presences', async () => {
	const [identify] = await identifies();
	expect(identify?.properties).toMatchObject({ os: 'iOS', browser: 'Discord iOS' });
	expect(identify?.shard).toEqual([0, 1]);
	const [members, presences, content] = [1 << 1, 1 << 8, 1 << 15];
	expect((identify?.intents ?? 0) & (members | presences | content)).toBe(members | content);
});

/** Cooldowns are counted by person. */
function somebody(): UserDriver {
	const { members } = house.discord.home;
	const member = members[turn++ % members.length];
	if (member === undefined) throw new Error('The server has no members');
	return member;
}

/** How many messages of people the bot has walked through its last step. */
async function messagesHandled(): Promise<number> {
	const page = await (await fetch(`${await house.health()}/metrics`)).text();
	return Number(/^evict_step_seconds_count\{step="afkSeen"\} (\d+)$/m.exec(page)?.[1] ?? 0);
}

async function many(path: '/identifies' | '/resumes'): Promise<number> {
	return Object(await house.discord.control('GET', path)).length;
}

const isPong = (after: SeenMessage) => (message: SeenMessage) => message.text.includes('Pong') && BigInt(message.id) > BigInt(after.id);

describe('what is said while the connection to Discord is gone is handled once, in the same session', () => {
	test.each([
		['the line is cut, three times', () => house.discord.faults.gateway('drop'), 3],
		['Discord asks to reconnect', () => house.discord.faults.gateway('reconnect'), 1],
		['Discord says that the session must be resumed', () => house.discord.faults.gateway('invalidate', { resumable: true }), 1],
		['heartbeats are no longer answered', () => house.discord.faults.gateway('silence-heartbeats'), 1]
	] as const)('%s', async (_, fault, times) => {
		const [identifies, before] = [await many('/identifies'), await messagesHandled()];
		let said = 0;
		for (let round = 0; round < times; round += 1) {
			const resumes = await many('/resumes');
			await fault();
			const person = somebody();
			for (let count = 0; count < 5; count += 1) await person.send(general, 'good morning');
			const asked = await person.send(general, ';ping');
			said += 6;
			await eventually('the session is resumed', async () => (await many('/resumes')) > resumes);
			await house.discord.faults.clear();
			await person.expectMessage(general, isPong(asked), 10_000);
			await eventually('everything is handled', async () => (await messagesHandled()) >= before + said);
			expect((await person.messages(general)).filter(isPong(asked))).toHaveLength(1);
		}
		expect(await messagesHandled()).toBe(before + said);
		expect(await many('/identifies')).toBe(identifies);
	});
});

test('a session that Discord ended is followed by a new one, once, within ten seconds', async () => {
	const identifies = await many('/identifies');
	await house.discord.faults.gateway('invalidate', { resumable: false });
	await eventually('there is a new session', async () => (await many('/identifies')) > identifies);
	const person = somebody();
	const asked = await person.send(general, ';ping');
	await person.expectMessage(general, isPong(asked), 10_000);
	expect(await many('/identifies')).toBe(identifies + 1);
	expect((await house.readiness()).status).toBe(200);
});

test('an event that Discord sends twice is handled once', async () => {
	await house.discord.faults.gateway('spoil', { fate: 'double', types: ['MESSAGE_CREATE', 'INTERACTION_CREATE'] });
	// People without a cooldown.
	const guild = await house.discord.guild({ members: ['ana', 'bob'] });
	const [ana, bob] = guild.members;
	const place = guild.channel('general');
	if (ana === undefined || bob === undefined) throw new Error('The server has no members');
	const asked = await ana.send(place, ';ping');
	await ana.expectMessage(place, isPong(asked));
	expect(await bob.slash(place, 'uptime')).toMatchObject({ failed: false, ephemeral: false });
	await house.discord.faults.clear();
	// What comes after them has been handled after them.
	const later = await guild.owner.send(place, ';ping');
	await eventually('that is answered too', async () => (await ana.messages(place)).some(isPong(later)));
	const answers = (await ana.messages(place)).filter(({ isBot }) => isBot);
	expect(answers.filter(isPong(asked))).toHaveLength(2);
	expect(answers).toHaveLength(3);
	expect(house.output).not.toMatch(/Unexpected error|"level":"error"/);
});

/** After such a close it is of no use to try again: the bot ends with 1 and a plain sentence. */
async function endsAfter(code: number, sentence: RegExp): Promise<void> {
	if (house.bot === null) await house.start();
	const { bot } = house;
	await house.discord.faults.gateway('close', { code, reason: 'no' });
	expect(await bot?.exit).toEqual({ code: 1, signal: null });
	house.bot = null;
	expect(bot?.output).toMatch(sentence);
	expect(bot?.output).not.toMatch(/\bat .+:\d+:\d+/);
}

test('a close that says that the token is wrong ends the bot', () => endsAfter(4004, /does not accept the bot's token/));

test('when our time is not Discord’s, that is said', async () => {
	expect(house.output).not.toContain('Our time is');
	if (house.bot !== null) await house.stop();
	await house.discord.faults.dateSkew(600_000);
	const bot = await house.start({ MOBILE_STATUS: undefined });
	await house.discord.faults.clear();
	expect((await identifies()).at(-1)?.properties.browser, 'as what it is, when it is told nothing else').not.toContain('iOS');
	expect(bot.output).toMatch(/Our time is (599|600|601) s behind Discord's/);
});

test('a close that says that an intent is not allowed ends the bot', () => endsAfter(4014, /refuses the privileged intents/));
