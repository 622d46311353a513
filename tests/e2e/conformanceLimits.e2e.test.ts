import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Conformance, GatewayClient, isRecord, openDiscord } from '../support/conformanceClient.js';

/** Servers, members, voice, messages and reactions. */
const intents = (1 << 0) | (1 << 1) | (1 << 7) | (1 << 9) | (1 << 10) | (1 << 15);
const thumb = encodeURIComponent('👍');
const componentsV2 = 1 << 15;

let discord: Conformance;
let gateway: GatewayClient;
let guild: string;
let general: string;
let owner: Actor;
let bot: Actor;
let ana: Actor;
let ben: Actor;
let cem: Actor;

beforeAll(async () => {
	discord = await openDiscord();
	({ owner, bot } = discord);
	const [first, second, third] = discord.members;
	if (!first || !second || !third) throw new Error('The server has too few members for this suite');
	[ana, ben, cem] = [first, second, third];
	guild = `/guilds/${discord.world.guildId}`;
	general = `/channels/${discord.world.channels[0]?.id}`;
	gateway = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, intents);
	await gateway.event('GUILD_CREATE');
});

afterAll(async () => {
	await gateway[Symbol.asyncDispose]();
	const wrong = await discord.wrongAnswers();
	await discord[Symbol.asyncDispose]();
	expect(wrong ?? []).toEqual([]);
});

async function made(by: Actor, path: string, body: unknown): Promise<string> {
	const answer = await by.post(path, body);
	expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
	return String(answer.body.id);
}

const say = (by: Actor, content: string) => made(by, `${general}/messages`, { content });

function formOf(payload: unknown, ...sizes: number[]): FormData {
	const form = new FormData();
	form.append('payload_json', JSON.stringify(payload));
	for (const [index, size] of sizes.entries()) form.append(`files[${index}]`, new Blob([Buffer.alloc(size, 'x')]), `${index}.txt`);
	return form;
}

describe('files of messages', () => {
	test('an attachment may be named by the number of its file', async () => {
		const sent = await bot.form(`${general}/messages`, formOf({ attachments: [{ id: 0, description: 'words' }] }, 2));
		expect(sent.body.attachments).toMatchObject([{ filename: '0.txt', size: 2, description: 'words' }]);
	});

	test('an address is refused when it is changed, bare or over, and a new one is had for it', async (context) => {
		const sent = await bot.form(`${general}/messages`, formOf({}, 2));
		const [file] = sent.body.attachments as { url: string }[];
		const url = new URL(String(file?.url));
		const read = async (address: string | URL) => (await fetch(address)).status;
		expect(await read(url)).toBe(200);
		expect(await read(url.href.split('?')[0] ?? '')).toBe(404);
		const longer = new URL(url);
		longer.searchParams.set('ex', (Number.parseInt(url.searchParams.get('ex') ?? '', 16) + 86_400).toString(16));
		expect(await read(longer)).toBe(404);
		if (discord.travel === null) return context.skip();
		discord.travel(25 * 3_600_000);
		expect(await read(url)).toBe(404);
		const { body } = await bot.post('/attachments/refresh-urls', { attachment_urls: [url.href] });
		const [fresh] = body.refreshed_urls as { original: string; refreshed: string }[];
		expect(fresh?.original).toBe(url.href);
		expect(await (await fetch(String(fresh?.refreshed))).text()).toBe('xx');
	});

	test('new addresses are had for fifty at once, and for attachments alone', async () => {
		const sent = await bot.form(`${general}/messages`, formOf({}, 2));
		const [file] = sent.body.attachments as { url: string }[];
		const ask = (urls: unknown) => bot.post('/attachments/refresh-urls', { attachment_urls: urls });
		expect((await ask(Array(50).fill(file?.url))).body.refreshed_urls).toHaveLength(50);
		expect((await ask(Array(51).fill(file?.url))).code).toBe(50035);
		expect((await ask(['http://127.0.0.1/other.png'])).code).toBe(50035);
		expect((await ask([])).code).toBe(50035);
		expect((await bot.as('').post('/attachments/refresh-urls', { attachment_urls: [file?.url] })).status).toBe(401);
	});

	test('eleven files are one too many', async () => {
		expect((await bot.form(`${general}/messages`, formOf({}, ...Array<number>(11).fill(1)))).code).toBe(30015);
	});

	test('a file over 10 MiB is too large without boosts', async () => {
		const refused = await bot.form(`${general}/messages`, formOf({}, (10 << 20) + 1));
		expect([refused.status, refused.code]).toEqual([413, 40005]);
	});
});

