import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Conformance, GatewayClient, openDiscord } from '../support/conformanceClient.js';

let discord: Conformance;
let guild: string;
let general: string;
let owner: Actor;
let bot: Actor;
let ana: Actor;

beforeAll(async () => {
	discord = await openDiscord();
	({ owner, bot } = discord);
	const [first] = discord.members;
	if (!first) throw new Error('The server has too few members for this suite');
	ana = first;
	guild = `/guilds/${discord.world.guildId}`;
	general = `/channels/${discord.world.channels[0]?.id}`;
});

afterAll(async () => {
	const wrong = await discord.wrongAnswers();
	await discord[Symbol.asyncDispose]();
	expect(wrong ?? []).toEqual([]);
});

describe('commands', () => {
	test('two hundred new ones a day for a server; what is there already is written again without counting', async (context) => {
		const path = `/applications/${bot.id}${guild}/commands`;
		const named = (from: number) => Array.from({ length: 100 }, (_, n) => ({ name: `c${from + n}`, description: 'x' }));
		for (const from of [0, 100, 100]) expect((await bot.put(path, named(from))).status).toBe(200);
		expect((await bot.post(path, { name: 'c100', description: 'other' })).status).toBe(200);
		await bot.put(path, []);
		const refused = await bot.post(path, { name: 'one-more', description: 'x' });
		expect([refused.status, refused.code, refused.body.global]).toEqual([429, 30034, false]);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_000);
		expect((await bot.put(path, named(0))).code).toBe(30034);
		expect((await bot.post(`/applications/${bot.id}/commands`, { name: 'elsewhere', description: 'x' })).status).toBe(201);
		if (discord.travel === null) return context.skip();
		discord.travel(86_400_000);
		expect((await bot.post(path, { name: 'one-more', description: 'x' })).status).toBe(201);
	});
});

describe('edits', () => {
	test('of messages older than an hour only so many are let through in a channel, and others go on', async (context) => {
		const { body: old } = await bot.post(`${general}/messages`, { content: 'old' });
		if (discord.travel === null) return context.skip();
		discord.travel(3_600_000);
		const { body: fresh } = await bot.post(`${general}/messages`, { content: 'new' });
		const edit = (id: unknown, content: string) => bot.patch(`${general}/messages/${id}`, { content });
		let refused = await edit(old.id, 'x');
		for (let n = 0; n < 100 && refused.status === 200; n++) refused = await edit(old.id, `${n}`);
		expect([refused.status, refused.code, refused.body.global]).toEqual([429, 30046, false]);
		expect(Number(refused.body.retry_after)).toBeGreaterThan(1);
		expect((await edit(fresh.id, 'newer')).status).toBe(200);
		discord.travel(3_600_000);
		expect((await edit(old.id, 'again')).status).toBe(200);
	});
});

/** The beginning of a PNG of this size, filled up to so many bytes. */
function pngOf(width: number, height: number, bytes = 64): Buffer {
	const data = Buffer.alloc(bytes);
	Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(data);
	data.writeUInt32BE(width, 16);
	data.writeUInt32BE(height, 20);
	return data;
}

describe('pictures', () => {
	test('an emoji has at most 256 KiB and is a picture, in a server and of an application', async () => {
		for (const path of [`${guild}/emojis`, `/applications/${bot.id}/emojis`]) {
			const make = (data: Buffer) => bot.post(path, { name: 'wave', image: `data:image/png;base64,${data.toString('base64')}` });
			const refused = await make(pngOf(128, 128, 256 * 1024 + 1));
			expect([refused.status, refused.code]).toEqual([400, 50138]);
			expect((await make(Buffer.from('no picture'))).code).toBe(50046);
			expect((await bot.post(path, { name: 'wave', image: 'https://a.b/c.png' })).code).toBe(50035);
			expect((await make(pngOf(128, 128, 256 * 1024))).status).toBe(201);
		}
	});

	test('a sticker is a PNG, APNG or GIF of 320 pixels and 512 KiB at most', async () => {
		const make = (data: Buffer, more: object = {}, type = 'image/png') => {
			const form = new FormData();
			for (const [key, value] of Object.entries({ name: 'wave', tags: 'wave', description: '', ...more })) form.append(key, value);
			form.append('file', new Blob([new Uint8Array(data)], { type }), 'sticker.png');
			return bot.form(`${guild}/stickers`, form);
		};
		expect((await make(pngOf(320, 320, 512 * 1024 + 1))).code).toBe(50045);
		expect((await make(pngOf(321, 320))).code).toBe(50046);
		expect((await make(Buffer.from('no picture'))).code).toBe(50046);
		expect((await make(Buffer.from('{}'), {}, 'application/json')).code).toBe(50046);
		expect((await make(pngOf(320, 320), { description: 'x' })).code).toBe(50035);
		const still = await make(pngOf(320, 320));
		expect([still.status, still.body.format_type]).toEqual([201, 1]);
		const control = Buffer.concat([pngOf(320, 320), Buffer.from('acTL')]);
		expect((await make(control)).body.format_type).toBe(2);
	});
});

