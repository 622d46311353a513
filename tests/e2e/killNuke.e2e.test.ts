import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import type { GuildHandle, SeenMessage } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { openHouse } from '../support/house.js';
import { type KillableHouse, killAtEveryStep, openKillableHouse } from '../support/killAtEveryStep.js';
import { describeWithRedis } from '../support/redis.js';

// A start for each step, on a machine that may be busy.
vi.setConfig({ testTimeout: 600_000 });

let killable: KillableHouse;
let db: PrismaClient;

beforeAll(async () => {
	killable = await openKillableHouse();
	db = (await killable.house.database.open()).prisma;
});
afterAll(async () => {
	try {
		await killable.house.discord.expectNoFaults();
	} finally {
		await killable[Symbol.asyncDispose]();
	}
});

interface Told extends GuildHandle {
	question?: SeenMessage;
}

const isFirst = ({ isBot, content }: SeenMessage) => isBot && content === 'first';
const nukesOf = ({ id }: GuildHandle) => db.moderationCase.findMany({ where: { guildId: BigInt(id), type: 'nuke' } });
const leftIn = ({ id }: GuildHandle) => db.scheduledTask.count({ where: { guildId: BigInt(id) } });

/** Channels of that name, the oldest first. */
async function named({ id, owner }: GuildHandle, name: string): Promise<readonly string[]> {
	const list = (await owner.api.get(`/guilds/${id}/channels`)) as unknown[] as { readonly id: string; readonly name: string }[];
	return list.filter((channel) => channel.name === name).map((channel) => channel.id);
}

/** Leases end by themselves after five seconds of the machine's time: this saves the test the wait. */
async function leasesEnd(): Promise<void> {
	await db.$executeRaw`UPDATE scheduled_task SET leased_until = clock_timestamp() - interval '1 second' WHERE leased_until IS NOT NULL`;
}

test('a channel that is nuked is made anew once, with its settings, its webhook and its first message, wherever the bot dies', async () => {
	const { house } = killable;
	const steps = await killAtEveryStep<Told>(
		killable,
		{
			async begin() {
				const guild = await house.discord.guild({ channels: ['general', 'staff'] });
				const [guildId, general] = [BigInt(guild.id), guild.channel('general').id];
				await eventually('the server is stored', async () => (await db.guild.count({ where: { guildId } })) === 1);
				await guild.owner.send(guild.channel('staff'), ';modlog #general');
				await guild.owner.expectMessage(guild.channel('staff'), /Cases are now shown here/);
				await guild.owner.api.patch(`/guilds/${guild.id}`, { rules_channel_id: general });
				await guild.owner.api.post(`/channels/${general}/webhooks`, { name: 'news' });
				return guild;
			},
			steps: [
				{
					act: (told) => told.owner.send(told.channel('staff'), ';nuke #general'),
					async done(told) {
						told.question = await told.owner.expectMessage(told.channel('staff'), /make it anew/);
					}
				},
				{
					async act({ owner, question }) {
						// Who dies before he answers leaves no answer to wait for.
						if (question !== undefined) void owner.click(question, 'Yes').catch(() => undefined);
					},
					async done(told) {
						await told.owner.expectMessage(told.channel('staff'), /was made anew/);
						await eventually('nothing is left to do', async () => (await leftIn(told)) === 0);
					}
				}
			]
		},
		async (told) => {
			const { id, owner } = told;
			const old = told.channel('general').id;
			await leasesEnd();
			await house.passTime({ minutes: 3 });
			await eventually('nothing is left to do', async () => (await leftIn(told)) === 0, 20_000);
			const [cases, channels] = [await nukesOf(told), await named(told, 'general')];
			expect(channels).toHaveLength(1);
			expect(cases.length).toBe(channels[0] === old ? 0 : 1);
			const [now = ''] = channels;
			expect(await db.moderationConfig.findMany({ where: { guildId: BigInt(id) } })).toMatchObject([{ logChannelId: BigInt(now) }]);
			expect(await owner.api.object(`/guilds/${id}`)).toMatchObject({ rules_channel_id: now });
			expect(await owner.api.get(`/channels/${now}/webhooks`)).toMatchObject([{ name: 'news' }]);
			const messages = await owner.messages(now);
			expect(messages.filter(isFirst)).toHaveLength(cases.length);
			expect(messages.filter(({ text }) => text.includes('| Nuke'))).toHaveLength(cases.length);
			expect(messages.filter(({ text }) => text.includes('was deleted'))).toEqual([]);
		}
	);
	for (const step of [`discord: POST /guilds`, 'discord: DELETE /channels', 'discord: PATCH /webhooks', 'discord: PATCH /guilds'])
		expect(steps).toEqual(expect.arrayContaining([expect.stringContaining(step)]));
});

const half = (shard: number) => ({ SHARDS: String(shard), SHARD_COUNT: '2' });
const shardOf = (guildId: string) => Number((BigInt(guildId) >> 22n) % 2n);

describeWithRedis('two processes', () => {
	test('what one of them had begun when it was killed, the other finishes, though it does not serve that server', async () => {
		await using first = await openHouse({ redis: true, env: half(0) });
		await using second = await openHouse({ redis: true, env: half(1), beside: first });
		const { prisma } = await first.database.open();
		let guild = await first.discord.guild({ channels: ['general', 'staff'] });
		while (shardOf(guild.id) !== 1) guild = await first.discord.guild({ channels: ['general', 'staff'] });
		const { owner, id } = guild;
		const [general, staff] = [guild.channel('general'), guild.channel('staff')];
		await owner.send(staff, ';modlog #general');
		await owner.expectMessage(staff, /Cases are now shown here/);
		await owner.send(staff, ';nuke #general');
		const question = await owner.expectMessage(staff, /make it anew/);
		await first.discord.faults.rest('slow', { method: 'DELETE', path: `/channels/${general.id}$`, ms: 60_000 });
		void owner.click(question, 'Yes').catch(() => undefined);
		await eventually('it is about to delete the old one', async () => (await named(guild, 'general')).length === 2);
		const isFollowed = async () => (await prisma.moderationConfig.count({ where: { logChannelId: { not: BigInt(general.id) } } })) === 1;
		await eventually('everything has followed', isFollowed);
		await second.kill();
		await first.discord.faults.clear();
		const left = () => prisma.scheduledTask.count({ where: { guildId: BigInt(id) } });
		await eventually(
			'the other one has finished it',
			async () => {
				await first.passTime({ minutes: 2 });
				return (await left()) === 0;
			},
			60_000
		);
		const [clone = '', ...others] = await named(guild, 'general');
		expect([clone === general.id, others]).toEqual([false, []]);
		expect(await prisma.moderationConfig.findMany()).toMatchObject([{ logChannelId: BigInt(clone) }]);
		expect(await prisma.moderationCase.findMany()).toMatchObject([{ type: 'nuke', channelId: BigInt(clone) }]);
		expect((await owner.messages(clone)).filter(isFirst)).toHaveLength(1);
		await first.discord.expectNoFaults();
	});
});
