import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Actor, type Answer, type Conformance, GatewayClient, openDiscord } from '../support/conformanceClient.js';

/** Guilds, members, messages with their content, AutoMod and what it did. */
const intents = (1 << 0) | (1 << 1) | (1 << 9) | (1 << 15) | (1 << 20) | (1 << 21);
const [block, alert, timeout, quarantine] = [1, 2, 3, 4];

let discord: Conformance;
let gateway: GatewayClient;
let guild: string;
let rules: string;
let guildId: string;
let general: string;
let owner: Actor;
let bot: Actor;
let ana: Actor;
let ben: Actor;
let cem: Actor;
const made: string[] = [];

beforeAll(async () => {
	discord = await openDiscord();
	({ owner, bot } = discord);
	const [first, second, third] = discord.members;
	if (!first || !second || !third) throw new Error('The server has too few members for this suite');
	[ana, ben, cem] = [first, second, third];
	guildId = discord.world.guildId;
	guild = `/guilds/${guildId}`;
	rules = `${guild}/auto-moderation/rules`;
	general = String(discord.world.channels[0]?.id);
});

beforeEach(async () => {
	gateway = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, intents);
	await gateway.event('GUILD_CREATE');
});

afterEach(async () => {
	for (const id of made.splice(0)) await owner.delete(`${rules}/${id}`);
	await gateway[Symbol.asyncDispose]();
});

afterAll(async () => {
	const wrong = await discord.wrongAnswers();
	await discord[Symbol.asyncDispose]();
	expect(wrong ?? []).toEqual([]);
});

const say = (by: Actor, content: string, channel = general) => by.post(`/channels/${channel}/messages`, { content });

function rule(fields: object): object {
	return { name: 'rule', event_type: 1, trigger_type: 1, enabled: true, actions: [{ type: block }], ...fields };
}

const words = (metadata: object, fields: object = {}) => rule({ trigger_metadata: metadata, ...fields });

async function make(body: object): Promise<string> {
	const answer = await owner.post(rules, body);
	expect(answer.status, JSON.stringify(answer.body)).toBe(200);
	made.push(String(answer.body.id));
	return String(answer.body.id);
}

const executed = (type: number) =>
	gateway.event('AUTO_MODERATION_ACTION_EXECUTION', ({ action }) => (action as { type: number }).type === type);

/** Where the faults of a refusal stand, with their codes. */
function faults({ body }: Answer): string[] {
	const walk = (node: unknown, path: string): string[] => {
		if (typeof node !== 'object' || node === null) return [];
		return Object.entries(node).flatMap(([key, inner]) =>
			key === '_errors'
				? (inner as { code: string }[]).map(({ code }) => `${path} ${code}`)
				: walk(inner, path === '' ? key : `${path}.${key}`)
		);
	};
	return walk(body.errors, '');
}

