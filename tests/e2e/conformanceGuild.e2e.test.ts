import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Conformance, GatewayClient, openDiscord } from '../support/conformanceClient.js';

/** Guilds, moderation, expressions, webhooks, invites, messages, events, voice and polls: all that needs no privilege. */
const intents = (1 << 0) | (1 << 2) | (1 << 3) | (1 << 5) | (1 << 6) | (1 << 9) | (1 << 15) | (1 << 16) | (1 << 20) | (1 << 21) | (1 << 24);
const png = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let discord: Conformance;
let gateway: GatewayClient;
let guild: string;
let guildId: string;
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
	guildId = discord.world.guildId;
	guild = `/guilds/${guildId}`;
	general = String(discord.world.channels[0]?.id);
	gateway = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, intents);
	await gateway.event('GUILD_CREATE');
});

afterAll(async () => {
	await gateway[Symbol.asyncDispose]();
	const wrong = await discord.wrongAnswers();
	await discord[Symbol.asyncDispose]();
	expect(wrong ?? []).toEqual([]);
});

describe('channels', () => {
	test('made, changed, moved and deleted: the bot hears of each and the audit log names the reason', async () => {
		const made = await owner.post(`${guild}/channels`, { name: 'My Room', type: 0, topic: 'a' }, 'why not');
		expect([made.status, made.body.name]).toEqual([201, 'my-room']);
		const id = String(made.body.id);
		await gateway.event('CHANNEL_CREATE', (channel) => channel.id === id);
		const changed = await bot.patch(`/channels/${id}`, { topic: 'b', rate_limit_per_user: 5 });
		expect(changed.body).toMatchObject({ topic: 'b', rate_limit_per_user: 5, name: 'my-room' });
		await gateway.event('CHANNEL_UPDATE', (channel) => channel.topic === 'b');
		expect((await owner.patch(`${guild}/channels`, [{ id, position: 0 }])).status).toBe(204);
		expect((await bot.delete(`/channels/${id}`)).status).toBe(200);
		await gateway.event('CHANNEL_DELETE', (channel) => channel.id === id);
		expect((await bot.get(`/channels/${id}`)).code).toBe(10003);
		const log = await bot.get(`${guild}/audit-logs?action_type=10`);
		expect(log.body.audit_log_entries).toMatchObject([{ target_id: id, user_id: owner.id, reason: 'why not' }]);
	});

	test.each([
		['a topic of 1025', { name: 'a', topic: 'x'.repeat(1025) }],
		['no name', {}],
		['a category that is none', { name: 'a', parent_id: '123456789012345678' }]
	])('%s is refused', async (_, body) => {
		expect((await owner.post(`${guild}/channels`, body)).code).toBe(50035);
	});

	test('a plain member makes none', async () => {
		expect((await ana.post(`${guild}/channels`, { name: 'a' })).code).toBe(50013);
	});

	test('overwrites count in Discord’s order: everyone, then roles, then the member', async () => {
		const channel = String((await owner.post(`${guild}/channels`, { name: 'order' })).body.id);
		const role = String((await owner.post(`${guild}/roles`, { name: 'writers' })).body.id);
		await owner.put(`${guild}/members/${ana.id}/roles/${role}`);
		const say = async (who: Actor) => (await who.post(`/channels/${channel}/messages`, { content: 'x' })).code;
		const set = (id: string, type: number, allow: string, deny: string) =>
			owner.put(`/channels/${channel}/permissions/${id}`, { type, allow, deny });
		const send = '2048';
		expect(await say(ana)).toBeNull();
		await set(guildId, 0, '0', send);
		expect([await say(ana), await say(ben)]).toEqual([50013, 50013]);
		await set(role, 0, send, '0');
		expect([await say(ana), await say(ben)]).toEqual([null, 50013]);
		await set(ana.id, 1, '0', send);
		expect(await say(ana)).toBe(50013);
		await owner.delete(`/channels/${channel}/permissions/${ana.id}`);
		expect(await say(ana)).toBeNull();
		await set(guildId, 0, '0', '1024');
		expect((await ben.get(`/channels/${channel}`)).code).toBe(50001);
		expect((await ben.get(`/channels/${channel}/messages`)).code).toBe(50001);
	});
});

