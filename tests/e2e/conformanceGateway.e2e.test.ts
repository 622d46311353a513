import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Conformance, GatewayClient, openDiscord } from '../support/conformanceClient.js';

/** Guilds, messages and their content. */
const intents = (1 << 0) | (1 << 9) | (1 << 15);

let discord: Conformance;
let general: string;
let url: string;
let token: string;
let bot: Actor;
let ana: Actor;

beforeAll(async () => {
	discord = await openDiscord();
	({ bot } = discord);
	const [first] = discord.members;
	if (!first) throw new Error('The server has too few members for this suite');
	ana = first;
	general = String(discord.world.channels[0]?.id);
	url = discord.world.gateway;
	token = discord.world.botToken;
});

afterAll(async () => {
	const wrong = await discord.wrongAnswers();
	await discord[Symbol.asyncDispose]();
	expect(wrong ?? []).toEqual([]);
});

const say = async (content: string) => {
	const answer = await ana.post(`/channels/${general}/messages`, { content });
	expect(answer.status).toBe(200);
};

describe('logging in', () => {
	test('READY lists the guilds as unavailable, and each follows whole', async () => {
		await using client = await GatewayClient.identify(url, token, intents);
		const ready = await client.event('READY');
		expect(ready.d).toMatchObject({ v: 10, user: { id: bot.id, bot: true }, guilds: [{ id: discord.world.guildId, unavailable: true }] });
		const guild = await client.event('GUILD_CREATE');
		expect(guild.d).toMatchObject({ id: discord.world.guildId, unavailable: false });
		expect(client.packets[0]?.d.heartbeat_interval).toBeGreaterThan(1000);
	});

	test('a heartbeat is answered', async () => {
		await using client = await GatewayClient.identify(url, token, intents);
		await client.event('READY');
		client.send(1, 1);
		await client.next(({ op }) => op === 11);
	});

	test.each([
		['a wrong token', 4004, 2, { token: 'wrong', intents, properties: {} }],
		['an impossible shard', 4010, 2, { token: '', intents, properties: {}, shard: [2, 2] }],
		['unknown intents', 4013, 2, { token: '', intents: 2 ** 30, properties: {} }],
		['an unknown op', 4001, 99, {}],
		['no object where one is wanted', 4002, 2, 'identify'],
		['asking for members before logging in', 4003, 8, { guild_id: '1', query: '', limit: 0 }]
	])('%s closes with %i', async (_, code, op, data) => {
		await using client = new GatewayClient(url);
		await client.next((packet) => packet.op === 10);
		client.send(op, typeof data === 'object' && 'token' in data && data.token === '' ? { ...data, token } : data);
		expect(await client.closed()).toBe(code);
	});

	test('a number that was never sent closes a resumption with 4007', async () => {
		await using first = await GatewayClient.identify(url, token, intents);
		const ready = await first.event('READY');
		first.cut();
		await first.closed();
		await using second = new GatewayClient(url);
		await second.next(({ op }) => op === 10);
		second.send(6, { token, session_id: ready.d.session_id, seq: 100_000 });
		expect(await second.closed()).toBe(4007);
	});

	test('more than 120 things said in a minute close with 4008, heartbeats among them', async () => {
		await using client = await GatewayClient.identify(url, token, intents);
		await client.event('READY');
		for (let n = 0; n < 120; n++) client.send(1, 1);
		expect(await client.closed()).toBe(4008);
	});

	test.each([
		['an old version', 'v=8&encoding=json', 4012],
		['an encoding that is not spoken', 'v=10&encoding=etf', 4002]
	])('%s closes with a code', async (_, query, code) => {
		await using client = new GatewayClient(url, query);
		expect(await client.closed()).toBe(code);
	});

	test('identifying twice closes with 4005', async () => {
		await using client = await GatewayClient.identify(url, token, intents);
		await client.event('READY');
		client.send(2, { token, intents, properties: {} });
		expect(await client.closed()).toBe(4005);
	});
});

describe('resuming', () => {
	test('after a cut nothing is lost and nothing comes twice', async () => {
		await using first = await GatewayClient.identify(url, token, intents);
		const ready = await first.event('READY');
		await first.event('GUILD_CREATE');
		await say('one');
		const one = await first.event('MESSAGE_CREATE', ({ content }) => content === 'one');
		first.cut();
		await first.closed();
		await say('two');
		await say('three');

		await using second = new GatewayClient(url);
		await second.next(({ op }) => op === 10);
		second.send(6, { token, session_id: ready.d.session_id, seq: one.s });
		await second.event('RESUMED');
		await say('four');
		await second.event('MESSAGE_CREATE', ({ content }) => content === 'four');
		expect(second.events('MESSAGE_CREATE').map(({ content }) => content)).toEqual(['two', 'three', 'four']);
		const numbers = second.packets.flatMap(({ s }) => (s === null ? [] : [s]));
		expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
		expect(new Set(numbers).size).toBe(numbers.length);
	});

	test('a session nobody knows is answered by op 9', async () => {
		await using client = new GatewayClient(url);
		await client.next(({ op }) => op === 10);
		client.send(6, { token, session_id: 'unknown', seq: 1 });
		const refused = await client.next(({ op }) => op === 9);
		expect(refused.d).toBe(false);
	});
});