describe('events that come again', () => {
	const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
	const event = (rule: object | null) => ({
		name: 'Again',
		privacy_level: 2,
		entity_type: 3,
		entity_metadata: { location: 'Here' },
		scheduled_start_time: at(200),
		scheduled_end_time: at(201),
		recurrence_rule: rule === null ? null : { start: at(200), interval: 1, ...rule }
	});

	test.each([
		['every weekday', { frequency: 3, by_weekday: [0, 1, 2, 3, 4] }],
		['every Wednesday', { frequency: 2, by_weekday: [2] }],
		['every other Wednesday', { frequency: 2, interval: 2, by_weekday: [2] }],
		['on the fourth Wednesday of the month', { frequency: 1, by_n_weekday: [{ n: 4, day: 2 }] }],
		['once a year', { frequency: 0, by_month: [7], by_month_day: [24] }]
	])('%s is kept as it was said', async (_, rule) => {
		const made = await bot.post(`${guild}/scheduled-events`, event(rule));
		expect(made.status, JSON.stringify(made.body)).toBe(200);
		const { body } = await bot.get(`${guild}/scheduled-events/${made.body.id}`);
		expect(body.recurrence_rule).toMatchObject({ by_year_day: null, count: null, end: null, interval: 1, ...rule });
	});

	test.each([
		['days that are no known set', { frequency: 3, by_weekday: [0, 2] }, 'by_weekday'],
		['two days of a weekly event', { frequency: 2, by_weekday: [0, 1] }, 'by_weekday'],
		['days of the week in a monthly event', { frequency: 1, by_weekday: [0] }, 'by_weekday'],
		['a day of a week in a weekly event', { frequency: 2, by_n_weekday: [{ n: 1, day: 0 }] }, 'by_n_weekday'],
		['two days of a week in a month', { frequency: 1, by_n_weekday: [1, 2].map((n) => ({ n, day: 0 })) }, 'by_n_weekday'],
		['a month without a day', { frequency: 0, by_month: [7] }, 'by_month_day'],
		['a date in a daily event', { frequency: 3, by_month: [7], by_month_day: [1] }, 'by_month'],
		['every other day', { frequency: 3, interval: 2 }, 'interval'],
		['every third week', { frequency: 2, interval: 3, by_weekday: [0] }, 'interval'],
		['an end', { frequency: 2, by_weekday: [0], end: at(900) }, 'end'],
		['a count', { frequency: 2, by_weekday: [0], count: 3 }, 'count'],
		['two ways at once', { frequency: 2, by_weekday: [0], by_n_weekday: [{ n: 1, day: 0 }] }, 'by_weekday']
	])('%s are refused with the field', async (_, rule, field) => {
		const refused = await bot.post(`${guild}/scheduled-events`, event(rule));
		expect(refused.code).toBe(50035);
		expect(refused.body.errors).toHaveProperty(['recurrence_rule', field, '_errors']);
	});

	test('what comes again is made to come once', async () => {
		const { body } = await bot.post(`${guild}/scheduled-events`, event({ frequency: 2, by_weekday: [1] }));
		const path = `${guild}/scheduled-events/${body.id}`;
		expect((await bot.patch(path, { name: 'Same' })).body.recurrence_rule).toMatchObject({ by_weekday: [1] });
		expect((await bot.patch(path, { recurrence_rule: null })).body.recurrence_rule).toBeNull();
	});
});

