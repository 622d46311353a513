import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { coverage } from '../../emulator/spec/coverage.js';
import { loadSpec } from '../../emulator/spec/index.js';
import { askForEvents, eventIn } from '../support/askForEvents.js';
import { Actor, type Answer, GatewayClient } from '../support/conformanceClient.js';
import { judgeableEvents, judgedEvents, wrongEvents } from '../support/eventSchemas.js';
import { wronglyTyped } from '../support/eventTypes.js';
import { unheard } from '../support/everyEvent.js';

/**
 * Every operation that the emulator implements is asked for once with success. A new route is missed here until it is
 * asked for too, so no answer goes unjudged.
 */
const png = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** Every intent there is: 0 to 16, 20, 21, 24, 25. */
const allIntents = 0x1ffff | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
const thumb = encodeURIComponent('👍');

let emulator: Emulator;
let gateway: GatewayClient;

beforeAll(async () => {
	emulator = await startEmulator();
	gateway = await GatewayClient.identify(emulator.gateway, emulator.botToken, allIntents);
	await gateway.event('GUILD_CREATE');
});

afterAll(async () => {
	await gateway[Symbol.asyncDispose]();
	await emulator.close();
});

const ok = (answer: Answer): Answer => {
	expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
	return answer;
};

const id = (answer: Answer): string => String(ok(answer).body.id);

test('every implemented operation answers as Discord’s description says, and tells the same objects', async () => {
	const { owner, bot, ana, anonymous, guildId, general } = people();
	const guild = `/guilds/${guildId}`;
	await aboutPeople(bot, ana);
	await aboutMembers(owner, bot, ana, guild);
	await aboutGuild(owner, bot, ana, guild, general);
	await aboutChannels(owner, bot, ana, guild);
	await aboutMessages(owner, bot, ana, general);
	await aboutThreads(owner, bot, ana, guild, general);
	await aboutExpressions(bot, guild);
	await aboutWebhooks(owner, bot, ana, guild, general);
	await aboutCommands(owner, bot, guildId, ana, general);
	await aboutVoice(owner, bot, guild);
	await aboutOAuth2(ana, anonymous, guild);
	await askForEvents({ emulator, gateway, owner, bot, ana, guild, general });
	ok(await bot.delete(`${guild}/integrations/${emulator.application.id}`));
	ok(await ana.delete(`/users/@me/guilds/${guildId}`));

	const spec = loadSpec();
	const asked = emulator.ledger.entries('all').filter(({ status }) => status < 300);
	const answered = new Set(asked.map(({ method, path }) => spec?.match(method, path)?.operation.id));
	const implemented = coverage().filter(({ standing }) => standing === 'implemented');
	const notAsked = implemented.map(({ operation }) => operation.id).filter((each) => !answered.has(each));
	expect(emulator.ledger.violations).toEqual([]);
	if (spec !== null) expect(wrongEvents(spec, gateway.packets)).toEqual([]);
	expect(unheard(gateway.packets)).toEqual([]);
	expect(wronglyTyped(gateway.packets)).toEqual([]);
	expect(judgeableEvents.filter((type) => !judgedEvents(gateway.packets).includes(type))).toEqual([]);
	expect(notAsked).toEqual([]);
});

function people(): { owner: Actor; bot: Actor; ana: Actor; anonymous: Actor; guildId: string; general: string } {
	const [first, second] = emulator.users;
	const [channel] = emulator.channels;
	if (!first || !second || !channel) throw new Error('The emulator started without people or channels');
	const actor = (userId: string, token: string) => new Actor(emulator.api, userId, token);
	return {
		owner: actor(first.user.id, first.token),
		bot: actor(emulator.application.id, `Bot ${emulator.botToken}`),
		ana: actor(second.user.id, second.token),
		anonymous: actor('', ''),
		guildId: emulator.guild.id,
		general: channel.id
	};
}

async function aboutPeople(bot: Actor, ana: Actor): Promise<void> {
	for (const path of [
		'/gateway',
		'/gateway/bot',
		'/users/@me',
		`/users/${ana.id}`,
		'/users/@me/guilds',
		'/applications/@me',
		'/oauth2/applications/@me'
	]) {
		ok(await bot.get(path));
	}
	ok(await bot.patch('/users/@me', { username: 'Evict' }));
	ok(await bot.get(`/applications/${bot.id}`));
	ok(await bot.patch(`/applications/${bot.id}`, { description: { default: 'A bot' } }));
	ok(await bot.patch('/applications/@me', { flags: 0 }));
	ok(await bot.post('/users/@me/channels', { recipient_id: ana.id }));
	ok(await bot.get('/voice/regions'));
	ok(await bot.get('/sticker-packs'));
}

