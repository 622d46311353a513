import { expect, test } from 'vitest';
import type { SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { type House, openHouse } from '../support/house.js';
import { describeWithRedis } from '../support/redis.js';

const shardCount = 3;
const shardOf = (guildId: string) => Number((BigInt(guildId) >> 22n) % BigInt(shardCount));

/** The bot's three shards in two processes, started at the same moment. */
async function twoProcesses(first: House): Promise<House> {
	const second = await openHouse({ redis: true, beside: first, start: false, env: { SHARDS: '2', SHARD_COUNT: '3' } });
	await Promise.all([first.start({}, { ready: false }), second.start({}, { ready: false })]);
	await Promise.all([first.becomesReady(30_000), second.becomesReady(30_000)]);
	return second;
}

describeWithRedis('three shards in two processes', () => {
	test('serve each server once, know of each other’s changes, and respect how fast Discord lets them log in', async () => {
		await using first = await openHouse({ redis: true, start: false, env: { SHARDS: '0,1', SHARD_COUNT: '3' } });
		const { discord } = first;
		// A server on each shard, with one person in all of them.
		const ana = await discord.user('ana');
		const servers = new Map<number, { id: string; owner: UserDriver; general: { id: string } }>();
		for (let tries = 0; servers.size < shardCount && tries < 60; tries += 1) {
			const guild = await discord.guild({ members: [ana, 'bob'] });
			servers.set(shardOf(guild.id), { id: guild.id, owner: guild.owner, general: guild.channel('general') });
		}
		expect([...servers.keys()].sort()).toEqual([0, 1, 2]);
		await discord.control('POST', '/application', { max_concurrency: 1 });
		await using second = await twoProcesses(first);

		const identifies: { shard: [number, number]; at: number }[] = Object(await discord.control('GET', '/identifies'));
		for (const shard of [0, 1, 2]) expect(identifies.some((identify) => identify.shard[0] === shard)).toBe(true);
		// One that came too early is sent away by Discord and comes again; a process by itself never hurries.
		const ofFirst = identifies.filter(({ shard }) => shard[0] < 2).map(({ at }) => at);
		expect(Math.max(...ofFirst) - Math.min(...ofFirst)).toBeGreaterThanOrEqual(4_500);
		const registrations = await discord.requests(({ method, path }) => method === 'PUT' && path.endsWith('/commands'));
		expect(registrations).toHaveLength(1);

		const answersIn = async (place: { id: string }, fits: RegExp) =>
			(await ana.messages(place)).filter((message: SeenMessage) => message.isBot && fits.test(message.text)).length;
		for (const { owner, general } of servers.values()) {
			await ana.connect();
			await owner.send(general, ';ping');
			await owner.expectMessage(general, /Pong/);
		}

		// One's own prefix is set where the first process serves, and used at once where the second does.
		const [here, there] = [servers.get(0), servers.get(2)];
		if (here === undefined || there === undefined) throw new Error('There is no server on the shard');
		await ana.send(here.general, ';selfprefix ?');
		await ana.expectMessage(here.general, 'Your own prefix is `?` now');
		// Refused or not: that it answers at all says that it knows.
		await eventually(
			'the other process knows',
			async () => {
				await ana.send(there.general, '?uptime');
				return (await answersIn(there.general, /./)) > 1;
			},
			2_000
		);

		// A reminder is due once, whichever process delivers it.
		await there.owner.send(there.general, ';remind 5m tea');
		await there.owner.expectMessage(there.general, (message) => message.text.includes('I will remind you'));
		await first.passTime({ minutes: 5 });
		const { prisma } = await first.database.open();
		await eventually('nothing is due any more', async () => (await prisma.scheduledTask.count()) === 0);
		expect((await ana.messages(there.general)).filter(({ content }) => content.includes('⏰'))).toHaveLength(1);
		const posts = await discord.requests(({ method, body }) => method === 'POST' && JSON.stringify(body ?? null).includes('⏰'));
		expect(posts).toHaveLength(1);

		for (const { general } of servers.values()) expect(await answersIn(general, /Pong/)).toBe(1);
		for (const process of [first, second]) expect(process.output).not.toMatch(/Unexpected error|"level":"error"/);
		await discord.expectNoFaults();
	});
});