describe('messages', () => {
	test('components show files of their own message alone', async () => {
		const body = { flags: 1 << 15, components: [{ type: 13, file: { url: 'attachment://nothing.txt' } }] };
		const { code, body: told } = await bot.post(`${general}/messages`, body);
		expect([code, Object.keys(Object(told.errors))]).toEqual([50035, ['components']]);
	});

	test('embeds need the permission to embed links', async () => {
		const hidden = await made(owner, `${guild}/channels`, {
			name: 'plain',
			permission_overwrites: [{ id: discord.world.guildId, type: 0, deny: '16384' }]
		});
		expect((await ana.post(`/channels/${hidden}/messages`, { embeds: [{ title: 'x' }] })).code).toBe(50013);
	});

	test('a message is forwarded with what it said', async () => {
		const id = await say(ana, 'said before');
		const reference = { type: 1, message_id: id, channel_id: general.split('/')[2] };
		const sent = await bot.post(`${general}/messages`, { message_reference: reference });
		expect(sent.body).toMatchObject({ message_reference: { type: 1 }, message_snapshots: [{ message: { content: 'said before' } }] });
	});

	test('embeds that were hidden come back', async () => {
		const id = await made(bot, `${general}/messages`, { content: 'x', embeds: [{ title: 'kept' }] });
		expect((await bot.patch(`${general}/messages/${id}`, { flags: 4 })).body.embeds).toEqual([]);
		expect((await bot.patch(`${general}/messages/${id}`, { flags: 0 })).body.embeds).toMatchObject([{ title: 'kept' }]);
	});

	test('what is made of components takes no content later, and what has content is not made of them', async () => {
		const components = [{ type: 10, content: 'text' }];
		const id = await made(bot, `${general}/messages`, { flags: componentsV2, components });
		expect((await bot.patch(`${general}/messages/${id}`, { content: 'x' })).code).toBe(50035);
		expect((await bot.patch(`${general}/messages/${id}`, { components: [{ type: 10, content: 'new' }] })).status).toBe(200);
		const plain = await say(bot, 'stays');
		expect((await bot.patch(`${general}/messages/${plain}`, { flags: componentsV2, components })).code).toBe(50035);
		expect((await bot.patch(`${general}/messages/${plain}`, { content: null, flags: componentsV2, components })).status).toBe(200);
	});

	test('a poll is not edited and ends once', async () => {
		const poll = { question: { text: 'q' }, answers: [{ poll_media: { text: 'a' } }], duration: 1 };
		const long = { ...poll, answers: [{ poll_media: { text: 'a'.repeat(56) } }] };
		expect((await bot.post(`${general}/messages`, { poll: long })).code).toBe(50035);
		const id = await made(bot, `${general}/messages`, { poll });
		expect((await bot.patch(`${general}/messages/${id}`, { content: 'x' })).code).toBe(520003);
		expect((await bot.post(`${general}/polls/${id}/expire`)).status).toBe(200);
		expect((await bot.post(`${general}/polls/${id}/expire`)).code).toBe(520001);
		expect((await bot.post(`${general}/polls/${await say(bot, 'x')}/expire`)).code).toBe(520006);
	});

	test('an emoji that is none is refused with 400, and there are no super reactions', async () => {
		const path = `${general}/messages/${await say(ana, 'x')}/reactions`;
		const refused = await bot.put(`${path}/nothing/@me`);
		expect([refused.status, refused.code]).toEqual([400, 10014]);
		await bot.put(`${path}/${thumb}/@me`);
		expect((await bot.get(`${path}/${thumb}`)).list).toHaveLength(1);
		expect((await bot.get(`${path}/${thumb}?type=1`)).list).toEqual([]);
	});

	test('250 pins, and not one more; what Discord says about them is neither edited nor pinned', async () => {
		const room = await made(owner, `${guild}/channels`, { name: 'pins' });
		const path = `/channels/${room}/messages`;
		const pin = async () => bot.put(`${path}/pins/${await made(bot, path, { content: 'x' })}`);
		expect((await pin()).status).toBe(204);
		const [told] = (await bot.get(`${path}?limit=1`)).list;
		expect(told?.type).toBe(6);
		expect((await bot.patch(`${path}/${told?.id}`, { content: 'x' })).code).toBe(50021);
		expect((await bot.put(`${path}/pins/${told?.id}`)).code).toBe(50021);
		for (let count = 1; count < 250; count++) await pin();
		expect((await pin()).code).toBe(30003);
	});
});

