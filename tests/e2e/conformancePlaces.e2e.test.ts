import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Conformance, GatewayClient, openDiscord } from '../support/conformanceClient.js';

/** Where places are taken, things are too old, or somebody is too fast. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const gif = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

let discord: Conformance;
let guild: string;
let general: string;
let owner: Actor;
let bot: Actor;
let ana: Actor;
let ben: Actor;

beforeAll(async () => {
	discord = await openDiscord();
	({ owner, bot } = discord);
	const [first, second] = discord.members;
	if (!first || !second) throw new Error('The server has too few members for this suite');
	[ana, ben] = [first, second];
	guild = `/guilds/${discord.world.guildId}`;
	general = `/channels/${discord.world.channels[0]?.id}`;
});

afterAll(async () => {
	const wrong = await discord.wrongAnswers();
	await discord[Symbol.asyncDispose]();
	expect(wrong ?? []).toEqual([]);
});

async function made(by: Actor, path: string, body: unknown): Promise<string> {
	const answer = await by.post(path, body);
	expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
	return String(answer.body.id);
}

/** Asks for more and more until it is refused: how often it went well, and the code of the refusal. */
async function until(
	refusedAt: number,
	ask: (n: number) => Promise<{ status: number; code: number | null }>
): Promise<[number, number | null]> {
	for (let n = 0; n <= refusedAt; n++) {
		const { status, code } = await ask(n);
		if (status >= 300) return [n, code];
	}
	return [refusedAt + 1, null];
}

const channels = () => bot.get(`${guild}/channels`).then(({ list }) => list.length);

describe('places', () => {
	test('a server has 250 roles, @everyone among them', async () => {
		const before = (await bot.get(`${guild}/roles`)).list.length;
		expect(await until(250, (n) => bot.post(`${guild}/roles`, { name: `r${n}` }))).toEqual([250 - before, 30005]);
	});

	test('a category holds 50 channels, a server 50 categories and 500 channels in all', async () => {
		const full = await made(owner, `${guild}/channels`, { name: 'full', type: 4 });
		const inside = (n: number) => bot.post(`${guild}/channels`, { name: `c${n}`, parent_id: full });
		for (let n = 0; n < 50; n++) await inside(n);
		const refused = await inside(50);
		expect(refused.body.errors).toMatchObject({ parent_id: { _errors: [{ code: 'CHANNEL_PARENT_MAX_CHANNELS' }] } });
		expect((await until(50, (n) => bot.post(`${guild}/channels`, { name: `k${n}`, type: 4 })))[1]).toBe(30030);
		const left = 500 - (await channels());
		expect(await until(left, (n) => bot.post(`${guild}/channels`, { name: `x${n}` }))).toEqual([left, 30013]);
	});

	test('a message has twenty different reactions; joining one of them is always possible', async () => {
		const path = `${general}/messages/${await made(ana, `${general}/messages`, { content: 'x' })}/reactions`;
		const emojis = [...'😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓😔'];
		const react = (who: Actor, n: number) => who.put(`${path}/${encodeURIComponent(emojis[n] ?? '')}/@me`);
		expect(await until(20, (n) => react(bot, n))).toEqual([20, 30010]);
		expect((await react(ana, 0)).status).toBe(204);
	});

	test('animated emojis have places of their own', async () => {
		const room = [50, 100, 150, 250][Number((await bot.get(guild)).body.premium_tier)] ?? 50;
		const taken = (await bot.get(`${guild}/emojis`)).list.filter(({ animated }) => animated === true).length;
		const add = (n: number) => bot.post(`${guild}/emojis`, { name: `a${n}`, image: gif });
		expect(await until(room, add)).toEqual([room - taken, 30018]);
		expect((await bot.post(`${guild}/emojis`, { name: 'still', image: `data:image/png;base64,${png}` })).status).toBe(201);
	});

	test('a server has a thousand invites', async () => {
		const before = (await owner.get(`${guild}/invites`)).list.length;
		const invite = () => bot.post(`${general}/invites`, { unique: true });
		expect(await until(1000, invite)).toEqual([1000 - before, 30016]);
	});

	test('a thousand threads are open at once; an archived one makes room', async () => {
		const room = await made(owner, `${guild}/channels`, { name: 'threads' }).catch(async () => {
			// The server is full of channels by now.
			const { list } = await bot.get(`${guild}/channels`);
			await bot.delete(`/channels/${list.at(-1)?.id}`);
			return made(owner, `${guild}/channels`, { name: 'threads' });
		});
		const open = () => bot.post(`/channels/${room}/threads`, { name: 'one more', type: 12 });
		const first = String((await open()).body.id);
		const before = ((await bot.get(`${guild}/threads/active`)).body.threads as object[]).length;
		expect(await until(1000, open)).toEqual([1000 - before, 160006]);
		await bot.patch(`/channels/${first}`, { archived: true });
		expect((await open()).status).toBe(201);
	});

	test('stickers: made from a file, told, sent, renamed and deleted, and five without boosts', async () => {
		await using gateway = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, (1 << 0) | (1 << 3) | (1 << 9));
		await gateway.event('GUILD_CREATE');
		const form = (name: string, bytes = Buffer.from(png, 'base64')) => {
			const body = new FormData();
			for (const [key, value] of Object.entries({ name, tags: 'wave', description: '' })) body.append(key, value);
			body.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'sticker.png');
			return bot.form(`${guild}/stickers`, body);
		};
		const sticker = await form('hello');
		expect([sticker.status, sticker.body.format_type]).toEqual([201, 1]);
		await gateway.event('GUILD_STICKERS_UPDATE');
		const said = await ana.post(`${general}/messages`, { sticker_ids: [sticker.body.id] });
		expect(said.body.sticker_items).toMatchObject([{ id: sticker.body.id, name: 'hello', format_type: 1 }]);
		const path = `${guild}/stickers/${sticker.body.id}`;
		expect((await bot.patch(path, { name: 'goodbye' })).body.name).toBe('goodbye');
		expect((await ana.patch(path, { name: 'mine' })).code).toBe(50013);
		const room = [5, 15, 30, 60][Number((await bot.get(guild)).body.premium_tier)] ?? 5;
		expect(await until(room, (n) => form(`s${n}x`))).toEqual([room - 1, 30039]);
		expect((await bot.delete(path)).status).toBe(204);
		expect((await bot.get(path)).code).toBe(10060);
	});
});

