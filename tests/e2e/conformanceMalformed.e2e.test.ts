import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Conformance, GatewayClient, openDiscord } from '../support/conformanceClient.js';

let discord: Conformance;
let guild: string;
let general: string;
let owner: Actor;
let bot: Actor;

beforeAll(async () => {
	discord = await openDiscord();
	({ owner, bot } = discord);
	guild = `/guilds/${discord.world.guildId}`;
	general = `/channels/${discord.world.channels[0]?.id}`;
});

afterAll(async () => {
	const wrong = await discord.wrongAnswers();
	await discord[Symbol.asyncDispose]();
	expect(wrong ?? []).toEqual([]);
});

/** Text as it stands, sent as this type. */
async function sendRaw(path: string, type: string, body: string): Promise<Record<string, unknown>> {
	const headers = { authorization: bot.token, 'content-type': type };
	const answer = await fetch(`${discord.world.api}/v10${path}`, { method: 'POST', headers, body });
	return (await answer.json()) as Record<string, unknown>;
}

describe('addresses', () => {
	test('an id has 63 bits, and nobody is called @me where an id belongs', async () => {
		const asked = [
			['/channels/9223372036854775808', 'channel_id', 'NUMBER_TYPE_MAX'],
			['/channels/-1', 'channel_id', 'NUMBER_TYPE_MIN'],
			['/guilds/@me', 'guild_id', 'NUMBER_TYPE_COERCE'],
			[`${general}/messages/@me`, 'message_id', 'NUMBER_TYPE_COERCE']
		] as const;
		for (const [path, field, code] of asked) {
			const { status, body } = await bot.get(path);
			expect([path, status]).toEqual([path, 400]);
			expect(body).toMatchObject({ code: 50035, errors: { [field]: { _errors: [{ code }] } } });
		}
		expect((await bot.get('/channels/9223372036854775807')).code).toBe(10003);
	});

	test('what cannot be decoded is answered in Discord’s form', async () => {
		expect((await bot.get('/guilds/%ff')).body).toEqual({ message: '400: Bad Request', code: 0 });
	});

	test('a version that is none has a code of its own, and an address ends where it ends', async () => {
		const ask = async (path: string) => {
			const answer = await fetch(`${discord.world.api}${path}`, { headers: { authorization: bot.token } });
			return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
		};
		expect(await ask('/v99/users/@me')).toEqual({ status: 400, body: { message: 'Invalid API version provided', code: 50041 } });
		expect((await ask('/v10/users/@me/')).status).toBe(404);
		expect((await ask('/v10/users/%40me')).body.id).toBe(bot.id);
	});

	test('the application of somebody else is nobody’s to read or change', async () => {
		const path = `/applications/${owner.id}`;
		expect((await bot.get(path)).code).toBe(20012);
		expect((await bot.patch(path, { description: 'Mine now' })).code).toBe(20012);
	});
});

describe('queries', () => {
	test('yes and no have three spellings each', async () => {
		const { body: hook } = await bot.post(`${general}/webhooks`, { name: 'Hook' });
		const path = `/webhooks/${hook.id}/${hook.token}`;
		for (const yes of ['true', 'True', '1']) expect((await bot.post(`${path}?wait=${yes}`, { content: 'x' })).status).toBe(200);
		for (const no of ['false', 'False', '0']) expect((await bot.post(`${path}?wait=${no}`, { content: 'x' })).status).toBe(204);
		expect((await bot.post(`${path}?wait=yes`, { content: 'x' })).body.errors).toHaveProperty('wait');
	});
});