async function aboutMembers(owner: Actor, bot: Actor, ana: Actor, guild: string): Promise<void> {
	ok(await bot.get(`/users/@me${guild}/member`));
	ok(await bot.get(`${guild}/members?limit=10`));
	ok(await bot.get(`${guild}/members/search?query=a`));
	ok(await bot.get(`${guild}/members/${ana.id}`));
	ok(await bot.patch(`${guild}/members/@me`, { nick: 'Bot' }));
	ok(await bot.patch(`${guild}/members/${ana.id}`, { nick: 'Ana' }));
	const role = id(await bot.post(`${guild}/roles`, { name: 'tea', color: 5 }));
	ok(await bot.get(`${guild}/roles`));
	ok(await bot.get(`${guild}/roles/${role}`));
	ok(await bot.get(`${guild}/roles/member-counts`));
	ok(await bot.patch(`${guild}/roles/${role}`, { hoist: true }));
	ok(await bot.patch(`${guild}/roles`, [{ id: role, position: 1 }]));
	ok(await bot.put(`${guild}/members/${ana.id}/roles/${role}`));
	ok(await bot.delete(`${guild}/members/${ana.id}/roles/${role}`));
	ok(await bot.delete(`${guild}/roles/${role}`));
	const [, , third, fourth, fifth] = emulator.users.map(({ user }) => user.id);
	ok(await bot.put(`${guild}/bans/${third}`, {}));
	ok(await bot.get(`${guild}/bans`));
	ok(await bot.get(`${guild}/bans/${third}`));
	ok(await bot.delete(`${guild}/bans/${third}`));
	ok(await bot.post(`${guild}/bulk-ban`, { user_ids: [fourth] }));
	ok(await bot.delete(`${guild}/members/${fifth}`, 'kicked'));
	ok(await bot.get(`${guild}/prune?days=7`));
	ok(await owner.post(`${guild}/prune`, { days: 7 }));
	ok(await bot.get(`${guild}/audit-logs?limit=100`));
}

async function aboutGuild(owner: Actor, bot: Actor, ana: Actor, guild: string, general: string): Promise<void> {
	ok(await bot.get(`${guild}?with_counts=true`));
	ok(await bot.get(`${guild}/preview`));
	ok(await bot.patch(guild, { description: 'Here', icon: png, features: ['VANITY_URL'] }));
	ok(await owner.patch(`${guild}/vanity-url`, { code: 'evict' }));
	ok(await bot.get(`${guild}/vanity-url`));
	ok(await bot.get('/invites/evict?with_counts=true'));
	ok(await bot.get(`${guild}/regions`));
	ok(await bot.get(`${guild}/integrations`));
	ok(await bot.get(`${guild}/widget`));
	ok(await bot.patch(`${guild}/widget`, { enabled: true, channel_id: general }));
	ok(await bot.get(`${guild}/onboarding`));
	ok(await bot.put(`${guild}/onboarding`, { enabled: false, mode: 0, prompts: [], default_channel_ids: [] }));
	ok(await bot.put(`${guild}/incident-actions`, { dms_disabled_until: null }));
	const invite = ok(await bot.post(`/channels/${general}/invites`, { max_age: 60 }));
	ok(await bot.get(`/channels/${general}/invites`));
	ok(await bot.get(`${guild}/invites`));
	ok(await bot.delete(`/invites/${invite.body.code}`));
	const rules = `${guild}/auto-moderation/rules`;
	const about: [number, object][] = [
		[1, { keyword_filter: ['zzz'] }],
		[3, {}],
		[4, { presets: [1] }],
		[5, { mention_total_limit: 20 }]
	];
	for (const [type, metadata] of about) {
		ok(await bot.post(rules, { name: `r${type}`, event_type: 1, trigger_type: type, trigger_metadata: metadata, actions: [{ type: 1 }] }));
	}
	const profile = {
		name: 'profile',
		event_type: 2,
		trigger_type: 6,
		trigger_metadata: { keyword_filter: ['zzz'] },
		actions: [{ type: 4 }]
	};
	const rule = id(await bot.post(rules, profile));
	ok(await bot.get(rules));
	ok(await bot.get(`${rules}/${rule}`));
	ok(await bot.patch(`${rules}/${rule}`, { enabled: true }));
	ok(await bot.delete(`${rules}/${rule}`));
	const events = `${guild}/scheduled-events`;
	const event = id(await bot.post(events, eventIn(1)));
	ok(await ana.put(`${events}/${event}/users/@me`));
	for (const path of ['', `/${event}?with_user_count=true`, `/${event}/users`, `/${event}/users/counts`])
		ok(await bot.get(`${events}${path}`));
	ok(await bot.patch(`${events}/${event}`, { name: 'Feast' }));
	ok(await bot.delete(`${events}/${event}`));
}