describe('in time', () => {
	test.runIf(process.env.CONFORMANCE_DISCORD === undefined)(
		'slow mode counts for members, and not for those who manage messages',
		async () => {
			const { list } = await bot.get(`${guild}/channels`);
			const slow = `/channels/${list.findLast(({ type }) => type === 0)?.id}`;
			expect((await owner.patch(slow, { rate_limit_per_user: 10 })).status).toBe(200);
			expect((await ana.post(`${slow}/messages`, { content: 'one' })).status).toBe(200);
			const refused = await ana.post(`${slow}/messages`, { content: 'two' });
			expect([refused.status, refused.code]).toEqual([429, 20016]);
			expect((await ben.post(`${slow}/messages`, { content: 'one' })).status).toBe(200);
			for (let n = 0; n < 2; n++) expect((await owner.post(`${slow}/messages`, { content: 'x' })).status).toBe(200);
			discord.travel?.(10_000);
			expect((await ana.post(`${slow}/messages`, { content: 'three' })).status).toBe(200);
		}
	);

	test.runIf(process.env.CONFORMANCE_DISCORD === undefined)(
		'messages of two weeks are too old to be deleted in bulk, one by one they go',
		async () => {
			const ids: string[] = [];
			for (let n = 0; n < 2; n++) ids.push(await made(ana, `${general}/messages`, { content: 'old' }));
			discord.travel?.(14 * 86_400_000 + 60_000);
			const young = await made(ana, `${general}/messages`, { content: 'young' });
			expect((await bot.post(`${general}/messages/bulk-delete`, { messages: [...ids, young] })).code).toBe(50034);
			expect((await bot.delete(`${general}/messages/${ids[0]}`)).status).toBe(204);
			expect((await bot.get(`${general}/messages/${young}`)).status).toBe(200);
		}
	);
});

