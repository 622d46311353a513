import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Conformance, GatewayClient, openDiscord } from '../support/conformanceClient.js';

/** Guilds, messages with their content, and scheduled events. */
const intents = (1 << 0) | (1 << 9) | (1 << 15) | (1 << 16);

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

describe('the server itself', () => {
	test('scheduled events go one way', async () => {
		const start = new Date(Date.now() + 3_600_000).toISOString();
		const end = new Date(Date.now() + 7_200_000).toISOString();
		const made = await owner.post(`${guild}/scheduled-events`, {
			name: 'Party',
			entity_type: 3,
			privacy_level: 2,
			scheduled_start_time: start,
			scheduled_end_time: end,
			entity_metadata: { location: 'Here' }
		});
		expect(made.status).toBe(200);
		await gateway.event('GUILD_SCHEDULED_EVENT_CREATE');
		const path = `${guild}/scheduled-events/${made.body.id}`;
		expect((await ana.put(`${path}/users/@me`)).status).toBe(204);
		expect((await bot.get(`${path}/users`)).list.map(({ user_id }) => user_id)).toEqual([ana.id]);
		expect((await owner.patch(path, { status: 2 })).body.status).toBe(2);
		expect((await owner.patch(path, { status: 1 })).code).toBe(180000);
		expect((await owner.patch(path, { status: 3 })).body.status).toBe(3);
	});

	test('incident actions pause invites', async () => {
		const invite = await owner.post(`/channels/${general}/invites`, {});
		expect(
			(await owner.put(`${guild}/incident-actions`, { invites_disabled_until: new Date(Date.now() + 60_000).toISOString() })).status
		).toBe(200);
		await ben.delete(`/users/@me/guilds/${guildId}`);
		expect((await ben.post(`/invites/${invite.body.code}`, {})).status).toBe(404);
		await owner.put(`${guild}/incident-actions`, { invites_disabled_until: null });
		expect((await ben.post(`/invites/${invite.body.code}`, {})).status).toBe(200);
	});

	test('screening leaves a new member pending until he accepts', async () => {
		await owner.put(`${guild}/member-verification`, { enabled: true });
		await ben.delete(`/users/@me/guilds/${guildId}`);
		const invite = await owner.post(`/channels/${general}/invites`, {});
		await ben.post(`/invites/${invite.body.code}`, {});
		expect((await bot.get(`${guild}/members/${ben.id}`)).body.pending).toBe(true);
		expect((await ben.put(`${guild}/requests/@me`)).status).toBe(204);
		expect((await bot.get(`${guild}/members/${ben.id}`)).body.pending).toBe(false);
		await owner.put(`${guild}/member-verification`, { enabled: false });
	});

	test('the picture of a role takes the second tier', async () => {
		const icon = 'data:image/png;base64,iVBORw0KGgo=';
		expect((await owner.post(`${guild}/roles`, { name: 'pretty', icon })).code).toBe(50101);
		expect((await owner.post(`${guild}/roles`, { name: 'pretty', unicode_emoji: '🎀' })).code).toBe(50101);
		for (let n = Number((await bot.get(guild)).body.premium_subscription_count); n < 7; n++)
			await ben.put(`${guild}/premium/subscriptions`);
		expect((await owner.post(`${guild}/roles`, { name: 'pretty', icon })).body.icon).toMatch(/^[0-9a-f]{32}$/);
	});

	test('two boosts make a tier, and the booster is said in the system channel', async () => {
		const before = await bot.get(guild);
		const boosts = Number(before.body.premium_subscription_count) + 2;
		await ana.put(`${guild}/premium/subscriptions`);
		await ana.put(`${guild}/premium/subscriptions`);
		const tier = [2, 7, 14].filter((from) => boosts >= from).length;
		expect((await bot.get(guild)).body).toMatchObject({ premium_tier: tier, premium_subscription_count: boosts });
		expect((await bot.get(`${guild}/members/${ana.id}`)).body.premium_since).not.toBeNull();
		expect((await bot.get(`/channels/${before.body.system_channel_id}/messages?limit=1`)).list[0]?.type).toBe(8);
	});

	test('its name is changed by those who may', async () => {
		expect((await ana.patch(guild, { name: 'Mine' })).code).toBe(50013);
		expect((await bot.patch(guild, { name: 'Ours' })).body.name).toBe('Ours');
		await gateway.event('GUILD_UPDATE', ({ name }) => name === 'Ours');
		expect((await bot.patch(guild, { name: 'x' })).code).toBe(50035);
	});
});

describe('voice', () => {
	test('a member joins by op 4, is moved, muted and put out by those who may, and a full channel takes nobody', async () => {
		const make = async (fields: object) => String((await owner.post(`${guild}/channels`, { type: 2, ...fields })).body.id);
		const [one, two, tiny] = [await make({ name: 'one' }), await make({ name: 'two' }), await make({ name: 'tiny', user_limit: 1 })];
		await using ears = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, (1 << 0) | (1 << 7));
		await using client = await GatewayClient.identify(discord.world.gateway, ana.token, 0);
		await using other = await GatewayClient.identify(discord.world.gateway, ben.token, 0);
		await Promise.all([ears, client, other].map((each) => each.event('READY')));
		const join = (who: GatewayClient, channel: string) =>
			who.send(4, { guild_id: guildId, channel_id: channel, self_mute: false, self_deaf: false });
		const heard = (user: Actor, channel: string | null) =>
			ears.event('VOICE_STATE_UPDATE', ({ user_id, channel_id }) => user_id === user.id && channel_id === channel);

		expect((await bot.patch(`${guild}/members/${ana.id}`, { channel_id: two })).code).toBe(40032);
		join(client, one);
		await heard(ana, one);
		expect((await bot.patch(`${guild}/members/${ana.id}`, { channel_id: two })).status).toBe(200);
		await heard(ana, two);
		expect((await ben.patch(`${guild}/members/${ana.id}`, { channel_id: one })).code).toBe(50013);
		expect((await bot.patch(`${guild}/members/${ana.id}`, { mute: true })).body.mute).toBe(true);
		await ears.event('VOICE_STATE_UPDATE', ({ user_id, mute }) => user_id === ana.id && mute === true);
		join(client, tiny);
		await heard(ana, tiny);
		join(other, tiny);
		join(other, one);
		await heard(ben, one);
		expect(ears.events('VOICE_STATE_UPDATE').some(({ user_id, channel_id }) => user_id === ben.id && channel_id === tiny)).toBe(false);
		const stage = await make({ name: 'stage', type: 13 });
		expect((await bot.patch(`${guild}/members/${ana.id}`, { channel_id: stage })).status).toBe(200);
		expect((await heard(ana, stage)).d.suppress).toBe(true);
		expect((await bot.patch(`${guild}/members/${ana.id}`, { channel_id: null })).status).toBe(200);
		await heard(ana, null);
	});
});

