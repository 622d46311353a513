import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GuildHandle, openWorld, type UserDriver, type WorldDriver } from '../../../emulator/driver/index.js';
import { RawGateway } from './rawGateway.js';

let world: WorldDriver;
let gateway: RawGateway;
let guild: GuildHandle;
let channel: string;
let adam: UserDriver;
let bella: UserDriver;

beforeAll(async () => {
	world = await openWorld();
	gateway = new RawGateway(world.description.gateway);
	await gateway.op(10);
	gateway.identify(world.description.botToken, { intents: 0xff_ff & ~(1 << 8) });
	await gateway.event('GUILD_CREATE');
	guild = await world.guild({ members: ['adam', 'bella'], channels: ['general', 'second'] });
	channel = guild.channel('general').id;
	const [first, second] = guild.members;
	if (first === undefined || second === undefined) throw new Error('no members');
	adam = first;
	bella = second;
});

afterAll(async () => {
	gateway.close();
	await world.close();
});

/** A request as the bot, with nothing between. */
async function bot(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
	const init: RequestInit = { method, headers: { authorization: `Bot ${world.description.botToken}`, ...headers } };
	if (body !== undefined) {
		init.body = JSON.stringify(body);
		init.headers = { ...init.headers, 'content-type': 'application/json' };
	}
	const response = await fetch(`${world.description.api}/v10${path}`, init);
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, body: parse(text) };
}

function parse(text: string): Record<string, unknown> {
	try {
		return text === '' ? {} : JSON.parse(text);
	} catch {
		return {};
	}
}

describe("errors in Discord's words", () => {
	test('a bad token is the only 401', async () => {
		const response = await fetch(`${world.description.api}/v10/users/@me`, { headers: { authorization: 'Bot nobody' } });
		expect(response.status).toBe(401);
		expect(await response.json()).toEqual({ message: '401: Unauthorized', code: 0 });
	});

	test.each([
		['an unknown channel', 'GET', () => '/channels/123456789012345678', undefined, 404, 10003],
		['an unknown message', 'GET', () => `/channels/${channel}/messages/123456789012345678`, undefined, 404, 10008],
		['an empty message', 'POST', () => `/channels/${channel}/messages`, { content: ' ' }, 400, 50006],
		['a message too long', 'POST', () => `/channels/${channel}/messages`, { content: 'x'.repeat(2001) }, 400, 50035],
		['a server it is not in', 'GET', () => '/guilds/123456789012345678', undefined, 404, 10004],
		[
			'too few messages for a bulk delete',
			'POST',
			() => `/channels/${channel}/messages/bulk-delete`,
			{ messages: ['123456789012345678'] },
			400,
			undefined
		],
		[
			'an old message in a bulk delete',
			'POST',
			() => `/channels/${channel}/messages/bulk-delete`,
			{ messages: ['123456789012345678', '123456789012345679'] },
			400,
			50034
		],
		['an unknown interaction', 'POST', () => '/interactions/123456789012345678/token/callback', { type: 5 }, 404, 10062],
		['an unknown emoji', 'PUT', () => `/channels/${channel}/messages/${said}/reactions/nothing/@me`, undefined, 400, 10014],
		['a direct message to nobody', 'POST', () => '/users/@me/channels', { recipient_id: '123456789012345678' }, 400, 50033]
	])('%s', async (_name, method, path, body, status, code) => {
		const answer = await bot(method, path(), body);
		expect(answer.status).toBe(status);
		if (code !== undefined) expect(answer.body['code']).toBe(code);
	});

	let said = '';
	beforeAll(async () => {
		said = (await adam.send(channel, 'something')).id;
	});

	test('50035 carries the tree of faults', async () => {
		const { body } = await bot('POST', `/channels/${channel}/messages`, { content: 'x'.repeat(2001) });
		expect(body['errors']).toMatchObject({ content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } });
	});

	test('a route of Discord that nobody implemented answers 501, one that Discord has not either 404 or 405; each is remembered', async () => {
		expect((await bot('GET', '/lobbies/123456789012345678')).status).toBe(501);
		expect((await bot('GET', '/guilds/123456789012345678/nothing-like-it')).status).toBe(404);
		expect((await bot('PUT', '/users/@me')).status).toBe(405);
		const { unimplemented } = await world.faultsFound();
		const asked = ['GET /api/v10/lobbies/123456789012345678', 'GET /api/v10/guilds/123456789012345678/nothing-like-it'];
		expect(unimplemented).toEqual(expect.arrayContaining([...asked, 'PUT /api/v10/users/@me']));
	});
});