describe('messages', () => {
	test('refused deletions in bulk: one, a hundred and one, older than 14 days', async () => {
		const path = `/channels/${general}/messages/bulk-delete`;
		expect((await bot.post(path, { messages: ['1'] })).code).toBe(50016);
		expect((await bot.post(path, { messages: Array.from({ length: 101 }, (_, n) => String(10n ** 17n + BigInt(n))) })).code).toBe(50016);
		expect((await bot.post(path, { messages: ['123456789012345678', '123456789012345679'] })).code).toBe(50034);
	});

	test('a nonce that is enforced says it once', async () => {
		const body = { content: 'once', nonce: 'n-1', enforce_nonce: true };
		const [one, two] = [await bot.post(`/channels/${general}/messages`, body), await bot.post(`/channels/${general}/messages`, body)];
		expect(two.body.id).toBe(one.body.id);
	});

	test.each([
		['nothing', {}, 50006],
		['2001 characters', { content: 'x'.repeat(2001) }, 50035],
		['embeds of 6001', { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] }, 50035],
		[
			'one custom id twice',
			{
				content: 'a',
				components: [
					{
						type: 1,
						components: [
							{ type: 2, style: 1, label: 'a', custom_id: 'a' },
							{ type: 2, style: 1, label: 'b', custom_id: 'a' }
						]
					}
				]
			},
			50035
		],
		['content beside components v2', { content: 'a', flags: 32768, components: [{ type: 10, content: 'b' }] }, 50035]
	])('%s is refused', async (_, body, code) => {
		expect((await bot.post(`/channels/${general}/messages`, body)).code).toBe(code);
	});

	test('slow mode holds for everybody but those who may bypass it', async () => {
		const { body: slow } = await owner.post(`${guild}/channels`, { name: 'slow', rate_limit_per_user: 60 });
		const allow = (bit: bigint) => owner.put(`/channels/${slow.id}/permissions/${ana.id}`, { type: 1, allow: String(bit) });
		const say = async () => (await ana.post(`/channels/${slow.id}/messages`, { content: 'x' })).code;
		expect([await say(), await say()]).toEqual([null, 20016]);
		// MANAGE_MESSAGES and MANAGE_CHANNELS, and then BYPASS_SLOWMODE.
		await allow((1n << 13n) | (1n << 4n));
		expect(await say()).toBe(20016);
		await allow(1n << 52n);
		expect([await say(), await say()]).toEqual([null, null]);
	});

	test('pins are listed newest first, told, and said in the channel', async () => {
		const ids: string[] = [];
		for (const content of ['first', 'second']) ids.push(String((await bot.post(`/channels/${general}/messages`, { content })).body.id));
		for (const id of ids) expect((await bot.put(`/channels/${general}/messages/pins/${id}`)).status).toBe(204);
		await gateway.event('CHANNEL_PINS_UPDATE');
		const listed = (await bot.get(`/channels/${general}/messages/pins`)).body.items as { message: { id: string } }[];
		expect(listed.map(({ message }) => message.id)).toEqual([...ids].reverse());
		expect((await bot.get(`/channels/${general}/messages?limit=1`)).list[0]?.type).toBe(6);
		await bot.delete(`/channels/${general}/messages/pins/${ids[0]}`);
		expect((await bot.get(`/channels/${general}/pins`)).list).toHaveLength(1);
		expect((await ana.put(`/channels/${general}/messages/pins/${ids[0]}`)).code).toBe(50013);
	});

	test('somebody else’s message deleted is kept in the audit log', async () => {
		const said = await ana.post(`/channels/${general}/messages`, { content: 'bad' });
		expect((await bot.delete(`/channels/${general}/messages/${said.body.id}`, 'rude')).status).toBe(204);
		const entry = await gateway.event('GUILD_AUDIT_LOG_ENTRY_CREATE', ({ action_type }) => action_type === 72);
		expect(entry.d).toMatchObject({ target_id: ana.id, reason: 'rude', options: { count: '1', channel_id: general } });
	});

	test('a poll is voted in, told, and closed by its author alone', async () => {
		const poll = { question: { text: 'Tea?' }, answers: [{ poll_media: { text: 'Yes' } }, { poll_media: { text: 'No' } }], duration: 1 };
		const said = await bot.post(`/channels/${general}/messages`, { poll });
		const path = `/channels/${general}/polls/${said.body.id}`;
		expect((await ana.put(`${path}/answers/@me`, { answer_ids: [1] })).status).toBe(204);
		expect((await ana.put(`${path}/answers/@me`, { answer_ids: [2] })).status).toBe(204);
		expect((await ana.put(`${path}/answers/@me`, { answer_ids: [1, 2] })).status).toBe(400);
		await gateway.event('MESSAGE_POLL_VOTE_ADD', ({ answer_id, user_id }) => answer_id === 2 && user_id === ana.id);
		await gateway.event('MESSAGE_POLL_VOTE_REMOVE', ({ answer_id }) => answer_id === 1);
		expect((await bot.get(`${path}/answers/2`)).body.users).toMatchObject([{ id: ana.id }]);
		expect((await owner.post(`${path}/expire`)).status).toBe(403);
		const ended = await bot.post(`${path}/expire`);
		expect(ended.body.poll).toMatchObject({
			results: {
				is_finalized: true,
				answer_counts: [
					{ id: 1, count: 0 },
					{ id: 2, count: 1 }
				]
			}
		});
		expect((await ben.put(`${path}/answers/@me`, { answer_ids: [1] })).status).toBe(400);
	});
});

