import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Conformance, GatewayClient, openDiscord } from '../support/conformanceClient.js';

let discord: Conformance;
let gateway: GatewayClient;
let general: string;
let bot: Actor;
let owner: Actor;
let ana: Actor;
let ben: Actor;
const commands = new Map<string, string>();

/** The clock can be moved on the emulator only; elsewhere these deadlines would take a quarter of an hour. */
const ownClock = process.env.CONFORMANCE_DISCORD === undefined;

beforeAll(async () => {
	discord = await openDiscord();
	({ bot, owner } = discord);
	const [first, second] = discord.members;
	if (!first || !second) throw new Error('The server has too few members for this suite');
	[ana, ben] = [first, second];
	general = String(discord.world.channels[0]?.id);
	gateway = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, 1 << 0);
	await gateway.event('GUILD_CREATE');
	const registered = await bot.put(`/applications/${bot.id}/commands`, [
		{ name: 'ping', description: 'Pong', options: [{ type: 4, name: 'times', description: 'How often', min_value: 1, max_value: 3 }] },
		{ name: 'staff', description: 'For staff', default_member_permissions: '8' },
		{ name: 'Show', type: 2 }
	]);
	for (const { name, id } of registered.list) commands.set(String(name), String(id));
});

afterAll(async () => {
	await gateway[Symbol.asyncDispose]();
	const wrong = await discord.wrongAnswers();
	await discord[Symbol.asyncDispose]();
	expect(wrong ?? []).toEqual([]);
});

let nonce = 0;
const use = (who: Actor, type: number, data: object, extra: object = {}) =>
	who.post('/interactions', {
		type,
		application_id: bot.id,
		guild_id: discord.world.guildId,
		channel_id: general,
		session_id: 'conformance',
		nonce: String(++nonce),
		data,
		...extra
	});

/** Runs a command as somebody and answers what the bot is told. */
async function run(
	who: Actor,
	name: string,
	options: object[] = [],
	extra: object = {}
): Promise<{ id: string; token: string; data: Record<string, unknown> }> {
	const seen = new Set(gateway.events('INTERACTION_CREATE').map(({ id }) => id));
	const answer = await use(who, 2, { id: commands.get(name), name, type: 1, options }, extra);
	expect(answer.status, JSON.stringify(answer.body)).toBe(204);
	const { d } = await gateway.event('INTERACTION_CREATE', ({ id }) => !seen.has(id));
	return { id: String(d.id), token: String(d.token), data: d };
}

const callback = ({ id, token }: { id: string; token: string }, body: object) =>
	bot.post(`/interactions/${id}/${token}/callback?with_response=true`, body);
const visible = async (who: Actor) => (await who.get(`/channels/${general}/messages?limit=10`)).list.map(({ content }) => content);