describe('messages', () => {
	test('a nonce is sent once when it is enforced, and again when minutes have passed', async () => {
		const body = { content: 'once', nonce: 'n-1', enforce_nonce: true };
		const first = await bot('POST', `/channels/${channel}/messages`, body);
		const second = await bot('POST', `/channels/${channel}/messages`, body);
		expect(second.body['id']).toBe(first.body['id']);
		await world.clock.advance(6 * 60_000);
		const third = await bot('POST', `/channels/${channel}/messages`, body);
		expect(third.body['id']).not.toBe(first.body['id']);
	});

	test('allowed_mentions decides who is pinged', async () => {
		const content = `${adam.mention} ${bella.mention} @everyone`;
		const path = `/channels/${channel}/messages`;
		const none = await bot('POST', path, { content, allowed_mentions: { parse: [] } });
		expect(none.body).toMatchObject({ mentions: [], mention_everyone: false });
		const one = await bot('POST', path, { content, allowed_mentions: { users: [adam.id] } });
		expect(one.body).toMatchObject({ mentions: [{ id: adam.id }], mention_everyone: false });
		const all = await bot('POST', path, { content });
		expect(all.body).toMatchObject({ mentions: [{ id: adam.id }, { id: bella.id }], mention_everyone: true });
		expect((await adam.send(channel, '@everyone look')).mentionsEveryone).toBe(true);
		const withoutMention = (2_248_473_465_835_073n & ~(1n << 17n)).toString();
		await guild.owner.api.patch(`/guilds/${guild.id}/roles/${guild.id}`, { permissions: withoutMention });
		expect((await adam.send(channel, '@everyone look')).mentionsEveryone).toBe(false);
	});

	test('a file goes to the CDN and comes back as it was', async () => {
		const message = await adam.send(channel, { content: 'see', attachments: [{ id: '0', description: 'a note' }] }, [
			{ name: 'my note.txt', data: 'hello file', type: 'text/plain' }
		]);
		const [attachment] = message.attachments;
		expect(attachment).toMatchObject({ filename: 'my_note.txt', size: 10, description: 'a note', content_type: 'text/plain' });
		expect(await (await fetch(String(attachment?.['url']))).text()).toBe('hello file');
		const event = await gateway.event('MESSAGE_CREATE', (data) => data['id'] === message.id);
		expect(event.d['attachments']).toMatchObject([{ filename: 'my_note.txt' }]);
	});

	test("edits and deletions are told; others' messages cannot be edited", async () => {
		const message = await adam.send(channel, 'befroe');
		await adam.edit(message, 'before');
		const event = await gateway.event('MESSAGE_UPDATE', (data) => data['id'] === message.id);
		expect(event.d).toMatchObject({ content: 'before', guild_id: guild.id });
		expect(event.d['edited_timestamp']).not.toBeNull();
		expect((await bot('PATCH', `/channels/${channel}/messages/${message.id}`, { content: 'mine' })).body['code']).toBe(50005);
		await expect(bella.remove(message)).rejects.toMatchObject({ status: 403, code: 50013 });
		await adam.remove(message);
		await gateway.event('MESSAGE_DELETE', (data) => data['id'] === message.id);
	});

	test('bulk delete is one event', async () => {
		const sent = [await adam.send(channel, 'one'), await adam.send(channel, 'two')];
		expect((await bot('POST', `/channels/${channel}/messages/bulk-delete`, { messages: sent.map(({ id }) => id) })).status).toBe(204);
		const event = await gateway.event('MESSAGE_DELETE_BULK');
		expect(event.d['ids']).toEqual(sent.map(({ id }) => id));
	});

	test('a reply to nothing is refused, unless it may fail', async () => {
		const reference = { message_id: '123456789012345678' };
		const path = `/channels/${channel}/messages`;
		expect((await bot('POST', path, { content: 'x', message_reference: reference })).body).toMatchObject({ code: 50035 });
		const kind = await bot('POST', path, { content: 'x', message_reference: { ...reference, fail_if_not_exists: false } });
		expect(kind.body).toMatchObject({ type: 0 });
	});

	test('reactions count people once and are told', async () => {
		const message = await adam.send(channel, 'react to me');
		await bella.react(message, '👍');
		await bella.react(message, '👍');
		await adam.react(message, '👍');
		const { raw } = await bella.read(message);
		expect(raw['reactions']).toMatchObject([{ count: 2, me: true, emoji: { name: '👍', id: null } }]);
		await bella.unreact(message, '👍');
		await gateway.event('MESSAGE_REACTION_REMOVE', (data) => data['user_id'] === bella.id);
		expect(gateway.events('MESSAGE_REACTION_ADD').filter((event) => event.d['message_id'] === message.id)).toHaveLength(2);
	});

	test('history is read back by before, after and around', async () => {
		const second = guild.channel('second').id;
		const ids: string[] = [];
		for (let number = 0; number < 5; number++) ids.push((await adam.send(second, `number ${number}`)).id);
		const read = async (query: string) => {
			const { text } = await bot('GET', `/channels/${second}/messages?${query}`);
			return (JSON.parse(text) as { id: string }[]).map(({ id }) => ids.indexOf(id));
		};
		expect(await read('limit=2')).toEqual([4, 3]);
		expect(await read(`before=${ids[2]}`)).toEqual([1, 0]);
		expect(await read(`after=${ids[2]}&limit=1`)).toEqual([3]);
		expect(await read(`around=${ids[2]}&limit=3`)).toEqual([3, 2, 1]);
	});
});