describe('threads', () => {
	test('a word opens an archived one and makes its speaker a member; until then nothing in it changes', async () => {
		const thread = await made(bot, `${general}/messages/${await say(bot, 'x')}/threads`, { name: 'one' });
		const message = await made(bot, `/channels/${thread}/messages`, { content: 'x' });
		await bot.patch(`/channels/${thread}`, { archived: true });
		expect((await bot.patch(`/channels/${thread}/messages/${message}`, { content: 'y' })).code).toBe(50083);
		expect((await bot.put(`/channels/${thread}/messages/${message}/reactions/${thumb}/@me`)).code).toBe(50083);
		await made(ana, `/channels/${thread}/messages`, { content: 'awake' });
		expect((await bot.get(`/channels/${thread}`)).body.thread_metadata).toMatchObject({ archived: false });
		expect((await bot.get(`/channels/${thread}/thread-members/${ana.id}`)).status).toBe(200);
	});

	test('a locked one is not opened by a word', async () => {
		const thread = await made(bot, `${general}/messages/${await say(bot, 'x')}/threads`, { name: 'two' });
		await bot.patch(`/channels/${thread}`, { locked: true, archived: true });
		expect((await ana.post(`/channels/${thread}/messages`, { content: 'x' })).code).toBe(160005);
	});

	test('a forum has twenty tags, a post five', async () => {
		const tags = (count: number) => ({ available_tags: Array.from({ length: count }, (_, index) => ({ name: `tag ${index}` })) });
		const forum = await made(owner, `${guild}/channels`, { name: 'forum', type: 15 });
		expect((await bot.patch(`/channels/${forum}`, tags(21))).code).toBe(50035);
		const answer = await bot.patch(`/channels/${forum}`, tags(20));
		const known = Array.isArray(answer.body.available_tags) ? answer.body.available_tags.filter(isRecord).map(({ id }) => id) : [];
		const post = (count: number) =>
			bot.post(`/channels/${forum}/threads`, { name: 'a', message: { content: 'a' }, applied_tags: known.slice(0, count) });
		expect((await post(6)).code).toBe(50035);
		expect((await post(5)).status).toBe(201);
	});
});