describe('commands', () => {
	test('in a channel that was deleted meanwhile there is nothing to answer', async () => {
		const made = await owner.post(`/guilds/${discord.world.guildId}/channels`, { name: 'soon-gone' });
		const told = await run(ana, 'ping', [], { channel_id: made.body.id });
		expect((await owner.delete(`/channels/${made.body.id}`)).status).toBe(200);
		for (const type of [4, 5]) {
			expect(await callback(told, { type, data: { content: 'Pong' } })).toMatchObject({ status: 404, body: { code: 10003 } });
		}
	});

	test('the bot is told who, where and with what rights; its answer is seen', async () => {
		const told = await run(ana, 'ping', [{ type: 4, name: 'times', value: 2 }]);
		expect(told.data).toMatchObject({
			type: 2,
			channel_id: general,
			member: { user: { id: ana.id } },
			data: { name: 'ping', options: [{ name: 'times', value: 2 }] }
		});
		expect(told.data.app_permissions).toMatch(/^\d+$/);
		const answer = await callback(told, { type: 4, data: { content: 'pong' } });
		expect(answer.body).toMatchObject({
			interaction: { id: told.id },
			resource: { type: 4, message: { content: 'pong', interaction_metadata: { user: { id: ana.id } } } }
		});
		expect(await visible(ben)).toContain('pong');
	});

	test('an ephemeral answer is seen by the one who asked, and by nobody else', async () => {
		const told = await run(ana, 'ping');
		await callback(told, { type: 4, data: { content: 'for ana', flags: 64 } });
		expect(await visible(ana)).toContain('for ana');
		expect(await visible(ben)).not.toContain('for ana');
		expect(await visible(owner)).not.toContain('for ana');
	});

	test('acknowledged once', async () => {
		const told = await run(ana, 'ping');
		expect((await callback(told, { type: 5 })).status).toBe(200);
		expect((await callback(told, { type: 4, data: { content: 'again' } })).code).toBe(40060);
	});

	test('a wrong token is an unknown interaction', async () => {
		const told = await run(ana, 'ping');
		expect((await callback({ ...told, token: 'wrong' }, { type: 5 })).code).toBe(10062);
		await callback(told, { type: 4, data: { content: 'x' } });
	});

	test('options out of range are refused before the bot hears of them', async () => {
		const before = gateway.events('INTERACTION_CREATE').length;
		const answer = await use(ana, 2, { id: commands.get('ping'), name: 'ping', type: 1, options: [{ type: 4, name: 'times', value: 4 }] });
		expect(answer.status).toBe(400);
		expect(gateway.events('INTERACTION_CREATE')).toHaveLength(before);
	});

	test('default permissions shut a command, the owner’s override opens it for one member', async () => {
		const data = { id: commands.get('staff'), name: 'staff', type: 1 };
		expect((await use(ana, 2, data)).status).toBe(403);
		const path = `/applications/${bot.id}/guilds/${discord.world.guildId}/commands/${commands.get('staff')}/permissions`;
		expect((await bot.put(path, { permissions: [] })).status).toBe(403);
		expect((await owner.put(path, { permissions: [{ id: ana.id, type: 2, permission: true }] })).status).toBe(200);
		expect((await use(ben, 2, data)).status).toBe(403);
		const told = await run(ana, 'staff');
		await callback(told, { type: 4, data: { content: 'welcome' } });
	});

	test('an age-restricted command is for age-restricted channels', async () => {
		const scope = `/applications/${bot.id}/guilds/${discord.world.guildId}/commands`;
		const { body: made } = await bot.post(scope, { name: 'grown-up', description: 'x', nsfw: true });
		const { body: place } = await owner.post(`/guilds/${discord.world.guildId}/channels`, { name: 'grown-ups', nsfw: true });
		const data = { id: made.id, name: 'grown-up', type: 1 };
		expect((await use(ana, 2, data)).code).toBe(50013);
		expect((await use(ana, 2, data, { channel_id: place.id })).status).toBe(204);
		await bot.delete(`${scope}/${made.id}`);
	});

	test.each([
		['a modal answered by a message edit', { type: 7, data: { content: 'x' } }],
		['choices for a command', { type: 8, data: { choices: [] } }]
	])('%s is refused', async (_, body) => {
		const told = await run(ana, 'ping');
		expect((await callback(told, body)).status).toBe(400);
		await callback(told, { type: 4, data: { content: 'x' } });
	});
});

describe('deadlines', () => {
	test.runIf(ownClock)('three seconds to acknowledge', async () => {
		const inTime = await run(ana, 'ping');
		discord.travel?.(2500);
		expect((await callback(inTime, { type: 5 })).status).toBe(200);
		const late = await run(ana, 'ping');
		discord.travel?.(3001);
		expect((await callback(late, { type: 5 })).code).toBe(10062);
	});

	test.runIf(ownClock)('fifteen minutes for what follows', async () => {
		const told = await run(ana, 'ping');
		await callback(told, { type: 4, data: { content: 'first' } });
		discord.travel?.(14 * 60_000);
		expect((await bot.patch(`/webhooks/${bot.id}/${told.token}/messages/@original`, { content: 'changed' })).status).toBe(200);
		discord.travel?.(60_001);
		expect((await bot.patch(`/webhooks/${bot.id}/${told.token}/messages/@original`, { content: 'too late' })).code).toBe(50027);
	});
});

