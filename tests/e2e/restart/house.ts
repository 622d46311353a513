import { expect, vi } from 'vitest';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function houseStories(here: TogetherHouse): void {
	const soon = { timeout: 20_000, interval: 25 };

	here.story('servers that are joined, left, left while the bot is down, or only unavailable are told apart', async () => {
		const { discord } = here.house;
		const bot = discord.description.applicationId;
		const leftAt = async (id: string) => {
			const row = await here.db.guild.findUnique({ where: { guildId: BigInt(id) } });
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

		await here.end(() => kickBot(leftWhileDown));
		await vi.waitFor(async () => expect(await leftAt(leftWhileDown.id)).toBeInstanceOf(Date), soon);
		expect(await leftAt(unavailable.id)).toBeNull();
		expect(await leftAt(discord.home.id)).toBeNull();

		// Of a server that was unavailable at the start Discord tells nothing but its id.
		const { owner, channel } = await discord.guild();
		await owner.send(channel('general'), ';shards');
		await owner.expectMessage(channel('general'), /📍 Shard 0: (?:just connected|\d+ ms) ・ servers: \d+ ・ members: \d+/);
	});
}