describe('rules on words', () => {
	test('a blocked word is not posted, the bot is told, bots and managers are exempt', async () => {
		const id = await make(
			words(
				{ keyword_filter: ['bad*'] },
				{
					actions: [
						{ type: block, metadata: { custom_message: 'Be kind' } },
						{ type: alert, metadata: { channel_id: general } }
					]
				}
			)
		);
		await gateway.event('AUTO_MODERATION_RULE_CREATE');
		const said = await say(ana, 'you BADGER');
		expect([said.code, said.body.message]).toEqual([200000, 'Be kind']);
		const fired = await executed(block);
		expect(fired.d).toMatchObject({
			user_id: ana.id,
			channel_id: general,
			matched_keyword: 'bad*',
			matched_content: 'BAD',
			content: 'you BADGER',
			rule_trigger_type: 1
		});
		expect(fired.d.message_id).toBeUndefined();
		const told = (await bot.get(`/channels/${general}/messages?limit=1`)).list[0];
		expect(told?.type).toBe(24);
		expect((await executed(alert)).d.alert_system_message_id).toBe(told?.id);
		expect((await say(ana, 'not embadded')).status).toBe(200);
		expect((await say(bot, 'bad')).status).toBe(200);
		expect((await say(owner, 'bad')).status).toBe(200);
		expect((await owner.delete(`${rules}/${id}`)).status).toBe(204);
		expect((await say(ana, 'bad')).status).toBe(200);
	});

	test('what only tells leaves the message, and names it', async () => {
		await make(words({ keyword_filter: ['careful'] }, { actions: [{ type: alert, metadata: { channel_id: general } }] }));
		const said = await say(ana, 'careful now');
		expect(said.status).toBe(200);
		expect((await executed(alert)).d).toMatchObject({ message_id: said.body.id, content: 'careful now' });
	});

	test('who may not read messages is told of it without the words', async () => {
		await using blind = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, intents & ~(1 << 15));
		await blind.event('GUILD_CREATE');
		await make(words({ keyword_filter: ['secretword'] }));
		await say(ana, 'a secretword');
		const fired = await blind.event('AUTO_MODERATION_ACTION_EXECUTION');
		expect(fired.d).toMatchObject({ content: '', matched_content: '', matched_keyword: 'secretword', user_id: ana.id });
	});

	test('an allowed word lets pass what lies within it, and nothing beside it', async () => {
		await make(words({ keyword_filter: ['*cat*'], regex_patterns: ['do+g'], allow_list: ['education', 'dooog'] }));
		expect((await say(ana, 'education')).status).toBe(200);
		expect((await say(ana, 'education and a cat')).code).toBe(200000);
		expect((await say(ana, 'dooog')).status).toBe(200);
		expect((await say(ana, 'DOOOOG')).code).toBe(200000);
	});

	test('roles and channels are exempt, threads with the channel they lie in', async () => {
		const role = String((await owner.post(`${guild}/roles`, { name: 'free' })).body.id);
		const free = String((await owner.post(`${guild}/channels`, { name: 'free' })).body.id);
		await owner.put(`${guild}/members/${ben.id}/roles/${role}`);
		await make(words({ keyword_filter: ['word'] }, { exempt_roles: [role], exempt_channels: [free] }));
		expect((await say(ana, 'word')).code).toBe(200000);
		expect((await say(ben, 'word')).status).toBe(200);
		expect((await say(ana, 'word', free)).status).toBe(200);
		const thread = String((await bot.post(`/channels/${free}/threads`, { name: 'talk', type: 11 })).body.id);
		expect((await say(ana, 'word', thread)).status).toBe(200);
		await owner.delete(`${guild}/members/${ben.id}/roles/${role}`);
	});

	test('an edit and the title of a thread are looked at like a message', async () => {
		await make(words({ keyword_filter: ['hidden'] }));
		const said = await say(ana, 'harmless');
		const message = `/channels/${general}/messages/${said.body.id}`;
		expect((await ana.patch(message, { content: 'now hidden' })).code).toBe(200000);
		expect((await bot.get(message)).body.content).toBe('harmless');
		expect((await ana.post(`/channels/${general}/threads`, { name: 'hidden place', type: 11 })).code).toBe(200001);
		const forum = String((await owner.post(`${guild}/channels`, { name: 'posts', type: 15 })).body.id);
		const post = (name: string, content: string) => ana.post(`/channels/${forum}/threads`, { name, message: { content } });
		expect((await post('a hidden title', 'x')).code).toBe(200001);
		expect((await post('a title', 'hidden')).code).toBe(200000);
		expect((await post('a title', 'x')).status).toBe(201);
	});

	test('a rule that is switched off does nothing', async () => {
		const id = await make(words({ keyword_filter: ['off'] }, { enabled: false }));
		expect((await say(ana, 'off')).status).toBe(200);
		expect((await owner.patch(`${rules}/${id}`, { enabled: true })).status).toBe(200);
		expect((await say(ana, 'off')).code).toBe(200000);
	});
});