describe('components', () => {
	const panel = (disabled: boolean) => ({
		content: 'panel',
		components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go', disabled }] }]
	});
	const press = (who: Actor, message: unknown) =>
		use(who, 3, { component_type: 2, custom_id: 'go' }, { message_id: message, message_flags: 0 });

	test('a press opens a modal, and what is typed comes back', async () => {
		const said = await bot.post(`/channels/${general}/messages`, panel(false));
		expect((await press(ana, said.body.id)).status).toBe(204);
		const pressed = await gateway.event('INTERACTION_CREATE', ({ type }) => type === 3);
		expect(pressed.d).toMatchObject({ data: { custom_id: 'go', component_type: 2 }, message: { id: said.body.id } });
		const token = { id: String(pressed.d.id), token: String(pressed.d.token) };
		const components = [{ type: 1, components: [{ type: 4, custom_id: 'why', label: 'Why', style: 1, max_length: 10 }] }];
		expect((await callback(token, { type: 9, data: { custom_id: 'form', title: 'Form', components } })).status).toBe(200);
		const submit = (value: string) =>
			use(ana, 5, { id: pressed.d.id, custom_id: 'form', components: [{ type: 1, components: [{ type: 4, custom_id: 'why', value }] }] });
		expect((await submit('far too long')).status).toBe(400);
		expect((await submit('because')).status).toBe(204);
		const submitted = await gateway.event('INTERACTION_CREATE', ({ type }) => type === 5);
		expect(submitted.d).toMatchObject({
			data: { custom_id: 'form', components: [{ components: [{ custom_id: 'why', value: 'because' }] }] }
		});
	});

	test('a disabled button and one that is not there cannot be pressed', async () => {
		const said = await bot.post(`/channels/${general}/messages`, panel(true));
		expect((await press(ana, said.body.id)).status).toBe(400);
		expect((await press(ana, '123456789012345678')).status).toBe(404);
	});
});

describe('what a person installed for himself', () => {
	test('works in direct messages of people, tells who brought it, and says five things more at most', async () => {
		const registered = await bot.post(`/applications/${bot.id}/commands`, {
			name: 'anywhere',
			description: 'Works everywhere',
			integration_types: [0, 1],
			contexts: [0, 1, 2]
		});
		const data = { id: registered.body.id, name: 'anywhere', type: 1 };
		const dm = String((await ana.post('/users/@me/channels', { recipient_id: ben.id })).body.id);
		const ask = (who: Actor, channel: string, guild_id: string | null) => use(who, 2, data, { channel_id: channel, guild_id });
		expect((await ask(ana, dm, null)).code).toBe(50013);
		const query = new URLSearchParams({ client_id: bot.id, scope: 'applications.commands', integration_type: '1' });
		expect((await ana.post(`/oauth2/authorize?${query}`, { authorize: true })).status).toBe(200);

		expect((await ask(ana, dm, null)).status).toBe(204);
		const told = await gateway.event('INTERACTION_CREATE', ({ context }) => context === 2);
		expect(told.d).toMatchObject({ user: { id: ana.id }, authorizing_integration_owners: { '1': ana.id } });
		expect(told.d.authorizing_integration_owners).not.toHaveProperty('0');
		const interaction = { id: String(told.d.id), token: String(told.d.token) };
		await callback(interaction, { type: 4, data: { content: 'hello' } });
		const follow = () => bot.post(`/webhooks/${bot.id}/${interaction.token}`, { content: 'more' });
		for (let n = 0; n < 5; n++) expect((await follow()).status).toBe(200);
		expect((await follow()).code).toBe(40094);
		expect((await ask(ben, dm, null)).code).toBe(50013);

		const before = new Set(gateway.events('INTERACTION_CREATE').map(({ id }) => id));
		expect((await ask(ana, general, discord.world.guildId)).status).toBe(204);
		const both = await gateway.event('INTERACTION_CREATE', ({ id }) => !before.has(id));
		expect(both.d.authorizing_integration_owners).toEqual({ '0': discord.world.guildId, '1': ana.id });
		await callback({ id: String(both.d.id), token: String(both.d.token) }, { type: 4, data: { content: 'here too' } });
	});
});

describe('rate limits', () => {
	test.runIf(ownClock)('five messages in five seconds, then 429 with all its headers', async () => {
		discord.limitRates?.();
		const channel = String(discord.world.channels[1]?.id);
		const answers = [];
		for (let n = 0; n < 6; n++) answers.push(await bot.post(`/channels/${channel}/messages`, { content: `${n}` }));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
		const last = answers.at(-1);
		expect(last?.body).toMatchObject({ global: false, message: 'You are being rate limited.' });
		expect(Number(last?.body.retry_after)).toBeGreaterThan(0);
		for (const name of ['limit', 'remaining', 'reset', 'reset-after', 'bucket', 'scope'])
			expect(last?.headers.get(`x-ratelimit-${name}`), name).not.toBeNull();
		expect(last?.headers.get('retry-after')).not.toBeNull();
	});
});
