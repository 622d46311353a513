import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { GuildHandle } from '../../emulator/driver/index.js';
import type { CuttingProxy } from '../support/cuttingProxy.js';
import { cuttingProxy } from '../support/cuttingProxy.js';
import { type House, type HouseOptions, openHouse } from '../support/house.js';
import { describeWithRedis } from '../support/redis.js';
import { redisUrl } from '../support/redisUrl.js';

const text = (message: unknown) => JSON.stringify(message);
const aServer = (house: House) => house.discord.guild({ members: ['ana', 'bob', 'cleo', 'dan'] });

/** A person's command and what he is answered. The owner sets, the members look: one alone would run into the cooldown. */
async function asks({ owner, members, channel }: GuildHandle, content: string, answer: RegExp): Promise<void> {
	const general = channel('general');
	const person = /set/.test(content) ? owner : members[turn++ % members.length];
	if (person === undefined) throw new Error('The server has no members');
	await person.connect();
	const sent = await person.send(general, content);
	const isNext = ({ id }: { id: string }) => BigInt(id) > BigInt(sent.id);
	await person.expectMessage(general, (message) => isNext(message) && answer.test(text(message)), 15_000);
}

let turn = 0;

async function remindsOfTea({ members, channel }: GuildHandle, line: string): Promise<void> {
	const person = members.at(-1);
	await person?.send(channel('general'), line);
	await person?.expectMessage(channel('general'), (message) => message.text.includes('I will remind you'));
}

/** How often somebody was reminded. */
async function reminders({ owner, channel }: GuildHandle): Promise<number> {
	return (await owner.messages(channel('general'))).filter(({ content }) => content.includes('⏰')).length;
}

/** The address with the proxy's place instead of its own. */
function through(address: string, proxy: CuttingProxy): string {
	const url = new URL(address);
	url.hostname = '127.0.0.1';
	url.port = String(proxy.port);
	return url.href;
}

async function proxyTo(address: string): Promise<CuttingProxy> {
	const { hostname, port } = new URL(address);
	return cuttingProxy({ host: hostname, port: Number(port) });
}

/** A house whose bot reaches one of its servers through a proxy, for all stories of a group. The first of them starts the bot. */
function houseBehindProxy(variable: 'DATABASE_URL' | 'REDIS_URL', options: HouseOptions = {}) {
	let opened: { house: House; proxy: CuttingProxy } | null = null;
	const there = () => {
		if (opened === null) throw new Error('The house is not open yet');
		return opened;
	};
	const address = (house: House) => (variable === 'DATABASE_URL' ? house.database.url : redisUrl());
	beforeAll(async () => {
		const house = await openHouse({ ...options, start: false });
		opened = { house, proxy: await proxyTo(address(house)) };
	});
	const start = (more: { readonly ready?: boolean } = {}) => {
		const { house, proxy } = there();
		return house.start({ [variable]: through(address(house), proxy) }, more);
	};
	afterAll(async () => {
		const { house, proxy } = there();
		expect(house.output).not.toMatch(/Unexpected error/);
		expect(await house.stop()).toBe(0);
		await house[Symbol.asyncDispose]();
		await proxy.close();
	});
	return {
		get house() {
			return there().house;
		},
		get proxy() {
			return there().proxy;
		},
		/** Starts the bot while its server is away. */
		async startWithout({ ready }: { readonly ready: boolean }) {
			const { house, proxy } = there();
			// At a second try.
			if (house.bot?.running === true) await house.kill();
			proxy.cut();
			await start({ ready });
		},
		/** For the stories after the first, which may be run without it. */
		async isRunning() {
			if (there().house.bot?.running !== true) await start();
		}
	};
}

describe('a database that is away', () => {
	const there = houseBehindProxy('DATABASE_URL');

	test('at the start: the bot logs in, ping answers, the rest says so, and it recovers by itself', async () => {
		const { house, proxy } = there;
		const server = await aServer(house);
		await there.startWithout({ ready: false });
		await house.bot?.said(/The shard is connected/, 60_000);
		await vi.waitFor(async () => {
			expect(await house.readiness()).toMatchObject({ status: 503, body: { reasons: { database: 'the database is away' } } });
		});
		await asks(server, ';ping', /Pong/);
		// Where it was looked for is said, and nobody who runs the bot has to read a stack for it.
		expect(house.output).toMatch(/"host":"127\.0\.0\.1","port":\d+,"reason":"[^"]+","msg":"The database is away: looking for it"/);
		expect(house.output).not.toMatch(/"stack"|Settings of persons/);
		await asks(server, ';help', /embeds/);
		await asks(server, ';prefix set !', /can't reach my storage/);

		proxy.restore();
		await house.becomesReady();
		await asks(server, ';prefix set !', /✅/);
		await asks(server, '!ping', /Pong/);
	});

	test('for a restart while the bot runs costs no acknowledged write', async () => {
		const { house, proxy } = there;
		await there.isRunning();
		const server = await aServer(house);
		await asks(server, ';prefix set !', /✅/);
		await asks(server, '!ping', /Pong/);
		await remindsOfTea(server, '!remind 5m tea');
		proxy.cut();
		// It is due while the database is away.
		await house.passTime({ minutes: 5 });
		await asks(server, '!prefix set ?', /can't reach my storage/);
		await asks(server, '!ping', /Pong/);
		expect((await house.readiness()).status).toBe(503);
		proxy.restore();
		await house.becomesReady();
		await asks(server, '!prefix set $', /✅/);
		await asks(server, '$ping', /Pong/);
		await vi.waitFor(async () => expect(await reminders(server)).toBe(1), { timeout: 15_000 });
	});

	test('or only slow loses no press: Discord is told in time, and the answer comes', async () => {
		const { house, proxy } = there;
		await there.isRunning();
		const server = await aServer(house);
		await remindsOfTea(server, ';remind 5m tea');
		const general = server.channel('general');
		const person = server.members.at(-1);
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
		proxy.delay(0);
	});
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
	const there = houseBehindProxy('REDIS_URL', { redis: true });

	test('away at the start keeps nobody from starting, and is found when it comes', async () => {
		const { house, proxy } = there;
		const server = await aServer(house);
		await there.startWithout({ ready: true });
		expect(house.output).toMatch(/✗ cache/);
		await asks(server, ';prefix set !', /✅/);
		await asks(server, '!ping', /Pong/);
		proxy.restore();
		await house.bot?.said(/Redis is (there|back|reachable)/i, 10_000);
	});

	test('lost while the bot runs costs no command and is told once', async () => {
		const { house, proxy } = there;
		await there.isRunning();
		const server = await aServer(house);
		await asks(server, ';ping', /Pong/);
		await remindsOfTea(server, ';remind 5m tea');
		proxy.cut();
		await house.passTime({ minutes: 5 });
		await vi.waitFor(async () => expect(await reminders(server)).toBe(1), { timeout: 15_000 });
		await asks(server, ';ping', /Pong/);
		await asks(server, ';prefix set !', /✅/);
		await asks(server, '!ping', /Pong/);
		proxy.restore();
		await asks(server, '!ping', /Pong/);

		// All that it keeps there may be gone as well.
		await vi.waitFor(async () => expect(await forgetAll(house)).toBeGreaterThan(0), { timeout: 20_000 });
		await asks(server, '!ping', /Pong/);
		expect(await reminders(server)).toBe(1);
		expect((await house.readiness()).status).toBe(200);
	});
});