describe('threads in time', () => {
	test.runIf(process.env.CONFORMANCE_DISCORD === undefined)(
		'one that nobody speaks in is archived after its hour, one that is spoken in is not',
		async () => {
			const open = async (name: string) =>
				String((await bot.post(`/channels/${general}/threads`, { name, type: 11, auto_archive_duration: 60 })).body.id);
			const [quiet, busy] = [await open('quiet'), await open('busy')];
			discord.travel?.(40 * 60_000);
			await bot.post(`/channels/${busy}/messages`, { content: 'still here' });
			discord.travel?.(30 * 60_000);
			await gateway.event(
				'THREAD_UPDATE',
				({ id, thread_metadata }) => id === quiet && (thread_metadata as { archived: boolean }).archived
			);
			const active = (await bot.get(`${guild}/threads/active`)).body.threads as { id: string }[];
			expect(active.map(({ id }) => id)).toContain(busy);
			expect(active.map(({ id }) => id)).not.toContain(quiet);
		}
	);

	test('a webhook opens a post in a forum by a name, and not without', async () => {
		const forum = String((await owner.post(`${guild}/channels`, { name: 'posts', type: 15 })).body.id);
		const hook = await bot.post(`/channels/${forum}/webhooks`, { name: 'Poster' });
		const path = `/webhooks/${hook.body.id}/${hook.body.token}?wait=true`;
		expect((await ana.post(path, { content: 'x' })).code).toBe(220001);
		const said = await ana.post(path, { content: 'x', thread_name: 'A post' });
		expect((await bot.get(`/channels/${said.body.channel_id}`)).body).toMatchObject({ name: 'A post', parent_id: forum, type: 11 });
	});
});

describe('events in time', () => {
	test.runIf(process.env.CONFORMANCE_DISCORD === undefined)(
		'an event somewhere else begins and ends by itself, also at a time it was moved to',
		async () => {
			const { timestamp } = (await bot.post(`/channels/${general}/messages`, { content: 'now' })).body;
			const at = (hours: number) => new Date(Date.parse(String(timestamp)) + hours * 3_600_000).toISOString();
			const made = await owner.post(`${guild}/scheduled-events`, {
				name: 'Walk',
				entity_type: 3,
				privacy_level: 2,
				scheduled_start_time: at(1),
				scheduled_end_time: at(2),
				entity_metadata: { location: 'Park' }
			});
			const path = `${guild}/scheduled-events/${made.body.id}`;
			const becomes = (wanted: number) =>
				gateway.event('GUILD_SCHEDULED_EVENT_UPDATE', ({ id, status }) => id === made.body.id && status === wanted);
			expect((await owner.patch(path, { scheduled_end_time: at(4) })).status).toBe(200);
			discord.travel?.(3_600_000 + 1_000);
			await becomes(2);
			discord.travel?.(3_600_000);
			expect((await bot.get(path)).body.status).toBe(2);
			discord.travel?.(2 * 3_600_000);
			await becomes(3);
			expect((await owner.patch(path, { status: 2 })).code).toBe(180000);
		}
	);
});

describe('OAuth2', () => {
	test('a code is good once, the access token opens what its scopes say', async () => {
		const query = new URLSearchParams({
			client_id: discord.world.applicationId,
			response_type: 'code',
			scope: 'identify guilds',
			redirect_uri: 'http://127.0.0.1/done',
			state: 's'
		});
		const agreed = await ana.post(`/oauth2/authorize?${query}`, { authorize: true });
		const back = new URL(String(agreed.body.location));
		expect(back.searchParams.get('state')).toBe('s');
		const form = {
			client_id: discord.world.applicationId,
			client_secret: discord.world.botToken,
			grant_type: 'authorization_code',
			code: back.searchParams.get('code'),
			redirect_uri: 'http://127.0.0.1/done'
		};
		const token = await ana.post('/oauth2/token', form);
		expect(token.body).toMatchObject({ token_type: 'Bearer', scope: 'identify guilds' });
		expect((await ana.post('/oauth2/token', form)).body.error).toBe('invalid_grant');
		const bearer = ana.as(`Bearer ${token.body.access_token}`);
		expect((await bearer.get('/users/@me')).body.id).toBe(ana.id);
		expect((await bearer.get('/users/@me/guilds')).list).toHaveLength(1);
		expect((await bearer.get(guild)).status).toBe(401);
		expect((await bearer.get('/oauth2/@me')).body).toMatchObject({ scopes: ['identify', 'guilds'], user: { id: ana.id } });
	});
});
