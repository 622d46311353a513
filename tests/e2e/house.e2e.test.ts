import { expect, test, vi } from 'vitest';
import { openHouse } from '../support/house.js';

const soon = { timeout: 10_000, interval: 25 };

test('servers that are joined, left, left while the bot is down, or only unavailable are told apart', async () => {
	await using house = await openHouse();
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
	await discord.expectNoFaults();
});
