import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorld, type WorldDriver } from '../../../emulator/driver/index.js';
import { hasZstd } from '../../../emulator/gateway/transport.js';
import { RawGateway } from './rawGateway.js';

let world: WorldDriver;
const open: RawGateway[] = [];

beforeEach(async () => {
	world = await openWorld();
});

afterEach(async () => {
	for (const gateway of open.splice(0)) gateway.close();
	await world.close();
});

function connect(query?: string): RawGateway {
	const gateway = new RawGateway(world.description.gateway, query);
	open.push(gateway);
	return gateway;
}

async function login(fields: Record<string, unknown> = {}, query?: string): Promise<RawGateway> {
	const gateway = connect(query);
	await gateway.op(10);
	gateway.identify(world.description.botToken, fields);
	await gateway.event('READY');
	return gateway;
}

describe('logging in', () => {
	test('HELLO, READY with unavailable guilds, then each GUILD_CREATE', async () => {
		const gateway = await login();
		const created = await gateway.event('GUILD_CREATE');
		const ready = await gateway.event('READY');
		expect(ready.d).toMatchObject({ v: 10, shard: [0, 1], guilds: [{ id: world.home.id, unavailable: true }] });
		expect(created.d).toMatchObject({ id: world.home.id, unavailable: false, member_count: 7 });
		// Without the presence intent only the bot itself is in the list.
		expect(created.d['members']).toHaveLength(1);
	});

	test('the properties of IDENTIFY are recorded', async () => {
		await login({ properties: { os: 'iOS', browser: 'Discord iOS', device: '' } });
		expect(await world.control('GET', '/identifies')).toMatchObject([{ properties: { browser: 'Discord iOS' }, shard: [0, 1] }]);
	});

	test.each([
		['a wrong token', { token: 'nobody' }, 4004],
		['a shard that cannot be', { shard: [2, 2] }, 4010],
		['an unknown intent', { intents: 1 << 27 }, 4013]
	])('%s closes with its code', async (_name, fields, code) => {
		const gateway = connect();
		await gateway.op(10);
		gateway.identify(world.description.botToken, fields);
		expect((await gateway.end()).code).toBe(code);
	});

	test('a privileged intent that was not granted closes with 4014, and the list of members is not read without it', async () => {
		await world.control('POST', '/application', { privileged_intents: 0 });
		const gateway = connect();
		await gateway.op(10);
		gateway.identify(world.description.botToken, { intents: 1 << 15 });
		expect((await gateway.end()).code).toBe(4014);
		const { api, botToken, guildId } = world.description;
		const refused = await fetch(`${api}/v10/guilds/${guildId}/members?limit=1`, { headers: { authorization: `Bot ${botToken}` } });
		expect([refused.status, await refused.json()]).toMatchObject([403, { code: 50001 }]);
	});

	test('another version closes with 4012, an unknown op with 4001, garbage with 4002, an early op with 4003, a second IDENTIFY with 4005', async () => {
		expect((await connect('v=6').end()).code).toBe(4012);
		const unknown = connect();
		await unknown.op(10);
		unknown.send(99, {});
		expect((await unknown.end()).code).toBe(4001);
		const garbage = connect();
		await garbage.op(10);
		garbage.socket.send('{');
		expect((await garbage.end()).code).toBe(4002);
		const early = connect();
		await early.op(10);
		early.send(3, {});
		expect((await early.end()).code).toBe(4003);
		const twice = await login();
		twice.identify(world.description.botToken);
		expect((await twice.end()).code).toBe(4005);
	});

	test('more than 120 sends in a minute close with 4008', async () => {
		const gateway = await login();
		for (let sent = 0; sent < 125; sent++) gateway.send(1, null);
		expect((await gateway.end()).code).toBe(4008);
	});

	test('with max_concurrency 1 a second IDENTIFY within five seconds is answered by op 9', async () => {
		await world.control('POST', '/application', { max_concurrency: 1 });
		await login({ shard: [0, 2] });
		const second = connect();
		await second.op(10);
		second.identify(world.description.botToken, { shard: [1, 2] });
		expect((await second.op(9)).d).toBe(false);
	});

	test.each([
		['zlib-stream', true],
		['zstd-stream', hasZstd]
	])('%s is spoken when it is asked for', async (compression, isHere) => {
		if (!isHere) return void expect((await connect(`v=10&encoding=json&compress=${compression}`).end()).reason).toMatch(/Node 22\.15/);
		const gateway = await login({}, `v=10&encoding=json&compress=${compression}`);
		await gateway.event('GUILD_CREATE');
		await world.home.owner.send(world.home.channel('general'), `squeezed by ${compression}`);
		await gateway.event('MESSAGE_CREATE', ({ content }) => content === `squeezed by ${compression}`);
	});

	test('an encoding that is not spoken here is refused in a sentence, and not answered in another one', async () => {
		expect(await connect('v=10&encoding=etf').end()).toEqual({ code: 4002, reason: 'The emulator speaks encoding=json, not etf.' });
	});
});