describe('webhooks', () => {
	test('made, posting with components, edited, deleted; a wrong token is refused', async () => {
		const made = await bot.post(`/channels/${general}/webhooks`, { name: 'News' });
		expect(made.status).toBe(200);
		await gateway.event('WEBHOOKS_UPDATE');
		const path = `/webhooks/${made.body.id}/${made.body.token}`;
		const components = [{ type: 1, components: [{ type: 2, style: 5, label: 'Go', url: 'https://a.b' }] }];
		const said = await ana.post(`${path}?wait=true&with_components=true`, { content: 'news', username: 'Herald', components });
		expect(said.body).toMatchObject({ content: 'news', webhook_id: made.body.id, author: { username: 'Herald', bot: true } });
		expect((await ana.post(path, { content: 'quiet' })).status).toBe(204);
		expect((await ana.patch(`${path}/messages/${said.body.id}`, { content: 'old news' })).body.content).toBe('old news');
		expect((await bot.get(`/channels/${general}/webhooks`)).list).toHaveLength(1);
		expect((await ana.get(`/channels/${general}/webhooks`)).code).toBe(50013);
		expect((await ana.post(`/webhooks/${made.body.id}/wrong`, { content: 'x' })).code).toBe(50027);
		expect((await bot.delete(`/webhooks/${made.body.id}`)).status).toBe(204);
		expect((await ana.post(path, { content: 'x' })).code).toBe(10015);
	});

	test('a channel has at most fifteen', async () => {
		const channel = String((await owner.post(`${guild}/channels`, { name: 'hooks' })).body.id);
		for (let n = 0; n < 15; n++) await bot.post(`/channels/${channel}/webhooks`, { name: `h${n}` });
		expect((await bot.post(`/channels/${channel}/webhooks`, { name: 'one more' })).code).toBe(30007);
	});
});

