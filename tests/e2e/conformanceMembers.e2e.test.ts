import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Conformance, GatewayClient, openDiscord } from '../support/conformanceClient.js';

let discord: Conformance;
let guild: string;
let owner: Actor;
let bot: Actor;
let [high, middle, equal, low, plain]: Actor[] = [];
/** Roles from high to low: `high`, `middle` (held by two), `low`. */
const role: Record<string, string> = {};

const everything = String(2n ** 41n - 1n - 8n);

beforeAll(async () => {
	discord = await openDiscord();
	({ owner, bot } = discord);
	[high, middle, equal, low, plain] = discord.members;
	guild = `/guilds/${discord.world.guildId}`;
	for (const [name, position] of [
		['low', 2],
		['middle', 3],
		['high', 4]
	] as const) {
		const made = await owner.post(`${guild}/roles`, { name, permissions: everything });
		role[name] = String(made.body.id);
		await owner.patch(`${guild}/roles`, [{ id: role[name], position }]);
	}
	await owner.put(`${guild}/members/${high?.id}/roles/${role.high}`);
	await owner.put(`${guild}/members/${middle?.id}/roles/${role.middle}`);
	await owner.put(`${guild}/members/${equal?.id}/roles/${role.middle}`);
	await owner.put(`${guild}/members/${low?.id}/roles/${role.low}`);
	// The bot stands at the bottom for these tests, with everything but administrator.
	const roles = (await owner.get(`${guild}/roles`)).list;
	const own = roles.find(({ tags }) => tags !== undefined);
	await owner.patch(`${guild}/roles/${own?.id}`, { permissions: everything });
	role.bot = String(own?.id);
	await owner.patch(`${guild}/roles`, [{ id: role.bot, position: 3 }]);
});

afterAll(async () => {
	expect((await discord.wrongAnswers()) ?? []).toEqual([]);
	await discord[Symbol.asyncDispose]();
});

const who = (actor: Actor | undefined): Actor => {
	if (actor === undefined) throw new Error('The server has too few members for this suite');
	return actor;
};

describe('hierarchy', () => {
	const actors = {
		owner: () => owner,
		high: () => who(high),
		middle: () => who(middle),
		equal: () => who(equal),
		low: () => who(low),
		plain: () => who(plain),
		bot: () => bot
	};
	const nick = (actor: Actor, target: Actor) => actor.patch(`${guild}/members/${target.id}`, { nick: `n${Math.random()}`.slice(0, 10) });

	test.each<[keyof typeof actors, keyof typeof actors, number]>([
		['owner', 'high', 200],
		['high', 'middle', 200],
		['middle', 'high', 403],
		['middle', 'equal', 403],
		['middle', 'low', 200],
		['low', 'middle', 403],
		['low', 'plain', 200],
		['plain', 'low', 403],
		['high', 'owner', 403],
		['bot', 'owner', 403],
		['bot', 'high', 403],
		['bot', 'low', 200],
		['high', 'bot', 200],
		['low', 'bot', 403]
	])('%s renames %s: %i', async (actor, target, status) => {
		const answer = await nick(actors[actor](), actors[target]());
		expect([answer.status, answer.code]).toEqual([status, status === 200 ? null : 50013]);
	});

	test.each<[keyof typeof actors, string, number]>([
		['high', 'middle', 204],
		['high', 'high', 403],
		['middle', 'high', 403],
		['bot', 'high', 403],
		['bot', 'low', 204],
		['owner', 'high', 204]
	])('%s gives the role %s: %i', async (actor, name, status) => {
		const answer = await actors[actor]().put(`${guild}/members/${plain?.id}/roles/${role[name]}`);
		expect(answer.status).toBe(status);
		if (status === 204) await owner.delete(`${guild}/members/${plain?.id}/roles/${role[name]}`);
	});

	test('nobody lifts a role to his own height, nor one above', async () => {
		expect((await who(middle).patch(`${guild}/roles`, [{ id: role.low, position: 99 }])).code).toBe(50013);
		expect((await who(middle).patch(`${guild}/roles`, [{ id: role.high, position: 1 }])).code).toBe(50013);
	});

	test('nobody grants what he lacks: a role with administrator', async () => {
		expect((await bot.post(`${guild}/roles`, { name: 'power', permissions: '8' })).code).toBe(50013);
		expect((await who(high).patch(`${guild}/roles/${role.low}`, { permissions: '8' })).code).toBe(50013);
		expect((await owner.patch(`${guild}/roles/${role.low}`, { permissions: everything })).status).toBe(200);
	});

	test('a managed role is neither given nor deleted', async () => {
		expect((await owner.put(`${guild}/members/${plain?.id}/roles/${role.bot}`)).code).toBe(50028);
		expect((await owner.delete(`${guild}/roles/${role.bot}`)).code).toBe(50028);
	});

	test('nobody times out, kicks or bans upwards, and the owner is out of reach', async () => {
		const until = new Date(Date.now() + 60_000).toISOString();
		expect((await bot.patch(`${guild}/members/${owner.id}`, { communication_disabled_until: until })).code).toBe(50013);
		expect((await bot.patch(`${guild}/members/${high?.id}`, { communication_disabled_until: until })).code).toBe(50013);
		expect((await who(low).delete(`${guild}/members/${middle?.id}`)).code).toBe(50013);
		expect((await who(low).put(`${guild}/bans/${middle?.id}`, {})).code).toBe(50013);
		expect((await who(high).put(`${guild}/bans/${owner.id}`, {})).code).toBe(50013);
	});
});

