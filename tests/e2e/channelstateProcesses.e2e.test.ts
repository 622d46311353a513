import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { eventually } from '../support/eventually.js';
import { type House, openHouse } from '../support/house.js';
import { bit, overwritesOf, setOverwrite } from '../support/overwrites.js';
import { describeWithRedis } from '../support/redis.js';

// The lock of who was killed lasts a minute.
vi.setConfig({ testTimeout: 180_000 });

const half = (shard: number) => ({ SHARDS: String(shard), SHARD_COUNT: '2' });
const shardOf = (guildId: string) => Number((BigInt(guildId) >> 22n) % 2n);

/** A member who is muted for an hour in a channel, whose time is over soon. */
async function aMute(house: House) {
	const guild = await house.discord.guild({ members: ['ana'], channels: ['general', 'art'] });
	const [ana] = guild.members;
	if (!ana) throw new Error('The server is not complete');
	const [general, art] = [guild.channel('general'), guild.channel('art')];
	await setOverwrite(guild, art, ana.id, 1, bit.attachFiles, bit.readHistory);
	const before = await overwritesOf(guild, art);
	await guild.owner.send(general, `;imute <@${ana.id}> #art 1h`);
	await guild.owner.expectMessage(general, /can no longer send pictures/);
	await guild.owner.send(general, ';slowmode 10s #art for 1h');
	await guild.owner.expectMessage(general, /10s/);
	return { guild, general, art, before };
}

describeWithRedis('two processes', () => {
	let first: House;
	let second: House;

	beforeAll(async () => {
		first = await openHouse({ redis: true, env: half(0) });
		second = await openHouse({ redis: true, env: half(1), beside: first });
	});
	// Some stories kill the second.
	beforeEach(async () => {
		if (second.bot?.running !== true) await second.start();
	});
	afterAll(async () => {
		await first.discord.expectNoFaults();
		await second[Symbol.asyncDispose]();
		await first[Symbol.asyncDispose]();
	});

	test('that look at the same moment act once', async () => {
		expect((await second.readiness()).status).toBe(200);
		const mutes = await Promise.all([aMute(first), aMute(first), aMute(first)]);
		const { prisma } = await first.database.open();
		await first.passTime({ minutes: 61 });
		const guildId = { in: mutes.map(({ guild }) => BigInt(guild.id)) };
		const open = () => prisma.moderationCase.count({ where: { guildId, state: 'active', expiresAt: { not: null } } });
		await eventually('all of it is over', async () => (await open()) === 0);
		for (const { guild, art, before } of mutes) expect(await overwritesOf(guild, art)).toEqual(before);
		const ends = await first.discord.requests(({ method, reason }) => method !== 'GET' && /is over/.test(String(reason ?? '')));
		expect(ends.length).toBe(mutes.length * 2);
		expect(await prisma.caseEvent.count({ where: { guildId, kind: 'expired' } })).toBe(mutes.length * 2);
	});

	test('end what is over once, and one of them also for the servers of the other', async () => {
		const mutes: Awaited<ReturnType<typeof aMute>>[] = [];
		// Until both processes serve some.
		while (mutes.length < 4 || new Set(mutes.map(({ guild }) => shardOf(guild.id))).size < 2) mutes.push(await aMute(first));
		const changesOf = async ({ art }: Awaited<ReturnType<typeof aMute>>) =>
			(await first.discord.requests(({ method, path }) => method !== 'GET' && path.startsWith(`/channels/${art.id}`))).length;
		const done = await Promise.all(mutes.map(changesOf));

		await second.kill();
		await first.passTime({ minutes: 61 });
		const { prisma } = await first.database.open();
		const guildId = { in: mutes.map(({ guild }) => BigInt(guild.id)) };
		const open = () => prisma.moderationCase.count({ where: { guildId, state: 'active', expiresAt: { not: null } } });
		await eventually('all of it is over', async () => (await open()) === 0);
		for (const { guild, art, before } of mutes) {
			expect(await overwritesOf(guild, art)).toEqual(before);
			expect(Object(await guild.owner.api.object(`/channels/${art.id}`)).rate_limit_per_user).toBe(0);
		}
		// One request each for the overwrite and for the slow mode.
		expect(await Promise.all(mutes.map(changesOf))).toEqual(done.map((count) => count + 2));
		expect(await prisma.caseEvent.count({ where: { guildId, kind: 'expired' } })).toBe(mutes.length * 2);
	});

	test('go on with the mass work of one that was killed', async () => {
		let guild = await first.discord.guild({ channels: Array.from({ length: 12 }, (_, index) => `room-${index}`) });
		while (shardOf(guild.id) !== 1)
			guild = await first.discord.guild({ channels: Array.from({ length: 12 }, (_, index) => `room-${index}`) });
		const room = guild.channel('room-0');
		await guild.owner.send(room, ';lockall quiet');
		await guild.owner.click(await guild.owner.expectMessage(room, /Shall I lock 12 channels/), 'Yes');
		const progress = await guild.owner.expectMessage(room, /of 12/);
		const { prisma } = await first.database.open();
		// Killed before it is known where the progress is shown, nobody would see the end.
		const isUnderWay = async () => (await prisma.job.count({ where: { messageId: BigInt(progress.id), done: { gte: 1 } } })) === 1;
		await eventually('it is under way', isUnderWay);
		await second.kill();
		expect((await guild.owner.expectEdit(progress, /Finished/, 100_000)).text).toMatch(/Done\n12/);
		expect(await prisma.moderationCase.count({ where: { guildId: BigInt(guild.id), type: 'lockall' } })).toBe(1);
	});
});
