import { Redis } from 'ioredis';
import { expect, test, vi } from 'vitest';
import type { CuttingProxy } from '../support/cuttingProxy.js';
import { cuttingProxy } from '../support/cuttingProxy.js';
import { type House, openHouse } from '../support/house.js';
import { describeWithRedis } from '../support/redis.js';
import { redisUrl } from '../support/redisUrl.js';

const text = (message: unknown) => JSON.stringify(message);

/** A person's command and what he is answered. The owner sets, the members look: one alone would run into the cooldown. */
async function asks(house: House, content: string, answer: RegExp): Promise<void> {
	const { home } = house.discord;
	const channel = home.channel('general');
	const person = /set/.test(content) ? home.owner : home.members[turn++ % home.members.length];
	if (person === undefined) throw new Error('The server has no members');
	await person.connect();
	const sent = await person.send(channel, content);
	try {
		await person.expectMessage(channel, (message) => BigInt(message.id) > BigInt(sent.id) && answer.test(text(message)), 15_000);
	} catch (error) {
		throw new Error(`${content} was not answered by ${answer}:\n${house.output.slice(-4000)}`, { cause: error });
	}
}

let turn = 0;

async function remindsOfTea(house: House, line: string): Promise<void> {
	const { home } = house.discord;
	const person = home.members.at(-1);
	await person?.send(home.channel('general'), line);
	await person?.expectMessage(home.channel('general'), (message) => message.text.includes('I will remind you'));
}

/** How often somebody was reminded. */
async function reminders(house: House): Promise<number> {
	const { home } = house.discord;
	return (await home.owner.messages(home.channel('general'))).filter(({ content }) => content.includes('⏰')).length;
}

/** The address with the proxy's place instead of its own. */
function through(address: string, proxy: CuttingProxy): string {
	const url = new URL(address);
	url.hostname = '127.0.0.1';
	url.port = String(proxy.port);
	return url.href;
}

async function proxyTo(address: string): Promise<CuttingProxy & AsyncDisposable> {
	const { hostname, port } = new URL(address);
	const proxy = await cuttingProxy({ host: hostname, port: Number(port) });
	return { ...proxy, [Symbol.asyncDispose]: () => proxy.close() };
}

