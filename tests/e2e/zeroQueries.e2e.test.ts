import { describe, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { type House, openHouse } from '../support/house.js';
import { type Asked, isHousekeeping, tapServers } from '../support/tappedServers.js';

const members = 20;

/** How many messages the last step of all, "last seen", has had. */
async function messagesSeen(house: House): Promise<number> {
	const page = await (await fetch(`${await house.health()}/metrics`)).text();
	return Number(/^evict_step_seconds_count\{step="afkSeen"\} (\d+)$/m.exec(page)?.[1] ?? 0);
}

/** What the bot asked of PostgreSQL and Redis because of plain messages, while the timer loop looked for due timers five times. */
async function askedForPlainMessages(redis: boolean): Promise<{ asked: string[]; looks: number; stored: number; atTheEnd: string[] }> {
	const seen: Asked[] = [];
	await using house = await openHouse({ redis, start: false });
	const servers = await tapServers(house, { asked: (asked) => void seen.push(asked) });
	const looks = () => seen.filter(({ client, what }) => client === 'evict' && what.startsWith('/* timers */')).length;
	const others = () =>
		seen.filter((asked) => asked.server !== 'discord' && !isHousekeeping(asked)).map(({ server, what }) => `${server}: ${what}`);
	try {
		await house.start(servers.env);
		const { prisma } = await house.database.open();
		const names = Array.from({ length: members }, (_, index) => `newcomer${index}`);
		const guild = await house.discord.guild({ members: names });
		const general = guild.channel('general');
		await eventually('the new server is stored', async () => (await prisma.guild.count({ where: { guildId: BigInt(guild.id) } })) === 1);
		// Now it is warm: somebody has written there and used a command.
		await guild.owner.send(general, ';ping');
		await guild.owner.expectMessage(general, /Pong/);
		await eventually('the server is warm', async () => (await messagesSeen(house)) === 1);
		await Promise.all(guild.members.map((member) => member.connect()));

		seen.length = 0;
		for (const member of guild.members) await member.send(general, 'good morning everyone');
		await eventually('all messages were looked at', async () => (await messagesSeen(house)) === members + 1);
		await eventually('the timer loop has looked five times since', () => looks() >= 5);
		const result = { asked: others(), looks: looks() };

		seen.length = 0;
		await house.stop();
		return { ...result, stored: await prisma.lastSeen.count({ where: { guildId: BigInt(guild.id) } }), atTheEnd: others() };
	} finally {
		await servers.close();
	}
}

describe.concurrent('plain messages of members never seen before', () => {
	test('cost no statement, and are remembered with one at the end', async ({ expect }) => {
		const { asked, stored, atTheEnd } = await askedForPlainMessages(false);
		expect(asked).toEqual([]);
		expect(stored).toBe(members + 1);
		expect(atTheEnd.filter((what) => what.includes('INTO last_seen'))).toHaveLength(1);
	});

	test.skipIf(process.env['TEST_REDIS_URL'] === undefined)(
		'cost no statement and no Redis command where there is a Redis',
		async ({ expect }) => {
			const { asked } = await askedForPlainMessages(true);
			expect(asked).toEqual([]);
		}
	);
});
