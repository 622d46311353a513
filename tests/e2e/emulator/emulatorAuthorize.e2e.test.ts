import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type WorldDriver } from '../../../emulator/driver/index.js';

/** The page on which a person agrees, as a browser asks for it. */
let world: WorldDriver;
let origin: string;

beforeAll(async () => {
	world = await openWorld();
	origin = new URL(world.description.api).origin;
});
afterAll(() => world.close());

const addressOf = (fields: Record<string, string>) =>
	`${origin}/oauth2/authorize?${new URLSearchParams({
		client_id: world.description.applicationId,
		response_type: 'code',
		redirect_uri: 'http://127.0.0.1/done',
		state: 'a&b',
		...fields
	})}`;

/** Presses a button of the page; answers the status, where it leads, and what the page says. */
async function press(address: string, fields: Record<string, string>): Promise<{ status: number; to: URL | null; text: string }> {
	const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
	const to = answer.headers.get('location');
	return { status: answer.status, to: to === null ? null : new URL(to, origin), text: await answer.text() };
}

test('the page names the application, what it wants and who one may be', async () => {
	const text = await (await fetch(addressOf({ scope: 'identify <guilds>' }))).text();
	expect(text).toContain('<h1>Evict</h1>');
	expect(text).toContain('<li>identify</li>');
	expect(text).not.toContain('<guilds>');
	for (const { name } of world.description.users) expect(text.toLowerCase()).toContain(name);
});

test('who agrees is sent back with a code that is good for his own token', async () => {
	const [adam] = world.home.members;
	const { to } = await press(addressOf({ scope: 'identify' }), { user: adam?.id ?? '', answer: 'agree' });
	expect([to?.origin, to?.pathname, to?.searchParams.get('state')]).toEqual(['http://127.0.0.1', '/done', 'a&b']);
	const form = {
		client_id: world.description.applicationId,
		client_secret: world.description.botToken,
		grant_type: 'authorization_code',
		code: to?.searchParams.get('code') ?? '',
		redirect_uri: 'http://127.0.0.1/done'
	};
	const answer = await fetch(`${world.description.api}/v10/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
	const token = (await answer.json()) as { access_token: string };
	const me = await fetch(`${world.description.api}/v10/users/@me`, { headers: { authorization: `Bearer ${token.access_token}` } });
	expect(await me.json()).toMatchObject({ id: adam?.id });
});

test('who does not agree is sent back without one, and an unknown application is told', async () => {
	const cancelled = await press(addressOf({}), { answer: 'cancel' });
	expect(cancelled.to?.searchParams.get('error')).toBe('access_denied');
	expect(cancelled.to?.searchParams.get('state')).toBe('a&b');
	const unknown = await press(addressOf({ client_id: '123456789012345678' }), { user: world.home.owner.id, answer: 'agree' });
	expect([unknown.status, unknown.to]).toEqual([404, null]);
	expect(unknown.text).toContain('Unknown Application');
});

test('the bot is added to a server by who manages it, and by nobody else', async () => {
	const guild = await world.guild({ bot: false, members: ['ana'] });
	const address = addressOf({ scope: 'bot', permissions: '8' });
	const [ana] = guild.members;
	expect((await press(address, { user: ana?.id ?? '', guild: guild.id, answer: 'agree' })).status).toBe(403);
	expect((await press(address, { user: guild.owner.id, guild: guild.id, answer: 'agree' })).status).toBe(302);
	await expect(guild.owner.api.get(`/guilds/${guild.id}/members/${world.description.applicationId}`)).resolves.toMatchObject({
		user: { bot: true }
	});
});
