import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Conformance, GatewayClient, openDiscord } from '../support/conformanceClient.js';

let discord: Conformance;
let guild: string;
let general: string;
let owner: Actor;
let bot: Actor;
let anonymous: Actor;

beforeAll(async () => {
	discord = await openDiscord();
	({ owner, bot } = discord);
	guild = `/guilds/${discord.world.guildId}`;
	general = `/channels/${discord.world.channels[0]?.id}`;
	anonymous = bot.as('');
});

afterAll(async () => {
	const wrong = await discord.wrongAnswers();
	await discord[Symbol.asyncDispose]();
	expect(wrong ?? []).toEqual([]);
});

describe('addresses', () => {
	test('one that nobody knows is 404, a method it does not take 405', async () => {
		expect((await bot.get('/nothing-like-it')).body).toEqual({ message: '404: Not Found', code: 0 });
		expect((await bot.put('/users/@me')).body).toEqual({ message: '405: Method Not Allowed', code: 0 });
	});

	test('a number of the query outside of its bounds, and an id that is none, are refused with the field', async () => {
		const asked = [
			[`${general}/messages?limit=101`, 'limit'],
			[`${general}/messages?limit=0`, 'limit'],
			[`${guild}/members?limit=1001`, 'limit'],
			[`${guild}/audit-logs?limit=x`, 'limit'],
			[`${guild}/prune?days=31`, 'days'],
			['/channels/abc', 'channel_id']
		] as const;
		for (const [path, field] of asked) {
			const { code, body } = await bot.get(path);
			expect([path, code, Object.keys(Object(body.errors))]).toEqual([path, 50035, [field]]);
		}
	});

	test('places for voice are listed', async () => {
		const { list } = await bot.get('/voice/regions');
		expect(list.length).toBeGreaterThan(0);
		expect((await bot.get(`${guild}/regions`)).list).toEqual(list);
	});
});

describe('replies and posts', () => {
	test('a reply to what is not there is refused with the field, unless the writer says that it may be', async () => {
		const reference = { message_id: '123456789012345678' };
		const refused = await bot.post(`${general}/messages`, { content: 'x', message_reference: reference });
		const code = 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE';
		expect(refused.body.errors).toMatchObject({ message_reference: { _errors: [{ code }] } });
		const lenient = { content: 'x', message_reference: { ...reference, fail_if_not_exists: false } };
		expect((await bot.post(`${general}/messages`, lenient)).body.type).toBe(0);
	});

	test('a forward says from which channel', async () => {
		const { body: said } = await bot.post(`${general}/messages`, { content: 'x' });
		const forward = (more: object) => bot.post(`${general}/messages`, { message_reference: { type: 1, message_id: said.id, ...more } });
		expect((await forward({})).body.errors).toHaveProperty(['message_reference', 'channel_id']);
		expect((await forward({ channel_id: general.split('/')[2] })).status).toBe(200);
	});

	test('a post in a forum has a message, and the forum says how slow its posts are', async () => {
		const { body: forum } = await owner.post(`${guild}/channels`, { name: 'forum', type: 15 });
		expect(forum.default_thread_rate_limit_per_user).toBe(0);
		const refused = await bot.post(`/channels/${forum.id}/threads`, { name: 'post' });
		expect(refused.body.errors).toHaveProperty('message');
	});
});

describe('stickers and announcements', () => {
	test('a sticker that is not of this server is refused', async () => {
		const refused = await bot.post(`${general}/messages`, { sticker_ids: ['123456789012345678'] });
		expect([refused.status, refused.code]).toEqual([400, 50081]);
	});

	test('who follows an announcement channel is told so in the channel, and in the audit log', async () => {
		const { body: news } = await owner.post(`${guild}/channels`, { name: 'news', type: 5 });
		const { body } = await owner.post(`/channels/${news.id}/followers`, { webhook_channel_id: general.split('/')[2] });
		const [told] = (await bot.get(`${general}/messages?limit=1`)).list;
		expect(told).toMatchObject({ type: 12, message_reference: { channel_id: news.id } });
		const [entry] = (await owner.get(`${guild}/audit-logs?limit=1`)).body.audit_log_entries as object[];
		expect(entry).toMatchObject({ action_type: 50, target_id: body.webhook_id });
	});
});

describe('OAuth2', () => {
	test('an application may show itself by HTTP Basic, and have a token of its owner', async () => {
		const ask = async (secret: string, form: Record<string, string>) => {
			const basic = Buffer.from(`${discord.world.applicationId}:${secret}`).toString('base64');
			const headers = { authorization: `Basic ${basic}` };
			const answer = await fetch(`${discord.world.api}/v10/oauth2/token`, { method: 'POST', headers, body: new URLSearchParams(form) });
			return (await answer.json()) as Record<string, unknown>;
		};
		const form = { grant_type: 'client_credentials', scope: 'identify' };
		expect((await ask('wrong', form)).error).toBe('invalid_client');
		const granted = await ask(discord.world.botToken, form);
		expect(granted).toMatchObject({ token_type: 'Bearer', scope: 'identify' });
		expect(granted).not.toHaveProperty('refresh_token');
		expect((await bot.as(`Bearer ${granted.access_token}`).get('/users/@me')).body.id).toBe(owner.id);
		expect((await ask(discord.world.botToken, { grant_type: 'client_credentials', scope: '' })).error).toBe('invalid_scope');
	});
});

describe('webhooks', () => {
	test('an edit leaves something of a message', async () => {
		const { body: hook } = await bot.post(`${general}/webhooks`, { name: 'Hook' });
		const path = `/webhooks/${hook.id}/${hook.token}`;
		const { body: said } = await anonymous.post(`${path}?wait=true`, { content: 'x' });
		expect((await anonymous.patch(`${path}/messages/${said.id}`, { content: '' })).code).toBe(50006);
		expect((await anonymous.get(`${path}/messages/${said.id}`)).body.content).toBe('x');
	});

	test('say nothing to one person alone', async () => {
		const { body: hook } = await bot.post(`${general}/webhooks`, { name: 'Hook' });
		const { body: said } = await anonymous.post(`/webhooks/${hook.id}/${hook.token}?wait=true`, { content: 'x', flags: 1 << 6 });
		expect(said.flags).toBe(0);
	});

	test('open posts in forums alone, by a name or in one that is there', async () => {
		const { body: hook } = await bot.post(`${general}/webhooks`, { name: 'Hook' });
		const say = (body: object, query = '') => anonymous.post(`/webhooks/${hook.id}/${hook.token}?wait=true${query}`, body);
		expect((await say({ content: 'x', thread_name: 'post' })).code).toBe(220003);
		expect((await say({ content: 'x', thread_name: 'post' }, '&thread_id=123456789012345678')).code).toBe(220002);
	});
});

describe('the gateway', () => {
	test('tells the sounds of a server (op 31) and what voice channels say of themselves (op 43)', async () => {
		await using gateway = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, 1 << 0);
		await gateway.event('GUILD_CREATE');
		const { guildId } = discord.world;
		const { body: voice } = await owner.post(`${guild}/channels`, { name: 'talk', type: 2 });
		await bot.put(`/channels/${voice.id}/voice-status`, { status: 'Chess' });
		gateway.send(31, { guild_ids: [guildId] });
		expect((await gateway.event('SOUNDBOARD_SOUNDS')).d).toEqual({ guild_id: guildId, soundboard_sounds: [] });
		gateway.send(43, { guild_id: guildId, fields: ['status'] });
		expect((await gateway.event('CHANNEL_INFO')).d).toEqual({ guild_id: guildId, channels: [{ id: voice.id, status: 'Chess' }] });
	});
});