describe('bodies', () => {
	test('one that nests thousands of levels is no JSON that anybody reads', async () => {
		for (const [open, close] of [
			['[', ']'],
			['{"a":', '}']
		] as const) {
			const body = `${open.repeat(5_000)}1${close.repeat(5_000)}`;
			expect(await sendRaw(`${general}/messages`, 'application/json', body)).toMatchObject({ code: 50109 });
		}
		const brackets = '['.repeat(500);
		expect(await sendRaw(`${general}/messages`, 'application/json', JSON.stringify({ content: brackets }))).toMatchObject({
			content: brackets
		});
	});

	test('is said to be JSON or a form', async () => {
		const errors = { _errors: [{ code: 'CONTENT_TYPE_INVALID' }] };
		expect(await sendRaw(`${general}/messages`, 'text/plain', '{"content":"x"}')).toMatchObject({ code: 50035, errors });
		expect(await sendRaw(`${general}/messages`, 'application/json; charset=utf-8', '{"content":"x"}')).toMatchObject({ content: 'x' });
		expect(await sendRaw(`${general}/messages`, 'application/x-www-form-urlencoded', 'content=x')).toMatchObject({ content: 'x' });
	});

	test('one that is a list where an object belongs is refused', async () => {
		expect((await bot.post(`${general}/messages`, [{ content: 'x' }])).status).toBe(400);
		expect((await bot.patch(general, [{ name: 'x' }])).code).toBe(50035);
	});

	test('the JSON of a form may be a part with a type of its own', async () => {
		const form = new FormData();
		form.set('payload_json', new Blob(['{"content":"in a form"}'], { type: 'application/json' }));
		form.set('files[0]', new Blob(['hello']), 'a.txt');
		const { body } = await bot.form(`${general}/messages`, form);
		expect(body).toMatchObject({ content: 'in a form', attachments: [{ filename: 'a.txt' }] });
	});

	test('a number that is too large to be one is refused with its field', async () => {
		const wrong = [
			[bot.patch, general, { position: 1e300 }],
			[bot.patch, general, { flags: 1e300 }]
		] as const;
		for (const [send, path, body] of wrong) {
			const { code, body: told } = await send(path, body);
			expect([code, Object.keys(Object(told.errors))]).toEqual([50035, Object.keys(body)]);
		}
	});

	test('permission bits of a new channel are whole numbers that are not negative', async () => {
		for (const allow of [1e300, -1, '9'.repeat(30)]) {
			const permission_overwrites = [{ id: discord.world.guildId, type: 0, allow }];
			const { code, body } = await bot.post(`${guild}/channels`, { name: 'x', permission_overwrites });
			expect([allow, code]).toEqual([allow, 50035]);
			expect(body.errors).toHaveProperty(['permission_overwrites', '0', 'allow']);
		}
	});
});

describe('what is refused has no effect, and null is an answer of its own', () => {
	test('flags of the application that are refused stay as they are', async () => {
		expect((await bot.patch('/applications/@me', { description: 'As it was' })).body.description).toBe('As it was');
		const { body: before } = await bot.get('/applications/@me');
		for (const flags of [-1, 1e300]) expect((await bot.patch('/applications/@me', { flags, description: 'Changed' })).code).toBe(50035);
		expect((await bot.get('/applications/@me')).body).toEqual(before);
	});

	test('null puts a server’s settings back', async () => {
		await owner.patch(guild, { verification_level: 2, default_message_notifications: 1, explicit_content_filter: 2 });
		const reset = { verification_level: null, default_message_notifications: null, explicit_content_filter: null, preferred_locale: null };
		const { status, body } = await owner.patch(guild, reset);
		expect(status).toBe(200);
		expect(body).toMatchObject({ verification_level: 0, default_message_notifications: 0, explicit_content_filter: 0 });
		expect(body.preferred_locale).toBe('en-US');
	});

	test('an AutoMod rule keeps its words when they are changed into no list, or into null', async () => {
		const rules = `${guild}/auto-moderation/rules`;
		const trigger_metadata = { keyword_filter: ['zork'], regex_patterns: null };
		const { body: rule } = await owner.post(rules, { name: 'r', event_type: 1, trigger_type: 1, trigger_metadata, actions: [{ type: 1 }] });
		expect(rule.trigger_metadata).toMatchObject({ keyword_filter: ['zork'], regex_patterns: [] });
		const refused = await owner.patch(`${rules}/${rule.id}`, { trigger_metadata: { keyword_filter: 'zork' } });
		expect(refused.body.errors).toHaveProperty(['trigger_metadata', 'keyword_filter']);
		await owner.patch(`${rules}/${rule.id}`, { trigger_metadata: { keyword_filter: null } });
		expect((await owner.get(`${rules}/${rule.id}`)).body).toEqual(rule);
		await owner.delete(`${rules}/${rule.id}`);
	});

	test('what is null in the option of a command was not said', async () => {
		const options = [{ type: 1, name: 'sub', description: 'x', options: [{ type: 3, name: 'o', description: 'x', choices: null }] }];
		const path = `/applications/${discord.world.applicationId}/guilds/${discord.world.guildId}/commands`;
		const { body } = await bot.post(path, { name: 'malformed', description: 'x', options });
		expect(body.options).toEqual([{ type: 1, name: 'sub', description: 'x', options: [{ type: 3, name: 'o', description: 'x' }] }]);
	});

	test('an overwrite that is put again as it is changes nothing', async () => {
		await using client = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, 1);
		await client.event('GUILD_CREATE');
		const { body: channel } = await owner.post(`${guild}/channels`, { name: 'overwrites' });
		const put = (deny: string) => bot.put(`/channels/${channel.id}/permissions/${discord.world.guildId}`, { type: 0, allow: '0', deny });
		expect([(await put('2048')).status, (await put('2048')).status, (await put('0')).status]).toEqual([204, 204, 204]);
		await bot.delete(`/channels/${channel.id}`);
		await client.event('CHANNEL_DELETE', ({ id }) => id === channel.id);
		expect(client.events('CHANNEL_UPDATE').filter(({ id }) => id === channel.id)).toHaveLength(2);
	});

	test('a picture of the bot in a server is a picture', async () => {
		expect((await bot.patch(`${guild}/members/@me`, { avatar: 'zzz' })).body.errors).toHaveProperty('avatar');
	});
});