describe('people', () => {
	test('who has not accepted the rules reads, and says and adds nothing', async () => {
		await owner.put(`${guild}/member-verification`, { enabled: true });
		const code = String((await owner.post(`${general}/invites`, {})).body.code);
		await ben.delete(`/users/@me${guild}`);
		await ben.post(`/invites/${code}`, {});
		const message = await say(owner, 'rules');
		expect((await ben.post(`${general}/messages`, { content: 'x' })).code).toBe(50013);
		expect((await ben.put(`${general}/messages/${message}/reactions/${thumb}/@me`)).code).toBe(50013);
		expect((await ben.get(`${general}/messages/${message}`)).status).toBe(200);
		await ben.put(`${guild}/requests/@me`, {});
		await owner.put(`${guild}/member-verification`, { enabled: false });
		await say(ben, 'x');
	});

	test('who came by a temporary invite is out when he disconnects, unless somebody gave him a role', async () => {
		const role = await made(owner, `${guild}/roles`, { name: 'stays' });
		const code = String((await owner.post(`${general}/invites`, { temporary: true, unique: true })).body.code);
		for (const guest of [ben, cem]) {
			await guest.delete(`/users/@me${guild}`);
			const session = await GatewayClient.identify(discord.world.gateway, guest.token, 0);
			await session.event('READY');
			await guest.post(`/invites/${code}`, {});
			if (guest === ben) await owner.put(`${guild}/members/${ben.id}/roles/${role}`);
			await session[Symbol.asyncDispose]();
		}
		await gateway.next(({ t, d }) => {
			const after = gateway.packets.filter(
				(packet) => packet.t === 'GUILD_MEMBER_REMOVE' && isRecord(packet.d.user) && packet.d.user.id === cem.id
			);
			// The first time he left himself.
			return t === 'GUILD_MEMBER_REMOVE' && after.length === 2 && after[1]?.d === d;
		});
		expect((await bot.get(`${guild}/members/${cem.id}`)).code).toBe(10007);
		expect((await bot.get(`${guild}/members/${ben.id}`)).status).toBe(200);
	});

	test('voice ends with the session it was joined through', async () => {
		const room = await made(owner, `${guild}/channels`, { name: 'voice', type: 2 });
		const session = await GatewayClient.identify(discord.world.gateway, ana.token, 0);
		await session.event('READY');
		session.send(4, { guild_id: discord.world.guildId, channel_id: room, self_mute: false, self_deaf: false });
		await gateway.event('VOICE_STATE_UPDATE', ({ user_id, channel_id }) => user_id === ana.id && channel_id === room);
		await session[Symbol.asyncDispose]();
		await gateway.event('VOICE_STATE_UPDATE', ({ user_id, channel_id }) => user_id === ana.id && channel_id === null);
	});

	test('an owner does not leave his server', async () => {
		const refused = await owner.delete(`/users/@me${guild}`);
		expect([refused.status, refused.code]).toEqual([400, 50055]);
	});

	test('an invite is read by anybody', async () => {
		const code = String((await owner.post(`${general}/invites`, {})).body.code);
		const response = await fetch(`${discord.world.api}/v10/invites/${code}`);
		expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([200, code]);
	});
});

describe('commands and forms', () => {
	test('a new slash command needs a description', async () => {
		const refused = await bot.post(`/applications/${discord.world.applicationId}/commands`, { name: 'mute' });
		expect([refused.code, refused.body.errors]).toEqual([50035, expect.objectContaining({ description: expect.anything() })]);
	});

	test('files put into a form arrive as attachments', async () => {
		const application = discord.world.applicationId;
		const command = await made(bot, `/applications/${application}/commands`, { name: 'form', description: 'd' });
		const place = { application_id: application, guild_id: discord.world.guildId, channel_id: general.split('/')[2], session_id: 's' };
		const session = await GatewayClient.identify(discord.world.gateway, ana.token, 0);
		await session.event('READY');
		await ana.post('/interactions', { ...place, type: 2, nonce: '1', data: { id: command, name: 'form', type: 1 } });
		const { d: asked } = await gateway.event('INTERACTION_CREATE');
		const upload = { type: 18, label: 'Picture', component: { type: 19, custom_id: 'up', max_values: 2 } };
		const form = { type: 9, data: { custom_id: 'form', title: 'Form', components: [upload] } };
		expect((await bot.post(`/interactions/${asked.id}/${asked.token}/callback`, form)).status).toBe(204);
		await session.event('INTERACTION_MODAL_CREATE');
		const send = (values: string[], ...sizes: number[]) => {
			const components = [{ type: 18, component: { type: 19, custom_id: 'up', values } }];
			return ana.form('/interactions', formOf({ ...place, type: 5, nonce: '2', data: { custom_id: 'form', components } }, ...sizes));
		};
		expect((await send([])).code).toBe(50035);
		expect((await send(['0', '1', '2'], 1, 1, 1)).code).toBe(50035);
		expect((await send(['0'], 7)).status).toBe(204);
		const { d: sent } = await gateway.event('INTERACTION_CREATE', ({ type }) => type === 5);
		const data = isRecord(sent.data) ? sent.data : {};
		expect(data.resolved).toMatchObject({ attachments: { [String(fileIn(data))]: { filename: '0.txt', size: 7, ephemeral: true } } });
		await session[Symbol.asyncDispose]();
	});
});