describe('scheduled events', () => {
	const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
	const plain = { name: 'Party', privacy_level: 2, scheduled_start_time: at(200) };
	const create = (by: Actor, more: object) => by.post(`${guild}/scheduled-events`, { ...plain, ...more });

	test('one in a channel needs a channel of its kind, and one elsewhere an end and a place', async () => {
		const { body: voice } = await owner.post(`${guild}/channels`, { name: 'talk', type: 2 });
		expect((await create(bot, { entity_type: 2 })).code).toBe(50035);
		expect((await create(bot, { entity_type: 2, channel_id: general.split('/')[2] })).code).toBe(50024);
		expect((await create(bot, { entity_type: 1, channel_id: voice.id })).code).toBe(50024);
		expect((await create(bot, { entity_type: 3, entity_metadata: { location: 'x' } })).code).toBe(50035);
		const made = await create(bot, { entity_type: 2, channel_id: voice.id });
		expect(made.body).toMatchObject({ channel_id: voice.id, entity_metadata: null, status: 1, creator_id: bot.id });
	});

	test('in a hidden channel an event is hidden too, and made by those who may go there', async () => {
		const everyone = { id: discord.world.guildId, type: 0, deny: '1024' };
		const { body: hidden } = await owner.post(`${guild}/channels`, { name: 'hidden', type: 2, permission_overwrites: [everyone] });
		const { body: event } = await create(owner, { entity_type: 2, channel_id: hidden.id });
		expect((await ana.get(`${guild}/scheduled-events/${event.id}`)).code).toBe(10070);
		expect((await ana.get(`${guild}/scheduled-events`)).list.map(({ id }) => id)).not.toContain(event.id);
		expect((await ana.patch(`${guild}/scheduled-events/${event.id}`, { name: 'Mine' })).status).toBeGreaterThanOrEqual(403);
	});

	test('a hundred are open at once', async () => {
		const make = () => create(bot, { entity_type: 3, entity_metadata: { location: 'x' }, scheduled_end_time: at(201) });
		let refused = await make();
		for (let n = 0; n < 100 && refused.status === 200; n++) refused = await make();
		const open = (await bot.get(`${guild}/scheduled-events`)).list.length;
		expect([open, refused.code]).toEqual([100, 30038]);
	});
});

describe('a live stage', () => {
	test('is opened once by those who moderate it, told, and closed', async () => {
		await using gateway = await GatewayClient.identify(discord.world.gateway, discord.world.botToken, 1 << 0);
		await gateway.event('GUILD_CREATE');
		const { body: stage } = await owner.post(`${guild}/channels`, { name: 'stage', type: 13 });
		const open = { channel_id: stage.id, topic: 'Talk' };
		expect((await ana.post('/stage-instances', open)).code).toBe(50013);
		expect((await bot.post('/stage-instances', { ...open, channel_id: general.split('/')[2] })).code).toBe(50024);
		const made = await bot.post('/stage-instances', open, 'because');
		expect(made.body).toMatchObject({ ...open, guild_id: discord.world.guildId, privacy_level: 2, guild_scheduled_event_id: null });
		await gateway.event('STAGE_INSTANCE_CREATE', ({ topic }) => topic === 'Talk');
		expect((await bot.post('/stage-instances', open)).code).toBe(150006);
		expect((await bot.patch(`/stage-instances/${stage.id}`, { topic: 'More' })).body.topic).toBe('More');
		expect((await bot.patch(`/stage-instances/${stage.id}`, { topic: '' })).code).toBe(50035);
		await gateway.event('STAGE_INSTANCE_UPDATE', ({ topic }) => topic === 'More');
		expect((await bot.delete(`/stage-instances/${stage.id}`)).status).toBe(204);
		await gateway.event('STAGE_INSTANCE_DELETE');
		expect((await bot.get(`/stage-instances/${stage.id}`)).code).toBe(10067);
		const [entry] = (await owner.get(`${guild}/audit-logs?action_type=83`)).body.audit_log_entries as object[];
		expect(entry).toMatchObject({ reason: 'because', options: { channel_id: stage.id } });
	});
});