describe('rules on other things', () => {
	test('presets stop whole words, and what the server allows of them passes', async () => {
		await make(rule({ trigger_type: 4, trigger_metadata: { presets: [1, 2], allow_list: ['porn'] } }));
		expect((await say(ana, 'what the FUCK')).code).toBe(200000);
		expect((await executed(block)).d).toMatchObject({ rule_trigger_type: 4, matched_keyword: 'fuck*', matched_content: 'FUCK' });
		expect((await say(ana, 'hentai')).code).toBe(200000);
		expect((await say(ana, 'porn')).status).toBe(200);
		expect((await say(ana, 'shitake with shiitake')).status).toBe(200);
		expect((await say(ana, 'spastic')).status).toBe(200);
	});

	test('the same text five times in ten seconds is spam, in whatever channels, and so is a gift with a link', async () => {
		const other = String((await owner.post(`${guild}/channels`, { name: 'other' })).body.id);
		await make(rule({ trigger_type: 3 }));
		const codes: (number | null)[] = [];
		for (let n = 0; n < 5; n++) codes.push((await say(cem, 'buy my things', n % 2 === 0 ? general : other)).code);
		expect(codes).toEqual([null, null, null, null, 200000]);
		expect((await say(cem, 'something else')).status).toBe(200);
		expect((await say(ben, 'buy my things')).status).toBe(200);
		expect((await say(ben, 'FREE NITRO https://example.com/gift')).code).toBe(200000);
		expect((await say(ben, 'is nitro ever free?')).status).toBe(200);
	});

	test('too many mentions time a member out, and the same one twice counts once', async () => {
		const actions = [{ type: block }, { type: timeout, metadata: { duration_seconds: 60 } }];
		await make(rule({ trigger_type: 5, trigger_metadata: { mention_total_limit: 1 }, actions }));
		expect((await say(ben, `<@${ana.id}> <@!${ana.id}>`)).status).toBe(200);
		expect((await say(ben, `<@${ana.id}> <@${owner.id}>`)).code).toBe(200000);
		expect((await executed(timeout)).d.action).toMatchObject({ metadata: { duration_seconds: 60 } });
		expect((await say(ben, 'sorry')).code).toBe(50013);
		await owner.patch(`${guild}/members/${ben.id}`, { communication_disabled_until: null });
	});

	test('many who mention many at once are a raid, where the server is protected from it', async () => {
		await make(rule({ trigger_type: 5, trigger_metadata: { mention_total_limit: 50, mention_raid_protection_enabled: true } }));
		const many = (from: number) => Array.from({ length: 8 }, (_, n) => `<@${1_000_000_000_000_000_000n + BigInt(from + n)}>`).join(' ');
		expect((await say(ana, many(0))).status).toBe(200);
		expect((await say(ben, many(10))).status).toBe(200);
		expect((await say(cem, many(20))).code).toBe(200000);
		expect((await say(cem, 'hello')).status).toBe(200);
	});

	test('a name that breaks a rule keeps its member from everything until he changes it', async () => {
		await make({
			name: 'names',
			event_type: 2,
			trigger_type: 6,
			enabled: true,
			trigger_metadata: { keyword_filter: ['*nasty*'] },
			actions: [{ type: quarantine }, { type: alert, metadata: { channel_id: general } }]
		});
		const message = (await say(owner, 'hello')).body.id;
		const username = discord.world.users.find(({ id }) => id === ben.id)?.name;
		const call = (global_name: string) => ben.patch('/users/@me', { username, global_name });
		expect((await call('Mr Nasty')).status).toBe(200);
		const fired = await executed(quarantine);
		expect(fired.d).toMatchObject({ user_id: ben.id, content: 'Mr Nasty', matched_keyword: '*nasty*', rule_trigger_type: 6 });
		expect(fired.d.channel_id).toBeUndefined();
		await gateway.event('GUILD_MEMBER_UPDATE', ({ flags }) => (Number(flags) & 128) !== 0);
		expect((await say(ben, 'x')).code).toBe(50013);
		expect((await ben.put(`/channels/${general}/messages/${message}/reactions/${encodeURIComponent('👍')}/@me`)).code).toBe(50013);
		await owner.patch(`${guild}/members/${ben.id}`, { flags: 0 });
		expect((await say(ben, 'x')).code).toBe(50013);
		await call('Mr Nice');
		expect((await say(ben, 'x')).status).toBe(200);
		const log = (await bot.get(`${guild}/audit-logs?action_type=146`)).body.audit_log_entries;
		expect(log).toMatchObject([{ target_id: ben.id }]);
	});
});

