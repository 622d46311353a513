import { DiscordAPIError, HTTPError } from 'discord.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadLanguages } from '#lib/i18n/languages.js';
import { reminderPoster } from '#modules/reminders/discord.js';
import type { Reminder } from '#modules/reminders/domain.js';

const t = loadLanguages().translator('en-US');
const reminder: Reminder = {
	id: 7,
	userId: '100000000000000001',
	guildId: '200000000000000001',
	channelId: '300000000000000001',
	messageId: '400000000000000001',
	text: 'tea <@100000000000000002> @everyone **now**',
	dueAt: Date.UTC(2026, 0, 1),
	everyMs: null,
	inDm: false,
	occurrence: 3,
	sentAt: null,
	seriesAt: null,
	createdAt: Date.UTC(2025, 11, 31)
};
const channel = '/channels/300000000000000001/messages';
const direct = '/channels/999000000000000001/messages';

let sent: { route: string; body: Record<string, unknown> }[];
let refuse: Record<string, Error>;

beforeEach(() => {
	sent = [];
	refuse = {};
});

function post(change: Partial<Reminder> = {}, lateMs: number | null = null, mayRead = async () => true) {
	const poster = reminderPoster({
		rest: {
			async post(route, options) {
				const error = refuse[route];
				if (error) throw error;
				if (route === '/users/@me/channels') return { id: '999000000000000001' };
				sent.push({ route, body: Object(options?.body) });
				return { id: '1' };
			}
		},
		mayRead,
		speak: () => ({ t, locale: 'en-US' }),
		log: { warn: () => undefined }
	});
	return poster.post({ ...reminder, ...change }, lateMs);
}

const refused = (code: number, status: number) =>
	new DiscordAPIError({ code, message: 'no' }, code, status, 'POST', 'https://discord.com', { body: undefined, files: undefined });
const outage = () => new HTTPError(503, 'Service Unavailable', 'POST', 'https://discord.com', { body: undefined, files: undefined });

test('it goes to the channel, once for each nonce, and pings nobody but its person', async () => {
	expect(await post()).toBe('sent');
	expect(sent).toMatchObject([
		{ route: channel, body: { nonce: 'rem-7-3', enforce_nonce: true, allowed_mentions: { users: [reminder.userId] } } }
	]);
	const content = String(sent[0]?.body['content']);
	expect(content).toContain(`<@${reminder.userId}>`);
	expect(content).not.toMatch(/(?<!\\)<@100000000000000002>/);
	expect(content).not.toContain('@everyone');
	expect(JSON.stringify(sent[0]?.body)).toContain('https://discord.com/channels/200000000000000001/300000000000000001/400000000000000001');
});

test('it goes to the person alone, when he no longer reads in the channel', async () => {
	expect(await post({}, null, async () => false)).toBe('sent');
	expect(sent.map(({ route }) => route)).toEqual([direct]);
});

test('whether he reads there cannot be found out now: it is tried again', async () => {
	expect(await post({}, null, () => Promise.reject(outage()))).toBe('retry');
	expect(sent).toEqual([]);
});

test('every button belongs to this reminder and this delivery', async () => {
	await post();
	const [row] = Object(sent[0]?.body['components']);
	expect(row.components.map((button: { custom_id: string }) => button.custom_id)).toEqual([
		'reminder.snooze:7:a:3',
		'reminder.snooze:7:1o:3',
		'reminder.snooze:7:140:3',
		'reminder.done:7:3'
	]);
});

test('late is said only when it is', async () => {
	await post();
	await post({}, 25 * 3_600_000);
	expect(sent[0]?.body['content']).not.toContain('late');
	expect(sent[1]?.body['content']).toContain('This is 1 day and 1 hour late');
});

test('the longest text of the hardest kind fits into a message', async () => {
	await post({ text: '*'.repeat(1_000) }, 3_600_000_000);
	expect(String(sent[0]?.body['content']).length).toBeLessThanOrEqual(2_000);
	expect(sent[0]?.body['content']).toContain('late');
});

test('wished as a direct message, it goes there and nowhere else', async () => {
	expect(await post({ inDm: true })).toBe('sent');
	expect(sent.map((one) => one.route)).toEqual([direct]);
});

describe('when the channel cannot be written to', () => {
	test.each([
		['gone', 10003, 404],
		['hidden', 50001, 403],
		['forbidden', 50013, 403],
		['archived', 50083, 400],
		['filtered', 200000, 400]
	])('%s: a direct message', async (_, code, status) => {
		refuse[channel] = refused(code, status);
		expect(await post()).toBe('sent');
		expect(sent.map((one) => one.route)).toEqual([direct]);
	});

	test('and the person cannot either: never', async () => {
		refuse[channel] = refused(10003, 404);
		refuse[direct] = refused(50007, 403);
		expect(await post()).toBe('undeliverable');
		refuse['/users/@me/channels'] = refused(10013, 404);
		expect(await post()).toBe('undeliverable');
	});
});

describe('when Discord is away', () => {
	test.each([
		['an outage', () => outage()],
		['a broken line', () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
		['no answer in time', () => new DOMException('aborted', 'AbortError')]
	])('%s is tried again, and no direct message is sent instead', async (_, error) => {
		refuse[channel] = error();
		expect(await post()).toBe('retry');
		expect(sent).toEqual([]);
	});

	test('too many direct messages opened at once are tried again', async () => {
		refuse['/users/@me/channels'] = refused(40003, 400);
		expect(await post({ inDm: true })).toBe('retry');
	});
});

test('a mistake of ours is thrown, not dropped in silence', async () => {
	refuse[channel] = refused(50035, 400);
	await expect(post()).rejects.toThrow();
});