describe('direct messages', () => {
	test('reach a person, and are refused by who takes none, blocks the bot or shares no server', async () => {
		const open = async (id: string) => String((await bot('POST', '/users/@me/channels', { recipient_id: id })).body['id']);
		const dm = await open(adam.id);
		await adam.connect();
		await bot('POST', `/channels/${dm}/messages`, { content: 'psst' });
		await adam.expectMessage(dm, 'psst');
		await adam.send(dm, 'what?');
		const event = await gateway.event('MESSAGE_CREATE', (data) => data['content'] === 'what?');
		expect(event.d['guild_id']).toBeUndefined();
		await world.control('POST', '/account', { user_id: adam.id, accepts_dms: false });
		expect((await bot('POST', `/channels/${dm}/messages`, { content: 'psst' })).body['code']).toBe(50007);
		await world.control('POST', '/account', { user_id: adam.id, accepts_dms: true, block: world.description.applicationId });
		expect((await bot('POST', `/channels/${dm}/messages`, { content: 'psst' })).body['code']).toBe(50007);
		const stranger = await world.user('stranger');
		expect((await bot('POST', `/channels/${await open(stranger.id)}/messages`, { content: 'hi' })).status).toBe(403);
	});
});

describe('interactions', () => {
	async function ask(): Promise<{ id: string; token: string }> {
		await bot('PUT', `/applications/${world.description.applicationId}/commands`, [{ name: 'ask', description: 'Asks' }]);
		gateway.payloads.length = 0;
		const data = { name: 'ask', type: 1, options: [] };
		const body = {
			type: 2,
			application_id: world.description.applicationId,
			guild_id: guild.id,
			channel_id: channel,
			session_id: 'x',
			data
		};
		await adam.api.post('/interactions', body);
		const { d } = await gateway.event('INTERACTION_CREATE');
		return { id: String(d['id']), token: String(d['token']) };
	}

	const answer = { type: 4, data: { content: 'answer' } };

	test('are acknowledged once', async () => {
		const { id, token } = await ask();
		expect((await bot('POST', `/interactions/${id}/${token}/callback`, answer)).status).toBe(204);
		expect((await bot('POST', `/interactions/${id}/${token}/callback`, answer)).body['code']).toBe(40060);
	});

	test('with_response returns the interaction and its message', async () => {
		const { id, token } = await ask();
		const { status, body } = await bot('POST', `/interactions/${id}/${token}/callback?with_response=true`, answer);
		expect(status).toBe(200);
		expect(body).toMatchObject({ interaction: { id, type: 2 }, resource: { type: 4, message: { content: 'answer' } } });
	});

	test('cannot be acknowledged after three seconds', async () => {
		const { id, token } = await ask();
		await world.clock.advance(3_001);
		expect((await bot('POST', `/interactions/${id}/${token}/callback`, answer)).body['code']).toBe(10062);
	});

	test('take follow-ups only when acknowledged, and for fifteen minutes', async () => {
		const { id, token } = await ask();
		const hook = `/webhooks/${world.description.applicationId}/${token}`;
		expect((await bot('POST', hook, { content: 'early' })).body['code']).toBe(10015);
		await bot('POST', `/interactions/${id}/${token}/callback`, { type: 5, data: { flags: 64 } });
		const filled = await bot('PATCH', `${hook}/messages/@original`, { content: 'at last' });
		expect(filled.body).toMatchObject({ content: 'at last', flags: 64 });
		expect((await bella.messages(channel)).some((message) => message.content === 'at last')).toBe(false);
		expect((await adam.messages(channel)).some((message) => message.content === 'at last')).toBe(true);
		const more = await bot('POST', hook, { content: 'more' });
		expect((await bot('DELETE', `${hook}/messages/${more.body['id']}`)).status).toBe(204);
		await world.clock.advance(15 * 60_000);
		expect((await bot('POST', hook, { content: 'too late' })).body['code']).toBe(50027);
	});

	test('the first follow-up of a deferral fills it', async () => {
		const { id, token } = await ask();
		const hook = `/webhooks/${world.description.applicationId}/${token}`;
		await bot('POST', `/interactions/${id}/${token}/callback`, { type: 5 });
		const first = await bot('POST', hook, { content: 'filled' });
		const original = await bot('GET', `${hook}/messages/@original`);
		expect(original.body).toMatchObject({ id: first.body['id'], content: 'filled', flags: 0 });
	});

	test('command permissions of the owner shut a command for a member', async () => {
		await ask();
		const list = JSON.parse((await bot('GET', `/applications/${world.description.applicationId}/commands`)).text) as { id: string }[];
		const path = `/applications/${world.description.applicationId}/guilds/${guild.id}/commands/${list[0]?.id}/permissions`;
		await guild.owner.api.put(path, { permissions: [{ id: adam.id, type: 2, permission: false }] });
		await expect(adam.slash(channel, 'ask')).rejects.toThrow('No slash command');
		expect((await bella.commands(channel)).map((command) => command['name'])).toContain('ask');
		await expect(adam.api.put(path, { permissions: [] })).rejects.toMatchObject({ code: 50013 });
		await guild.owner.api.put(path, { permissions: [] });
	});
});