test('with the database away at the start the bot logs in, ping answers, the rest says so, and it recovers by itself', async () => {
	await using house = await openHouse({ start: false });
	await using proxy = await proxyTo(house.database.url);
	proxy.cut();
	await house.start({ DATABASE_URL: through(house.database.url, proxy) }, { ready: false });
	await house.bot?.said(/The shard is connected/, 60_000);
	await vi.waitFor(async () => {
		expect(await house.readiness()).toMatchObject({ status: 503, body: { reasons: { database: 'the database is away' } } });
	});
	await asks(house, ';ping', /Pong/);
	// Where it was looked for is said, and nobody who runs the bot has to read a stack for it.
	expect(house.output).toMatch(/"host":"127\.0\.0\.1","port":\d+,"reason":"[^"]+","msg":"The database is away: looking for it"/);
	expect(house.output).not.toMatch(/"stack"|Settings of persons/);
	await asks(house, ';help', /embeds/);
	await asks(house, ';prefix set !', /can't reach my storage/);

	proxy.restore();
	await house.becomesReady();
	await asks(house, ';prefix set !', /✅/);
	await asks(house, '!ping', /Pong/);
	expect(house.output).not.toMatch(/Unexpected error/);
	expect(await house.stop()).toBe(0);
});

test('the database that is restarted while the bot runs costs no acknowledged write', async () => {
	await using house = await openHouse({ start: false });
	await using proxy = await proxyTo(house.database.url);
	await house.start({ DATABASE_URL: through(house.database.url, proxy) });
	await asks(house, ';prefix set !', /✅/);
	await asks(house, '!ping', /Pong/);
	await remindsOfTea(house, '!remind 5m tea');
	proxy.cut();
	// It is due while the database is away.
	await house.passTime({ minutes: 5 });
	await asks(house, '!prefix set ?', /can't reach my storage/);
	await asks(house, '!ping', /Pong/);
	expect((await house.readiness()).status).toBe(503);
	proxy.restore();
	await house.becomesReady();
	await asks(house, '!prefix set $', /✅/);
	await asks(house, '$ping', /Pong/);
	await vi.waitFor(async () => expect(await reminders(house)).toBe(1), { timeout: 15_000 });
	expect(house.output).not.toMatch(/Unexpected error/);
	expect(await house.stop()).toBe(0);
});

test('while the database takes its time a press is not lost: Discord is told in time, and the answer comes', async () => {
	await using house = await openHouse({ start: false });
	await using proxy = await proxyTo(house.database.url);
	await house.start({ DATABASE_URL: through(house.database.url, proxy) });
	await remindsOfTea(house, ';remind 5m tea');
	const { home } = house.discord;
	const general = home.channel('general');
	const person = home.members.at(-1);
	await house.passTime({ minutes: 5 });
	const reminder = await person?.expectMessage(general, ({ content }) => content.includes('⏰'));
	if (person === undefined || reminder === undefined) throw new Error('Nobody was reminded');

	const { prisma } = await house.database.open();
	await vi.waitFor(async () => expect(await prisma.reminder.count({ where: { sentAt: null } })).toBe(0), { timeout: 20_000 });

	// Of each chunk, there and back: several of them are more than Discord's three seconds.
	proxy.delay(500);
	const pressed = await person.click(reminder, 'In 10 minutes');
	expect(pressed).toMatchObject({ acked: true, failed: false });
	await person.expectMessage(general, ({ text, ephemeral }) => ephemeral && text.includes('I will remind you'), 30_000);
	expect((await person.read(reminder)).components).toEqual([]);
	expect(house.output).not.toMatch(/Unexpected error/);
	proxy.delay(0);
	expect(await house.stop()).toBe(0);
});

/** Deletes every key of the bot in Redis; answers how many there were. */
async function forgetAll({ redisPrefix }: House): Promise<number> {
	const redis = new Redis(redisUrl());
	try {
		const keys = await redis.keys(`${redisPrefix}*`);
		return keys.length === 0 ? 0 : await redis.del(keys);
	} finally {
		redis.disconnect();
	}
}

describeWithRedis('Redis', () => {
	test('away at the start keeps nobody from starting, and is found when it comes', async () => {
		await using house = await openHouse({ start: false, redis: true });
		await using proxy = await proxyTo(process.env['TEST_REDIS_URL'] ?? '');
		proxy.cut();
		await house.start({ REDIS_URL: through(process.env['TEST_REDIS_URL'] ?? '', proxy) });
		expect(house.output).toMatch(/✗ cache/);
		await asks(house, ';prefix set !', /✅/);
		await asks(house, '!ping', /Pong/);
		proxy.restore();
		await house.bot?.said(/Redis is (there|back|reachable)/i, 10_000);
		expect(await house.stop()).toBe(0);
	});

	test('lost while the bot runs costs no command and is told once', async () => {
		await using house = await openHouse({ start: false, redis: true });
		await using proxy = await proxyTo(process.env['TEST_REDIS_URL'] ?? '');
		await house.start({ REDIS_URL: through(process.env['TEST_REDIS_URL'] ?? '', proxy) });
		await asks(house, ';ping', /Pong/);
		await remindsOfTea(house, ';remind 5m tea');
		proxy.cut();
		await house.passTime({ minutes: 5 });
		await vi.waitFor(async () => expect(await reminders(house)).toBe(1), { timeout: 15_000 });
		await asks(house, ';ping', /Pong/);
		await asks(house, ';prefix set !', /✅/);
		await asks(house, '!ping', /Pong/);
		proxy.restore();
		await asks(house, '!ping', /Pong/);

		// All that it keeps there may be gone as well.
		await vi.waitFor(async () => expect(await forgetAll(house)).toBeGreaterThan(0), { timeout: 20_000 });
		await asks(house, '!ping', /Pong/);
		expect(await reminders(house)).toBe(1);
		expect((await house.readiness()).status).toBe(200);
		expect(house.output).not.toMatch(/Unexpected error/);
		expect(await house.stop()).toBe(0);
	});
});