describe('members', () => {
	test('32 characters make a nickname, whatever they are; 33 are too many', async () => {
		const named = async (nick: string) => (await bot.patch(`${guild}/members/${who(plain).id}`, { nick })).body.nick;
		expect(await named('😀'.repeat(32))).toBe('😀'.repeat(32));
		expect(await named('😀'.repeat(33))).toBeUndefined();
	});

	test('a time-out is seen by the bot, kept in the audit log with its reason, and lifted', async () => {
		await using gateway = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, (1 << 0) | (1 << 1) | (1 << 2));
		await gateway.event('GUILD_CREATE');
		const until = new Date(Date.now() + 60_000).toISOString();
		const answer = await bot.patch(`${guild}/members/${low?.id}`, { communication_disabled_until: until }, 'löud');
		expect(Date.parse(String(answer.body.communication_disabled_until))).toBe(Date.parse(until));
		await gateway.event('GUILD_MEMBER_UPDATE', (member) => member.communication_disabled_until !== null);
		const entry = await gateway.event('GUILD_AUDIT_LOG_ENTRY_CREATE', ({ action_type }) => action_type === 24);
		expect(entry.d).toMatchObject({
			user_id: bot.id,
			target_id: low?.id,
			reason: 'löud',
			changes: [{ key: 'communication_disabled_until' }]
		});
		const said = await who(low).post(`/channels/${discord.world.channels[0]?.id}/messages`, { content: 'hello' });
		expect(said.code).toBe(50013);
		await bot.patch(`${guild}/members/${low?.id}`, { communication_disabled_until: null });
		expect((await who(low).post(`/channels/${discord.world.channels[0]?.id}/messages`, { content: 'hello' })).status).toBe(200);
	});

	test('a time-out over 28 days is refused with the field', async () => {
		const until = new Date(Date.now() + 29 * 86_400_000).toISOString();
		const answer = await bot.patch(`${guild}/members/${low?.id}`, { communication_disabled_until: until });
		expect(answer.code).toBe(50035);
		expect(Object.keys(answer.body.errors as object)).toEqual(['communication_disabled_until']);
	});

	test('ban, list, unban: the banned one is out and cannot come back by an invite', async () => {
		const invite = await owner.post(`/channels/${discord.world.channels[0]?.id}/invites`, { max_age: 0 });
		expect((await owner.put(`${guild}/bans/${plain?.id}`, { delete_message_seconds: 60 }, 'spam')).status).toBe(204);
		expect((await bot.get(`${guild}/members/${plain?.id}`)).code).toBe(10007);
		expect((await bot.get(`${guild}/bans/${plain?.id}`)).body).toMatchObject({ reason: 'spam', user: { id: plain?.id } });
		expect((await who(plain).post(`/invites/${invite.body.code}`, {})).code).toBe(40007);
		expect((await bot.delete(`${guild}/bans/${plain?.id}`)).status).toBe(204);
		expect((await bot.delete(`${guild}/bans/${plain?.id}`)).code).toBe(10026);
		expect((await who(plain).post(`/invites/${invite.body.code}`, {})).status).toBe(200);
		const uses = (await owner.get(`${guild}/invites`)).list.find(({ code }) => code === invite.body.code)?.uses;
		expect(uses).toBe(1);
	});

	test('leaving and coming back are told to the bot', async () => {
		await using gateway = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, (1 << 0) | (1 << 1));
		await gateway.event('GUILD_CREATE');
		const invite = await owner.post(`/channels/${discord.world.channels[0]?.id}/invites`, { max_uses: 1, unique: true });
		expect((await who(plain).delete(`/users/@me/guilds/${discord.world.guildId}`)).status).toBe(204);
		await gateway.event('GUILD_MEMBER_REMOVE', ({ user }) => (user as { id: string }).id === plain?.id);
		await who(plain).post(`/invites/${invite.body.code}`, {});
		await gateway.event('GUILD_MEMBER_ADD', ({ user }) => (user as { id: string }).id === plain?.id);
		expect((await owner.get(`/invites/${invite.body.code}`)).code).toBe(10006);
	});

	test('search finds by the beginning of a name', async () => {
		const found = await bot.get(`${guild}/members/search?query=${discord.world.users[0]?.name.slice(0, 3)}&limit=5`);
		expect(found.list.map(({ user }) => (user as { id: string }).id)).toContain(owner.id);
	});
});
