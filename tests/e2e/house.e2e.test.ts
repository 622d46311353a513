import { Queue } from 'bullmq';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ConnectionFields } from '#lib/data/connection.js';
import { postgresBackend } from '#lib/timers/choreBackend.js';
import { type House, openHouse } from '../support/house.js';

const soon = { timeout: 20_000, interval: 25 };
let house: House;

beforeAll(async () => {
	house = await openHouse();
});
afterAll(async () => {
	await house.discord.expectNoFaults();
	await house[Symbol.asyncDispose]();
});

test('servers that are joined, left, left while the bot is down, or only unavailable are told apart', async () => {
	const { discord } = house;
	const { prisma } = await house.database.open();
	const bot = discord.description.applicationId;
	const leftAt = async (id: string) => {
		const row = await prisma.guild.findUnique({ where: { guildId: BigInt(id) } });
		return row === null ? 'not stored' : row.leftAt;
	};
	const kickBot = (guild: { id: string; owner: { api: { delete(path: string): Promise<unknown> } } }) =>
		guild.owner.api.delete(`/guilds/${guild.id}/members/${bot}`);

	await vi.waitFor(async () => expect(await leftAt(discord.home.id)).toBeNull(), soon);
	const [left, leftWhileDown, unavailable] = [await discord.guild(), await discord.guild(), await discord.guild()];
	for (const guild of [left, leftWhileDown, unavailable]) await vi.waitFor(async () => expect(await leftAt(guild.id)).toBeNull(), soon);

	await discord.control('POST', '/guild', { guild_id: unavailable.id, unavailable: true });
	await kickBot(left);
	await vi.waitFor(async () => expect(await leftAt(left.id)).toBeInstanceOf(Date), soon);
	expect(await leftAt(unavailable.id)).toBeNull();

	await house.stop();
	await kickBot(leftWhileDown);
	await house.start();
	await vi.waitFor(async () => expect(await leftAt(leftWhileDown.id)).toBeInstanceOf(Date), soon);
	expect(await leftAt(unavailable.id)).toBeNull();
	expect(await leftAt(discord.home.id)).toBeNull();
});

/** Puts a chore that waits for its hour at the front of the queue, and waits until the bot has run it. */
async function runChore(name: string, said: RegExp): Promise<void> {
	const runs = () => house.output.split(said).length;
	const before = runs();
	const fields: ConnectionFields = house.database.connection;
	const queue = new Queue(`${house.redisPrefix.replaceAll(':', '-')}chores`, { connection: postgresBackend(fields).connection });
	queue.on('error', () => undefined);
	try {
		await queue.add(name, null, { removeOnComplete: true });
		await vi.waitFor(() => expect(runs()).toBeGreaterThan(before), soon);
	} finally {
		await queue.close();
	}
}

test('what is stored of a server goes thirty days after the bot left it, and nothing of others', async () => {
	const { discord } = house;
	const { prisma } = await house.database.open();
	const [left, kept, unavailable] = [await discord.guild(), await discord.guild(), await discord.guild()];
	for (const { owner, channel } of [left, kept, unavailable]) {
		await owner.send(channel('general'), ';prefix !');
		await owner.expectMessage(channel('general'), 'The prefix is `!` now');
	}
	const stored = async ({ id }: { id: string }) => [
		await prisma.guild.count({ where: { guildId: BigInt(id) } }),
		await prisma.guildPrefix.count({ where: { guildId: BigInt(id) } })
	];
	await left.owner.api.delete(`/guilds/${left.id}/members/${discord.description.applicationId}`);
	await discord.control('POST', '/guild', { guild_id: unavailable.id, unavailable: true });
	const leftServers = () => prisma.guild.count({ where: { guildId: BigInt(left.id), leftAt: { not: null } } });
	await vi.waitFor(async () => expect(await leftServers()).toBe(1), soon);

	const daily = /Retention: /;
	await house.passTime({ days: 29 });
	await runChore('houseRetention', daily);
	for (const guild of [left, kept, unavailable]) expect(await stored(guild)).toEqual([1, 1]);

	await house.passTime({ days: 1, minutes: 5 });
	await runChore('houseRetention', daily);
	expect(await stored(left)).toEqual([0, 0]);
	for (const guild of [kept, unavailable]) expect(await stored(guild)).toEqual([1, 1]);
});