describe('limits and faults', () => {
	test("Discord's limits: five messages in five seconds, then 429 with Retry-After", async () => {
		await world.control('POST', '/application', { rate_limits: 'discord' });
		const path = `/channels/${guild.channel('second').id}/messages`;
		const answers = [];
		for (let sent = 0; sent < 6; sent++) answers.push(await bot('POST', path, { content: `${sent}` }));
		await world.control('POST', '/application', { rate_limits: 'wide' });
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
		expect(answers[0]?.headers.get('x-ratelimit-remaining')).toBe('4');
		expect(answers[5]?.headers.get('x-ratelimit-scope')).toBe('user');
		expect(Number(answers[5]?.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(answers[5]?.body).toMatchObject({ global: false, message: 'You are being rate limited.' });
	});

	test.each([
		['status', { status: 503 }, 503],
		['rate-limit', { scope: 'global' as const, retryAfter: 2 }, 429],
		['html-403', {}, 403],
		['cloudflare-1015', { retryAfter: 60 }, 429]
	] as const)('%s happens once and then no more', async (kind, options, status) => {
		await world.faults.rest(kind, { ...options, path: '^/users/@me$' });
		const broken = await bot('GET', '/users/@me');
		expect(broken.status).toBe(status);
		if (kind === 'rate-limit') expect(broken.headers.get('x-ratelimit-global')).toBe('true');
		if (kind === 'html-403' || kind === 'cloudflare-1015') expect(broken.text).toContain('<html>');
		expect((await bot('GET', '/users/@me')).status).toBe(200);
	});

	test('truncated JSON, a lost answer, a cut connection and a slow one', async () => {
		await world.faults.rest('truncated', { path: '^/users/@me$' });
		const half = await bot('GET', '/users/@me');
		expect(half.status).toBe(200);
		expect(half.body).toEqual({});
		await world.faults.rest('lost-answer', { method: 'POST' });
		await expect(bot('POST', `/channels/${channel}/messages`, { content: 'done but lost' })).rejects.toThrow();
		expect((await adam.messages(channel)).some((message) => message.content === 'done but lost')).toBe(true);
		await world.faults.rest('cut', { method: 'POST' });
		await expect(bot('POST', `/channels/${channel}/messages`, { content: 'never done' })).rejects.toThrow();
		expect((await adam.messages(channel)).some((message) => message.content === 'never done')).toBe(false);
		await world.faults.rest('slow', { ms: 60 });
		const start = performance.now();
		expect((await bot('GET', '/users/@me')).status).toBe(200);
		expect(performance.now() - start).toBeGreaterThan(50);
	});

	test("the Date header follows the world's clock and can be wrong", async () => {
		await world.faults.dateSkew(600_000);
		const { headers } = await bot('GET', '/users/@me');
		const ahead = Date.parse(headers.get('date') ?? '') - (await world.clock.now());
		expect(ahead).toBeGreaterThan(598_000);
		await world.faults.clear();
	});

	test('the clock tells its listeners when it is moved', async () => {
		const response = await fetch(`${world.description.api.replace(/\/api$/, '')}/_emulator/clock/stream`);
		const reader = response.body?.getReader();
		const read = async () =>
			JSON.parse(new TextDecoder().decode((await reader?.read())?.value).replace('data: ', '')) as { offset: number };
		const before = await read();
		await world.clock.advance(1_000);
		expect((await read()).offset).toBe(before.offset + 1_000);
		await reader?.cancel();
	});
});