describe('events', () => {
	test('content is hidden without its intent, unless the bot is mentioned', async () => {
		const gateway = await login({ intents: 1 | (1 << 9) });
		const channel = world.home.channel('general');
		await world.home.owner.send(channel, 'a secret');
		await world.home.owner.send(channel, `for you <@${world.description.applicationId}>`);
		await gateway.event('MESSAGE_CREATE', (data) => String(data['content']).startsWith('for you'));
		expect(gateway.events('MESSAGE_CREATE').map((event) => event.d['content'])).toEqual([
			'',
			`for you <@${world.description.applicationId}>`
		]);
	});

	test('without the members intent a join is not told', async () => {
		const gateway = await login({ intents: 1 | (1 << 9) });
		const full = await login({ intents: 3 | (1 << 9) });
		const invite = await world.home.owner.api.post(`/channels/${world.home.channel('general').id}/invites`, {});
		const newcomer = await world.user('newcomer');
		await newcomer.join(String((invite as { code: string }).code));
		await full.event('GUILD_MEMBER_ADD');
		await world.home.owner.send(world.home.channel('general'), 'after the join');
		await gateway.event('MESSAGE_CREATE');
		expect(gateway.events('GUILD_MEMBER_ADD')).toEqual([]);
	});

	test('each guild is served by the shard that its id says', async () => {
		const guilds = await Promise.all([1, 2, 3, 4].map((number) => world.guild({ name: `Guild ${number}` })));
		const shards = [await login({ shard: [0, 2] }), await login({ shard: [1, 2] })];
		for (const guild of guilds) {
			const owner = Number((BigInt(guild.id) >> 22n) % 2n);
			await shards[owner]?.event('GUILD_CREATE', (data) => data['id'] === guild.id);
			expect(shards[1 - owner]?.events('GUILD_CREATE').some((event) => event.d['id'] === guild.id)).toBe(false);
		}
	});

	test('op 8 answers members in chunks, by prefix, and names those it does not know', async () => {
		const gateway = await login({ intents: 3 });
		gateway.send(8, { guild_id: world.home.id, query: '', limit: 0, nonce: 'all' });
		const all = await gateway.event('GUILD_MEMBERS_CHUNK', (data) => data['nonce'] === 'all');
		expect(all.d).toMatchObject({ chunk_index: 0, chunk_count: 1, guild_id: world.home.id });
		expect(all.d['members']).toHaveLength(7);
		gateway.send(8, { guild_id: world.home.id, query: 'ad', limit: 10, nonce: 'prefix' });
		const some = await gateway.event('GUILD_MEMBERS_CHUNK', (data) => data['nonce'] === 'prefix');
		expect(some.d['members']).toMatchObject([{ user: { username: 'adam' } }]);
		gateway.send(8, { guild_id: world.home.id, user_ids: ['123456789012345678'], nonce: 'ids' });
		const none = await gateway.event('GUILD_MEMBERS_CHUNK', (data) => data['nonce'] === 'ids');
		expect(none.d).toMatchObject({ members: [], not_found: ['123456789012345678'] });
	});

	test('an outage is GUILD_DELETE with unavailable, and its end a GUILD_CREATE', async () => {
		const gateway = await login();
		await gateway.event('GUILD_CREATE');
		await world.control('POST', '/guild', { guild_id: world.home.id, unavailable: true });
		expect((await gateway.event('GUILD_DELETE')).d).toEqual({ id: world.home.id, unavailable: true });
		await world.control('POST', '/guild', { guild_id: world.home.id, unavailable: false });
		await gateway.next(() => gateway.events('GUILD_CREATE').length === 2);
	});

	test('a profile change is USER_UPDATE for the user and GUILD_MEMBER_UPDATE for the bot', async () => {
		const gateway = await login({ intents: 3 });
		const [adam] = world.home.members;
		const told = adam?.expectEvent('USER_UPDATE');
		await adam?.connect();
		await adam?.api.patch('/users/@me', { username: 'adamant' });
		expect(await told).toMatchObject({ username: 'adamant' });
		expect((await gateway.event('GUILD_MEMBER_UPDATE')).d).toMatchObject({ guild_id: world.home.id, user: { username: 'adamant' } });
	});
});