describe('direct messages', () => {
	const open = async (by: Actor, to: Actor) => `/channels/${await made(by, '/users/@me/channels', { recipient_id: to.id })}/messages`;

	test('while a server pauses them, its members write none to each other, and again afterwards', async () => {
		const path = await open(ana, ben);
		expect((await ana.post(path, { content: 'hello' })).status).toBe(200);
		const now =
			discord.travel === null ? Date.now() : Date.parse(String((await bot.post(`${general}/messages`, { content: 'now' })).body.timestamp));
		const paused = await owner.put(`${guild}/incident-actions`, { dms_disabled_until: new Date(now + 3_600_000).toISOString() });
		expect(paused.status).toBe(200);
		expect((await ana.post(path, { content: 'psst' })).code).toBe(50007);
		await owner.put(`${guild}/incident-actions`, { dms_disabled_until: null });
		expect((await ana.post(path, { content: 'hello again' })).status).toBe(200);
	});

	test('have no reactions to take away from others, nothing in bulk, and nobody else reads them', async () => {
		const path = await open(bot, ana);
		const id = await made(bot, path, { content: 'x' });
		await ana.put(`${path}/${id}/reactions/${encodeURIComponent('👍')}/@me`);
		expect((await bot.delete(`${path}/${id}/reactions/${encodeURIComponent('👍')}/${ana.id}`)).code).toBe(50003);
		expect((await bot.delete(`${path}/${id}/reactions`)).code).toBe(50003);
		expect((await bot.post(`${path}/bulk-delete`, { messages: [id, await made(bot, path, { content: 'y' })] })).code).toBe(50003);
		expect((await ben.get(`${path}/${id}`)).code).toBe(50001);
	});
});

describe('announcements and stages', () => {
	test('an announcement is published once, and those who follow get it', async () => {
		const { list } = await bot.get(`${guild}/channels`);
		for (const { id } of list.slice(-3)) await bot.delete(`/channels/${id}`);
		const news = await made(owner, `${guild}/channels`, { name: 'news', type: 5 });
		const target = await made(owner, `${guild}/channels`, { name: 'followers' });
		expect((await owner.post(`/channels/${news}/followers`, { webhook_channel_id: target })).status).toBe(200);
		const id = await made(bot, `/channels/${news}/messages`, { content: 'extra extra' });
		expect((await bot.post(`/channels/${news}/messages/${id}/crosspost`)).status).toBe(200);
		expect((await bot.post(`/channels/${news}/messages/${id}/crosspost`)).code).toBe(40033);
		expect((await bot.post(`${general}/messages/${id}/crosspost`)).code).toBe(50024);
		const [copy] = (await bot.get(`/channels/${target}/messages?limit=1`)).list;
		expect(copy).toMatchObject({ content: 'extra extra', webhook_id: expect.any(String) });
	});

	test('on a stage one listens until he is let speak', async () => {
		const stage = await made(owner, `${guild}/channels`, { name: 'stage', type: 13 });
		await using client = await GatewayClient.identify(discord.world.gateway, ana.token, 0);
		await client.event('READY');
		client.send(4, { guild_id: discord.world.guildId, channel_id: stage, self_mute: false, self_deaf: false });
		await client.event('VOICE_STATE_UPDATE', ({ suppress }) => suppress === true);
		expect((await ana.patch(`${guild}/voice-states/@me`, { channel_id: stage, suppress: false })).code).toBe(50013);
		expect(
			(await ana.patch(`${guild}/voice-states/@me`, { channel_id: stage, request_to_speak_timestamp: new Date().toISOString() })).status
		).toBe(204);
		expect((await bot.patch(`${guild}/voice-states/${ana.id}`, { channel_id: stage, suppress: false })).status).toBe(204);
		expect((await bot.get(`${guild}/voice-states/${ana.id}`)).body).toMatchObject({ suppress: false, request_to_speak_timestamp: null });
		expect((await bot.get(`${guild}/voice-states/${ben.id}`)).code).toBe(10065);
	});
});