describe('limits', () => {
	const many = (count: number, length = 1) =>
		Array.from({ length: count }, (_, n) => `${n}`.padEnd(length, 'x').slice(0, Math.max(length, 4)));
	const metadata = (fields: object, more: object = {}) => words(fields, more);

	test.each<[title: string, body: object, faults: string[]]>([
		['1001 keywords', metadata({ keyword_filter: many(1001) }), ['trigger_metadata.keyword_filter BASE_TYPE_MAX_LENGTH']],
		['a keyword of 61', metadata({ keyword_filter: ['x'.repeat(61)] }), ['trigger_metadata.keyword_filter.0 BASE_TYPE_BAD_LENGTH']],
		['an empty keyword', metadata({ keyword_filter: [''] }), ['trigger_metadata.keyword_filter.0 BASE_TYPE_BAD_LENGTH']],
		['eleven patterns', metadata({ regex_patterns: many(11) }), ['trigger_metadata.regex_patterns BASE_TYPE_MAX_LENGTH']],
		['a pattern of 261', metadata({ regex_patterns: ['x'.repeat(261)] }), ['trigger_metadata.regex_patterns.0 BASE_TYPE_BAD_LENGTH']],
		[
			'a pattern that looks ahead',
			metadata({ regex_patterns: ['a(?=b)'] }),
			['trigger_metadata.regex_patterns.0 AUTO_MODERATION_INVALID_REGEX']
		],
		['101 allowed words', metadata({ keyword_filter: ['x'], allow_list: many(101) }), ['trigger_metadata.allow_list BASE_TYPE_MAX_LENGTH']],
		[
			'1001 allowed words of a preset',
			metadata({ presets: [1], allow_list: many(1001) }, { trigger_type: 4 }),
			['trigger_metadata.allow_list BASE_TYPE_MAX_LENGTH']
		],
		['51 mentions', metadata({ mention_total_limit: 51 }, { trigger_type: 5 }), ['trigger_metadata.mention_total_limit NUMBER_TYPE_MAX']],
		['no action', words({ keyword_filter: ['x'] }, { actions: [] }), ['actions BASE_TYPE_BAD_LENGTH']],
		['six actions', words({ keyword_filter: ['x'] }, { actions: Array(6).fill({ type: block }) }), ['actions BASE_TYPE_BAD_LENGTH']],
		[
			'an own message of 151',
			words({ keyword_filter: ['x'] }, { actions: [{ type: block, metadata: { custom_message: 'x'.repeat(151) } }] }),
			['actions.0.metadata.custom_message BASE_TYPE_MAX_LENGTH']
		],
		[
			'a time-out over four weeks',
			words({ keyword_filter: ['x'] }, { actions: [{ type: timeout, metadata: { duration_seconds: 2_419_201 } }] }),
			['actions.0.metadata.duration_seconds NUMBER_TYPE_MAX']
		],
		[
			'a time-out for a preset',
			metadata({ presets: [1] }, { trigger_type: 4, actions: [{ type: timeout, metadata: { duration_seconds: 60 } }] }),
			['actions.0.type AUTO_MODERATION_INVALID_ACTION_TYPE']
		],
		[
			'keeping a member from everything for a word',
			words({ keyword_filter: ['x'] }, { actions: [{ type: quarantine }] }),
			['actions.0.type AUTO_MODERATION_INVALID_ACTION_TYPE']
		],
		[
			'a profile looked at in messages',
			metadata({ keyword_filter: ['x'] }, { trigger_type: 6, actions: [{ type: quarantine }] }),
			['event_type AUTO_MODERATION_INVALID_EVENT_TYPE']
		],
		[
			'21 exempt roles',
			words({ keyword_filter: ['x'] }, { exempt_roles: many(21, 18).map((id) => id.replaceAll('x', '1')) }),
			['exempt_roles BASE_TYPE_MAX_LENGTH']
		],
		[
			'51 exempt channels',
			words({ keyword_filter: ['x'] }, { exempt_channels: many(51, 18).map((id) => id.replaceAll('x', '1')) }),
			['exempt_channels BASE_TYPE_MAX_LENGTH']
		],
		['a name of 101', words({ keyword_filter: ['x'] }, { name: 'x'.repeat(101) }), ['name BASE_TYPE_BAD_LENGTH']]
	])('%s is refused', async (_, body, expected) => {
		const answer = await owner.post(rules, body);
		expect(answer.code).toBe(50035);
		expect(faults(answer)).toEqual(expected);
	});

	test('a thousand keywords, ten patterns and a hundred allowed words are not too many', async () => {
		await make(words({ keyword_filter: many(1000, 60), regex_patterns: many(10, 260), allow_list: many(100, 60) }));
		expect((await say(ana, 'nothing of it')).status).toBe(200);
	});

	test.each([
		[1, 6, { keyword_filter: ['x'] }],
		[3, 1, {}],
		[4, 1, { presets: [1] }],
		[5, 1, { mention_total_limit: 5 }],
		[6, 1, { keyword_filter: ['x'] }]
	])('of type %i there are at most %i', async (trigger_type, most, trigger_metadata) => {
		const isProfile = trigger_type === 6;
		const body = rule({
			trigger_type,
			trigger_metadata,
			event_type: isProfile ? 2 : 1,
			actions: [{ type: isProfile ? quarantine : block }]
		});
		for (let n = 0; n < most; n++) await make(body);
		expect(faults(await owner.post(rules, body))).toEqual(['trigger_type AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED']);
	});

	test('rules are made by those who manage the server, and a time-out by those who may give one', async () => {
		expect((await ana.post(rules, words({ keyword_filter: ['x'] }))).code).toBe(50013);
		const role = String((await owner.post(`${guild}/roles`, { name: 'manager', permissions: String(1 << 5) })).body.id);
		await owner.put(`${guild}/members/${cem.id}/roles/${role}`);
		const actions = [{ type: timeout, metadata: { duration_seconds: 60 } }];
		expect((await cem.post(rules, words({ keyword_filter: ['x'] }, { actions }))).code).toBe(50013);
		const answer = await cem.post(rules, words({ keyword_filter: ['x'] }));
		expect(answer.status).toBe(200);
		made.push(String(answer.body.id));
		await owner.delete(`${guild}/members/${cem.id}/roles/${role}`);
	});
});