describe('losing the connection', () => {
	test('RESUME replays what was missed, in order and once', async () => {
		const first = await login();
		const { d } = await first.event('READY');
		await first.event('GUILD_CREATE');
		const seen = first.payloads.at(-1)?.s ?? 0;
		await world.faults.gateway('drop');
		await first.end();
		for (const word of ['one', 'two', 'three']) await world.home.owner.send(world.home.channel('general'), word);
		const second = connect();
		await second.op(10);
		second.send(6, { token: world.description.botToken, session_id: d['session_id'], seq: seen });
		await second.event('RESUMED');
		expect(second.events('MESSAGE_CREATE').map((event) => event.d['content'])).toEqual(['one', 'two', 'three']);
		expect(second.payloads.map((payload) => payload.s).filter((s) => s !== null)).toEqual([seen + 1, seen + 2, seen + 3, seen + 4]);
	});

	test('RESUME is refused with op 9 after the session was closed properly, with 4007 for a number never reached', async () => {
		const first = await login();
		const { d } = await first.event('READY');
		first.close(1000);
		await first.end();
		const late = connect();
		await late.op(10);
		late.send(6, { token: world.description.botToken, session_id: d['session_id'], seq: 1 });
		expect((await late.op(9)).d).toBe(false);
		const other = await login();
		const session = (await other.event('READY')).d['session_id'];
		await world.faults.gateway('drop');
		await other.end();
		const ahead = connect();
		await ahead.op(10);
		ahead.send(6, { token: world.description.botToken, session_id: session, seq: 99_999 });
		expect((await ahead.end()).code).toBe(4007);
	});

	test('op 7, op 9 and close codes come when they are switched on', async () => {
		const gateway = await login();
		await world.faults.gateway('reconnect');
		await gateway.op(7);
		await world.faults.gateway('invalidate', { resumable: true });
		expect((await gateway.op(9)).d).toBe(true);
		// Such a session is taken up again on the same connection.
		const { session_id } = (await gateway.event('READY')).d;
		gateway.send(6, { token: world.description.botToken, session_id, seq: 1 });
		await gateway.event('RESUMED');
		await world.faults.gateway('close', { code: 4000, reason: 'try again' });
		expect(await gateway.end()).toEqual({ code: 4000, reason: 'try again' });
	});

	test('lost events come with a replay unless they are lost for good; doubled ones come twice', async () => {
		const gateway = await login();
		await gateway.event('GUILD_CREATE');
		const channel = world.home.channel('general');
		await world.faults.gateway('spoil', { fate: 'lose-for-good', types: ['MESSAGE_CREATE'], times: 1 });
		await world.home.owner.send(channel, 'gone');
		await world.faults.gateway('spoil', { fate: 'double', types: ['MESSAGE_CREATE'], times: 1 });
		await world.home.owner.send(channel, 'twice');
		await world.home.owner.send(channel, 'last');
		await gateway.event('MESSAGE_CREATE', (data) => data['content'] === 'last');
		expect(gateway.events('MESSAGE_CREATE').map((event) => event.d['content'])).toEqual(['twice', 'twice', 'last']);
	});

	test('a client that stops beating is closed with 4009, and silenced heartbeats are not answered', async () => {
		await world.control('POST', '/application', { heartbeat_interval: 60 });
		const gateway = await login();
		gateway.send(1, null);
		await gateway.op(11);
		await world.faults.gateway('silence-heartbeats');
		gateway.payloads.length = 0;
		gateway.send(1, null);
		expect((await gateway.end()).code).toBe(4009);
		expect(gateway.payloads.filter((payload) => payload.op === 11)).toEqual([]);
	});

	test('a person is not sent away for a late heartbeat, as a bot beside him is', async () => {
		await world.control('POST', '/application', { heartbeat_interval: 60 });
		const person = connect();
		await person.op(10);
		person.send(2, { token: world.description.users[0]?.token, properties: {} });
		await person.event('READY');
		const bot = await login();
		expect((await bot.end()).code).toBe(4009);
		await world.home.owner.send(world.home.channel('general'), 'still here?');
		await person.event('MESSAGE_CREATE', ({ content }) => content === 'still here?');
	});
});