describe('intents', () => {
	test('without message content the text of others is empty, but not where the bot is mentioned', async () => {
		await using client = await GatewayClient.identify(url, token, (1 << 0) | (1 << 9));
		await client.event('GUILD_CREATE');
		await say('secret');
		await say(`hello <@${bot.id}>`);
		await client.event('MESSAGE_CREATE', ({ content }) => String(content).startsWith('hello'));
		expect(client.events('MESSAGE_CREATE').map(({ content }) => content)).toEqual(['', `hello <@${bot.id}>`]);
	});

	test('without the intent for messages none comes', async () => {
		await using quiet = await GatewayClient.identify(url, token, 1 << 0);
		await using loud = await GatewayClient.identify(url, token, intents);
		await quiet.event('GUILD_CREATE');
		await loud.event('GUILD_CREATE');
		await say('heard?');
		await loud.event('MESSAGE_CREATE', ({ content }) => content === 'heard?');
		expect(quiet.events('MESSAGE_CREATE')).toEqual([]);
	});
});

describe('shards', () => {
	test('a guild is served by the shard its id names, and by no other', async () => {
		const serving = Number((BigInt(discord.world.guildId) >> 22n) % 2n);
		await using own = await GatewayClient.identify(url, token, intents, { shard: [serving, 2] });
		await using other = await GatewayClient.identify(url, token, intents, { shard: [1 - serving, 2] });
		await own.event('GUILD_CREATE');
		const ready = await other.event('READY');
		expect(ready.d.guilds).toEqual([]);
		await say('to one');
		await own.event('MESSAGE_CREATE', ({ content }) => content === 'to one');
		expect(other.events('MESSAGE_CREATE')).toEqual([]);
	});
});

describe('asking for members', () => {
	test('op 8 answers by id and names those it does not know', async () => {
		await using client = await GatewayClient.identify(url, token, (1 << 0) | (1 << 1));
		await client.event('GUILD_CREATE');
		client.send(8, { guild_id: discord.world.guildId, user_ids: [ana.id, '123456789012345678'], nonce: 'n', limit: 0 });
		const chunk = await client.event('GUILD_MEMBERS_CHUNK');
		expect(chunk.d).toMatchObject({ nonce: 'n', members: [{ user: { id: ana.id } }], not_found: ['123456789012345678'] });
	});

	test('op 8 tells who is there where presences are asked for and may be known', async () => {
		await using person = await GatewayClient.identify(url, ana.token, 0, {
			presence: { status: 'idle', activities: [], since: 0, afk: false }
		});
		await person.event('READY');
		person.send(3, { status: 'idle', activities: [], since: 0, afk: false });
		const ask = async (asked: number) => {
			await using client = await GatewayClient.identify(url, token, asked);
			await client.event('GUILD_CREATE');
			client.send(8, { guild_id: discord.world.guildId, user_ids: [ana.id], nonce: 'who', limit: 0, presences: true });
			return (await client.event('GUILD_MEMBERS_CHUNK')).d;
		};
		const members = (1 << 0) | (1 << 1);
		expect(await ask(members | (1 << 8))).toMatchObject({ nonce: 'who', presences: [{ user: { id: ana.id }, status: 'idle' }] });
		expect(await ask(members)).not.toHaveProperty('presences');
	});

	test('op 8 for all members is answered once in thirty seconds, and else by RATE_LIMITED', async (context) => {
		if (discord.limitRates === null) return context.skip();
		discord.limitRates();
		await using client = await GatewayClient.identify(url, token, (1 << 0) | (1 << 1));
		await client.event('GUILD_CREATE');
		const ask = (nonce: string) => client.send(8, { guild_id: discord.world.guildId, query: '', limit: 0, nonce });
		ask('first');
		const chunk = await client.event('GUILD_MEMBERS_CHUNK');
		expect(chunk.d).toMatchObject({ nonce: 'first', chunk_index: 0, chunk_count: 1 });
		ask('second');
		const limited = await client.event('RATE_LIMITED');
		expect(limited.d).toMatchObject({ opcode: 8, meta: { guild_id: discord.world.guildId, nonce: 'second' } });
		expect(Number(limited.d.retry_after)).toBeGreaterThan(20);
		expect(client.events('GUILD_MEMBERS_CHUNK')).toHaveLength(1);
	});
});

test('with one login at a time a second one within five seconds is sent away by op 9, and may try again on a new connection', async (context) => {
	if (discord.limitIdentifies === null) return context.skip();
	discord.limitIdentifies();
	const limits = async () => (await bot.get('/gateway/bot')).body.session_start_limit as { max_concurrency: number; remaining: number };
	const before = await limits();
	expect(before.max_concurrency).toBe(1);
	await using first = await GatewayClient.identify(url, token, intents, { shard: [0, 2] });
	await first.event('READY');
	await using second = await GatewayClient.identify(url, token, intents, { shard: [1, 2] });
	expect((await second.next(({ op }) => op === 9)).d).toBe(false);
	expect(second.events('READY')).toEqual([]);
	expect((await limits()).remaining).toBe(before.remaining - 2);
});

test('above 2,500 servers a shard one shard is too few: 4011, and the gateway says how many it takes', async (context) => {
	await using crowded = await openDiscord();
	if (crowded.addServers === null) return context.skip('servers cannot be made there');
	const { gateway, botToken } = crowded.world;
	const login = (shard: [number, number]) => GatewayClient.identify(gateway, botToken, intents, { shard });
	const shards = async () => (await crowded.bot.get('/gateway/bot')).body['shards'];

	crowded.addServers(2_499);
	expect(await shards()).toBe(1);
	await using full = await login([0, 1]);
	await full.event('READY');

	crowded.addServers(1);
	expect(await shards()).toBe(2);
	await using refused = await login([0, 1]);
	expect(await refused.closed()).toBe(4011);
	await using second = await login([1, 2]);
	expect((await second.event('READY', () => true)).d).toMatchObject({ shard: [1, 2] });
});