describe('the gateway', () => {
	const identified = async (intents: unknown) => {
		const client = new GatewayClient(discord.world.gateway);
		await client.next(({ op }) => op === 10);
		client.send(2, { token: discord.world.botToken, intents, properties: { os: 'linux', browser: 'plain', device: 'plain' } });
		return client;
	};

	test('intents beyond the known ones, and what is no number, close with 4013', async () => {
		for (const intents of [2 ** 40, 2 ** 17, -1, 1.5, '1', [], true, null]) {
			await using client = await identified(intents);
			expect([intents, await client.closed()]).toEqual([intents, 4013]);
		}
	});

	test('a payload whose fields are of another type closes with 4002', async () => {
		const wrong: [number, unknown][] = [
			[1, 'x'],
			[1, {}],
			[3, { status: 'asleep', activities: [], since: null, afk: false }],
			[3, { status: 'idle', activities: 'x', since: null, afk: false }],
			[4, { guild_id: discord.world.guildId, channel_id: 'x', self_mute: false, self_deaf: false }],
			[4, { guild_id: discord.world.guildId, channel_id: null, self_mute: 'x', self_deaf: false }],
			[8, { guild_id: discord.world.guildId, query: 'a', limit: 'x' }],
			[31, { guild_ids: 'x' }],
			[43, { guild_id: discord.world.guildId, fields: 'status' }]
		];
		for (const [op, data] of wrong) {
			await using client = await identified(1);
			await client.event('READY');
			client.send(op, data);
			expect([op, data, await client.closed()]).toEqual([op, data, 4002]);
		}
	});

	test('a payload far over the limit is closed with 4002 too, and a resumption without a number with 4007', async () => {
		await using client = await identified(1);
		const { session_id } = (await client.event('READY')).d;
		client.send(3, 'x'.repeat(2 << 20));
		expect(await client.closed()).toBe(4002);
		await using again = new GatewayClient(discord.world.gateway);
		await again.next(({ op }) => op === 10);
		again.send(6, { token: discord.world.botToken, session_id, seq: 'x' });
		expect(await again.closed()).toBe(4007);
	});

	test('by the beginning of a name no more than a hundred are asked for, and no ids are no list of ids', async () => {
		await using client = await identified(3);
		await client.event('GUILD_CREATE');
		client.send(8, { guild_id: discord.world.guildId, query: '', limit: 0, user_ids: null, nonce: 'all' });
		const { d } = await client.event('GUILD_MEMBERS_CHUNK', ({ nonce }) => nonce === 'all');
		expect(d).not.toHaveProperty('not_found');
		expect(Array.isArray(d.members) && d.members.length).toBeGreaterThan(1);
	});
});