function fileIn(data: Record<string, unknown>): unknown {
	const [row] = Array.isArray(data.components) ? data.components.filter(isRecord) : [];
	const values = isRecord(row?.component) ? row.component.values : [];
	return Array.isArray(values) ? values[0] : undefined;
}

describe('too much', () => {
	test('the third new name of a channel in ten minutes waits', async () => {
		const room = await made(owner, `${guild}/channels`, { name: 'first' });
		for (const name of ['second', 'third']) expect((await bot.patch(`/channels/${room}`, { name })).status).toBe(200);
		const refused = await bot.patch(`/channels/${room}`, { name: 'fourth' });
		expect([refused.status, refused.body.global]).toEqual([429, false]);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500);
		expect((await bot.patch(`/channels/${room}`, { nsfw: true })).status).toBe(200);
	});

	test('a client that says more than 4096 bytes at once is closed with 4002', async () => {
		const client = new GatewayClient(discord.world.gateway);
		await client.next(({ op }) => op === 10);
		client.send(1, 'x'.repeat(4096));
		expect(await client.closed()).toBe(4002);
	});

	test('a nonce over 32 bytes is left out of the answer', async () => {
		gateway.send(8, { guild_id: discord.world.guildId, user_ids: [ana.id], nonce: 'n'.repeat(33) });
		expect((await gateway.event('GUILD_MEMBERS_CHUNK')).d).not.toHaveProperty('nonce');
	});

	test.runIf(process.env.CONFORMANCE_DISCORD === undefined)(
		'51 requests in a second are refused for all routes, and the headers say so',
		async () => {
			discord.limitRates?.();
			const answers = await Promise.all(Array.from({ length: 80 }, () => bot.get('/users/@me')));
			const refused = answers.find(({ body }) => body.global === true);
			expect(refused?.status).toBe(429);
			expect([refused?.headers.get('x-ratelimit-global'), refused?.headers.get('x-ratelimit-scope')]).toEqual(['true', 'global']);
		}
	);

	test.runIf(process.env.CONFORMANCE_DISCORD === undefined)('what a server shares is refused in its scope: emojis', async () => {
		// The second of all routes is over.
		await expect.poll(async () => (await bot.get(guild)).status, { timeout: 3_000, interval: 400 }).toBe(200);
		const image = 'data:image/png;base64,iVBORw0KGgo=';
		for (let n = 0; n < 40; n++) {
			const { status, headers, body } = await bot.post(`${guild}/emojis`, { name: `e${n}`, image });
			if (headers.get('x-ratelimit-scope') !== 'shared') continue;
			expect([status, body.global, headers.get('x-ratelimit-global')]).toEqual([429, false, null]);
			return;
		}
		throw new Error('Forty emojis were taken');
	});
});

test('one to two hundred people are banned at once', async () => {
	const ids = Array.from({ length: 201 }, (_, index) => String(900_000_000_000_000_000n + BigInt(index)));
	for (const user_ids of [[], ids]) expect(await bot.post(`${guild}/bulk-ban`, { user_ids })).toMatchObject({ status: 400, code: 50035 });
	expect(await bot.post(`${guild}/bulk-ban`, { user_ids: ids.slice(1) })).toMatchObject({ status: 400, code: 500_000 });
});