async function aboutChannels(owner: Actor, bot: Actor, ana: Actor, guild: string): Promise<void> {
	ok(await bot.get(`${guild}/channels`));
	for (const type of [0, 2, 4, 5, 13, 15]) {
		const channel = id(await bot.post(`${guild}/channels`, { name: `c${type}`, type }));
		ok(await bot.get(`/channels/${channel}`));
		ok(await bot.patch(`/channels/${channel}`, { position: 1 }));
		ok(await bot.put(`/channels/${channel}/permissions/${ana.id}`, { type: 1, deny: '1024' }));
		ok(await bot.delete(`/channels/${channel}/permissions/${ana.id}`));
		if (type === 2) ok(await bot.put(`/channels/${channel}/voice-status`, { status: 'Tea' }));
		if (type === 5) await aboutAnnouncements(owner, bot, channel);
		ok(await bot.patch(`${guild}/channels`, [{ id: channel, position: 0 }]));
		ok(await bot.delete(`/channels/${channel}`));
	}
}

async function aboutAnnouncements(owner: Actor, bot: Actor, channel: string): Promise<void> {
	ok(await owner.post(`/channels/${channel}/followers`, { webhook_channel_id: emulator.channels[0]?.id }));
	const said = id(await bot.post(`/channels/${channel}/messages`, { content: 'news' }));
	ok(await bot.post(`/channels/${channel}/messages/${said}/crosspost`));
}

async function aboutMessages(owner: Actor, bot: Actor, ana: Actor, general: string): Promise<void> {
	const path = `/channels/${general}/messages`;
	const rich = {
		content: `<@${ana.id}>`,
		embeds: [
			{
				title: 'a',
				description: 'b',
				color: 5,
				fields: [{ name: 'a', value: 'b' }],
				footer: { text: 'f' },
				author: { name: 'n' },
				image: { url: 'https://a.b/c.png' }
			}
		],
		components: [
			{ type: 1, components: [{ type: 2, style: 1, label: 'a', custom_id: 'a' }] },
			{ type: 1, components: [{ type: 3, custom_id: 's', options: [{ label: 'a', value: 'a' }] }] },
			{ type: 1, components: [{ type: 5, custom_id: 'u' }] }
		]
	};
	const said = id(await bot.post(path, rich));
	const container = {
		type: 17,
		accent_color: 5,
		components: [
			{ type: 10, content: 'a' },
			{ type: 14 },
			{ type: 9, components: [{ type: 10, content: 'b' }], accessory: { type: 2, style: 5, label: 'x', url: 'https://a.b' } },
			{ type: 12, items: [{ media: { url: 'https://a.b/c.png' } }] }
		]
	};
	ok(await bot.post(path, { flags: 1 << 15, components: [container] }));
	ok(await bot.post(path, { content: 'reply', message_reference: { message_id: said } }));
	ok(await bot.get(`${path}/${said}`));
	ok(await bot.patch(`${path}/${said}`, { content: 'edited' }));
	ok(await bot.put(`${path}/${said}/reactions/${thumb}/@me`));
	ok(await ana.put(`${path}/${said}/reactions/${thumb}/@me`));
	ok(await bot.get(`${path}/${said}/reactions/${thumb}`));
	ok(await bot.get(path));
	ok(await bot.delete(`${path}/${said}/reactions/${thumb}/${ana.id}`));
	ok(await bot.delete(`${path}/${said}/reactions/${thumb}/@me`));
	ok(await ana.put(`${path}/${said}/reactions/${thumb}/@me`));
	ok(await bot.delete(`${path}/${said}/reactions/${thumb}`));
	ok(await bot.delete(`${path}/${said}/reactions`));
	for (const pins of [`${path}/pins`, `/channels/${general}/pins`]) {
		ok(await bot.put(`${pins}/${said}`));
		ok(await bot.get(pins));
		ok(await bot.delete(`${pins}/${said}`));
	}
	ok(await bot.post(`/channels/${general}/typing`));
	const poll = id(
		await bot.post(path, { poll: { question: { text: 'a' }, answers: [{ poll_media: { text: 'b', emoji: { name: '👍' } } }] } })
	);
	ok(await ana.put(`/channels/${general}/polls/${poll}/answers/@me`, { answer_ids: [1] }));
	ok(await bot.get(`/channels/${general}/polls/${poll}/answers/1`));
	ok(await bot.post(`/channels/${general}/polls/${poll}/expire`));
	const gone: string[] = [];
	for (const content of ['a', 'b']) gone.push(id(await ana.post(path, { content })));
	ok(await bot.post(`${path}/bulk-delete`, { messages: gone }));
	ok(await bot.delete(`${path}/${said}`));
	ok(await owner.get(path));
}