describe('threads', () => {
	test('from a message, once; joined, left, archived, opened again', async () => {
		const said = await bot.post(`/channels/${general}/messages`, { content: 'topic' });
		const path = `/channels/${general}/messages/${said.body.id}/threads`;
		const thread = await bot.post(path, { name: 'talk', auto_archive_duration: 60 });
		expect([thread.status, thread.body.id, thread.body.type]).toEqual([201, said.body.id, 11]);
		await gateway.event('THREAD_CREATE', ({ id }) => id === said.body.id);
		expect((await bot.post(path, { name: 'again' })).code).toBe(160004);
		expect((await bot.put(`/channels/${said.body.id}/thread-members/${ana.id}`)).status).toBe(204);
		expect((await bot.get(`/channels/${said.body.id}/thread-members`)).list.map(({ user_id }) => user_id)).toContain(ana.id);
		expect((await ana.delete(`/channels/${said.body.id}/thread-members/@me`)).status).toBe(204);
		expect((await bot.get(`/channels/${said.body.id}/thread-members/${ana.id}`)).code).toBe(10007);
		expect((await ben.patch(`/channels/${said.body.id}`, { archived: true })).code).toBe(50013);
		expect((await bot.patch(`/channels/${said.body.id}`, { archived: true, locked: true })).status).toBe(200);
		expect((await bot.patch(`/channels/${said.body.id}`, { name: 'x' })).code).toBe(50083);
		expect((await ben.patch(`/channels/${said.body.id}`, { archived: false })).code).toBe(50013);
		const archived = (await bot.get(`/channels/${general}/threads/archived/public`)).body.threads as { id: string }[];
		expect(archived.map(({ id }) => id)).toContain(said.body.id);
		expect((await bot.patch(`/channels/${said.body.id}`, { archived: false, locked: false })).status).toBe(200);
		const active = (await bot.get(`${guild}/threads/active`)).body.threads as { id: string }[];
		expect(active.map(({ id }) => id)).toContain(said.body.id);
	});

	test('who comes to see a channel, by an overwrite or a role, is told of the threads that are open there', async () => {
		await using client = await GatewayClient.identify(discord.world.gateway, ana.token, 0);
		await client.event('GUILD_CREATE');
		const view = '1024';
		const role = String((await owner.post(`${guild}/roles`, { name: 'readers' })).body.id);
		const hidden = String(
			(
				await owner.post(`${guild}/channels`, {
					name: 'hidden',
					permission_overwrites: [
						{ id: guildId, type: 0, deny: view },
						{ id: role, type: 0, allow: view }
					]
				})
			).body.id
		);
		const thread = String((await owner.post(`/channels/${hidden}/threads`, { name: 'talk', type: 11 })).body.id);
		const synced = (times: number) => client.next(() => client.events('THREAD_LIST_SYNC').length === times);
		await owner.put(`/channels/${hidden}/permissions/${ana.id}`, { type: 1, allow: view });
		expect((await client.event('THREAD_LIST_SYNC')).d).toMatchObject({
			guild_id: guildId,
			channel_ids: [hidden],
			threads: [{ id: thread }]
		});
		await owner.delete(`/channels/${hidden}/permissions/${ana.id}`);
		expect((await ana.get(`/channels/${thread}`)).code).toBe(50001);
		await owner.put(`${guild}/members/${ana.id}/roles/${role}`);
		await synced(2);
		await owner.put(`/channels/${hidden}/permissions/${ana.id}`, { type: 1, allow: view });
		expect((await ana.get(`/channels/${thread}`)).status).toBe(200);
		expect(client.events('THREAD_LIST_SYNC')).toHaveLength(2);
	});

	test('a private one is seen by those in it alone', async () => {
		const thread = await bot.post(`/channels/${general}/threads`, { name: 'secret', type: 12 });
		expect((await ana.get(`/channels/${thread.body.id}`)).code).toBe(50001);
		await bot.put(`/channels/${thread.body.id}/thread-members/${ana.id}`);
		expect((await ana.post(`/channels/${thread.body.id}/messages`, { content: 'in' })).status).toBe(200);
		expect((await ben.get(`/channels/${thread.body.id}`)).code).toBe(50001);
	});

	test('a forum that wants a tag takes a post with one of its own only', async () => {
		const forum = await owner.post(`${guild}/channels`, {
			name: 'help',
			type: 15,
			available_tags: [{ name: 'bug' }, { name: 'staff', moderated: true }]
		});
		await owner.patch(`/channels/${forum.body.id}`, { flags: 16 });
		const [bug, staff] = forum.body.available_tags as { id: string }[];
		const post = (tags: (string | undefined)[]) =>
			ana.post(`/channels/${forum.body.id}/threads`, { name: 'it broke', message: { content: 'how' }, applied_tags: tags });
		expect((await post([])).code).toBe(40067);
		expect((await post(['123456789012345678'])).code).toBe(10087);
		expect((await post([staff?.id])).code).toBe(50013);
		const made = await post([bug?.id]);
		expect([made.status, made.body.applied_tags]).toEqual([201, [bug?.id]]);
		expect((await ana.get(`/channels/${made.body.id}/messages/${made.body.id}`)).body.content).toBe('how');
	});
});

describe('expressions', () => {
	test('an emoji is made, told, renamed and deleted', async () => {
		const made = await bot.post(`${guild}/emojis`, { name: 'wave', image: png });
		expect(made.status).toBe(201);
		await gateway.event('GUILD_EMOJIS_UPDATE');
		expect((await bot.patch(`${guild}/emojis/${made.body.id}`, { name: 'hello' })).body.name).toBe('hello');
		expect((await bot.post(`${guild}/emojis`, { name: 'a b', image: png })).code).toBe(50035);
		expect((await bot.post(`${guild}/emojis`, { name: 'ab', image: 'nonsense' })).code).toBe(50035);
		expect((await bot.delete(`${guild}/emojis/${made.body.id}`)).status).toBe(204);
		expect((await bot.get(`${guild}/emojis/${made.body.id}`)).code).toBe(10014);
	});

	test('where the places are taken, another one is refused', async () => {
		const places = [50, 100, 150, 250][Number((await bot.get(guild)).body.premium_tier)] ?? 50;
		const taken = (await bot.get(`${guild}/emojis`)).list.filter(({ animated }) => animated !== true).length;
		for (let n = taken; n < places; n++) await bot.post(`${guild}/emojis`, { name: `e${n}`, image: png });
		expect((await bot.post(`${guild}/emojis`, { name: 'more', image: png })).code).toBe(30008);
	});
});