async function aboutThreads(owner: Actor, bot: Actor, ana: Actor, guild: string, general: string): Promise<void> {
	const said = id(await bot.post(`/channels/${general}/messages`, { content: 'topic' }));
	const thread = id(await bot.post(`/channels/${general}/messages/${said}/threads`, { name: 'a' }));
	ok(await owner.post(`/channels/${general}/threads`, { name: 'b', type: 11 }));
	const members = `/channels/${thread}/thread-members`;
	ok(await ana.put(`${members}/@me`));
	ok(await bot.get(`${members}?with_member=true`));
	ok(await bot.get(`${members}/${ana.id}?with_member=true`));
	ok(await ana.delete(`${members}/@me`));
	ok(await bot.put(`${members}/${ana.id}`));
	ok(await bot.delete(`${members}/${ana.id}`));
	ok(await bot.get(`${guild}/threads/active`));
	ok(await bot.patch(`/channels/${thread}`, { archived: true }));
	for (const path of ['threads/archived/public', 'threads/archived/private', 'users/@me/threads/archived/private'])
		ok(await bot.get(`/channels/${general}/${path}`));
}

async function aboutExpressions(bot: Actor, guild: string): Promise<void> {
	const both = [`${guild}/emojis`, `/applications/${bot.id}/emojis`];
	for (const path of both) {
		const emoji = id(await bot.post(path, { name: 'wave', image: png }));
		ok(await bot.get(path));
		ok(await bot.get(`${path}/${emoji}`));
		ok(await bot.patch(`${path}/${emoji}`, { name: 'hello' }));
		ok(await bot.delete(`${path}/${emoji}`));
	}
	const form = new FormData();
	for (const [key, value] of Object.entries({ name: 'sticker', tags: 'wave', description: 'hi' })) form.append(key, value);
	form.append('file', new Blob([Buffer.from(png.split(',')[1] ?? '', 'base64')], { type: 'image/png' }), 's.png');
	const sticker = id(await bot.form(`${guild}/stickers`, form));
	ok(await bot.get(`${guild}/stickers`));
	ok(await bot.get(`${guild}/stickers/${sticker}`));
	ok(await bot.get(`/stickers/${sticker}`));
	ok(await bot.post(`/channels/${emulator.channels[0]?.id}/messages`, { sticker_ids: [sticker] }));
	ok(await bot.patch(`${guild}/stickers/${sticker}`, { name: 'other' }));
	ok(await bot.delete(`${guild}/stickers/${sticker}`));
}

async function aboutWebhooks(owner: Actor, bot: Actor, ana: Actor, guild: string, general: string): Promise<void> {
	const made = ok(await bot.post(`/channels/${general}/webhooks`, { name: 'Hook' }));
	const path = `/webhooks/${made.body.id}`;
	const secret = `${path}/${made.body.token}`;
	ok(await bot.get(`/channels/${general}/webhooks`));
	ok(await owner.get(`${guild}/webhooks`));
	ok(await bot.get(path));
	ok(await ana.get(secret));
	ok(await bot.patch(path, { name: 'News' }));
	ok(await ana.patch(secret, { name: 'Old news' }));
	const said = id(await ana.post(`${secret}?wait=true`, { content: 'a' }));
	ok(await ana.get(`${secret}/messages/${said}`));
	ok(await ana.patch(`${secret}/messages/${said}`, { content: 'b' }));
	ok(await ana.delete(`${secret}/messages/${said}`));
	ok(await ana.delete(secret));
	const second = ok(await bot.post(`/channels/${general}/webhooks`, { name: 'Hook' }));
	ok(await bot.delete(`/webhooks/${second.body.id}`));
}

async function aboutCommands(owner: Actor, bot: Actor, guildId: string, ana: Actor, general: string): Promise<void> {
	const application = `/applications/${bot.id}`;
	const ping = { name: 'ping', description: 'Pong', type: 1 };
	for (const path of [`${application}/commands`, `${application}/guilds/${guildId}/commands`]) {
		ok(await bot.put(path, [ping, { name: 'Show', type: 2 }]));
		const command = id(await bot.post(path, { ...ping, name: 'echo' }));
		ok(await bot.get(path));
		ok(await bot.get(`${path}/${command}`));
		ok(await bot.patch(`${path}/${command}`, { description: 'Other' }));
		ok(await bot.delete(`${path}/${command}`));
	}
	const [command] = (await bot.get(`${application}/guilds/${guildId}/commands`)).list;
	const permissions = `${application}/guilds/${guildId}/commands/${command?.id}/permissions`;
	ok(await owner.put(permissions, { permissions: [{ id: ana.id, type: 2, permission: true }] }));
	ok(await bot.get(permissions));
	ok(await bot.get(`${application}/guilds/${guildId}/commands/permissions`));
	await aboutInteractions(bot, ana, guildId, general);
}

async function aboutInteractions(bot: Actor, ana: Actor, guildId: string, general: string): Promise<void> {
	const use = { type: 2, application_id: bot.id, guild_id: guildId, channel_id: general, session_id: 'x', data: { name: 'ping', type: 1 } };
	ok(await ana.post('/interactions', use));
	const { d } = await gateway.event('INTERACTION_CREATE');
	ok(await ana.post(`/interactions/${d.id}/${d.token}/callback?with_response=true`, { type: 4, data: { content: 'pong', flags: 64 } }));
	const hook = `/webhooks/${bot.id}/${d.token}`;
	ok(await ana.get(`${hook}/messages/@original`));
	ok(await ana.patch(`${hook}/messages/@original`, { content: 'pong!' }));
	const more = id(await ana.post(hook, { content: 'more' }));
	ok(await ana.get(`${hook}/messages/${more}`));
	ok(await ana.delete(`${hook}/messages/${more}`));
	ok(await ana.delete(`${hook}/messages/@original`));
}

async function aboutVoice(owner: Actor, bot: Actor, guild: string): Promise<void> {
	const stage = id(await owner.post(`${guild}/channels`, { name: 'stage', type: 13 }));
	gateway.send(4, { guild_id: guild.split('/').at(-1), channel_id: stage, self_mute: false, self_deaf: false });
	await gateway.event('VOICE_STATE_UPDATE', ({ channel_id }) => channel_id === stage);
	ok(await bot.get(`${guild}/voice-states/@me`));
	ok(await bot.get(`${guild}/voice-states/${bot.id}`));
	ok(await bot.patch(`${guild}/voice-states/@me`, { channel_id: stage, suppress: true }));
	ok(await owner.patch(`${guild}/voice-states/${bot.id}`, { channel_id: stage, suppress: false }));
	ok(await bot.post('/stage-instances', { channel_id: stage, topic: 'Talk' }));
	ok(await bot.get(`/stage-instances/${stage}`));
	ok(await bot.patch(`/stage-instances/${stage}`, { topic: 'More talk' }));
	ok(await bot.delete(`/stage-instances/${stage}`));
}

async function aboutOAuth2(ana: Actor, anonymous: Actor, guild: string): Promise<void> {
	const redirect = 'http://127.0.0.1/done';
	const client = { client_id: emulator.application.id, client_secret: emulator.botToken };
	const query = new URLSearchParams({
		client_id: client.client_id,
		response_type: 'code',
		scope: 'identify guilds.join',
		redirect_uri: redirect
	});
	const agreed = ok(await ana.post(`/oauth2/authorize?${query}`, { authorize: true }));
	const code = new URL(String(agreed.body.location)).searchParams.get('code');
	const token = ok(await anonymous.post('/oauth2/token', { ...client, grant_type: 'authorization_code', code, redirect_uri: redirect }));
	ok(await anonymous.as(`Bearer ${token.body.access_token}`).get('/oauth2/@me'));
	const { bot } = people();
	ok(await ana.delete(`/users/@me${guild}`));
	expect(ok(await bot.put(`${guild}/members/${ana.id}`, { access_token: token.body.access_token })).status).toBe(201);
}
