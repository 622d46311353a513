import { Queue } from 'bullmq';
import { expect, test, vi } from 'vitest';
import type { ConnectionFields } from '#lib/data/connection.js';
import { postgresBackend } from '#lib/timers/choreBackend.js';
import { sharedHouse } from '../support/sharedHouse.js';

const soon = { timeout: 20_000, interval: 25 };
const shared = sharedHouse();

/** Puts a chore that waits for its hour at the front of the queue, and waits until the bot has run it. */
async function runChore(name: string, said: RegExp): Promise<void> {
	const runs = () => shared.house.output.split(said).length;
	const before = runs();
	const fields: ConnectionFields = shared.house.database.connection;
	const queue = new Queue(`${shared.house.redisPrefix.replaceAll(':', '-')}chores`, { connection: postgresBackend(fields).connection });
	queue.on('error', () => undefined);
	try {
		await queue.add(name, null, { removeOnComplete: true });
		await vi.waitFor(() => expect(runs()).toBeGreaterThan(before), soon);
	} finally {
		await queue.close();
	}
}

test('what is stored of a server goes thirty days after the bot left it, and nothing of others', async () => {
	const { discord } = shared.house;
	const [left, kept, unavailable] = [await discord.guild(), await discord.guild(), await discord.guild()];
	for (const { owner, channel } of [left, kept, unavailable]) {
		await owner.send(channel('general'), ';prefix !');
		await owner.expectMessage(channel('general'), 'The prefix is `!` now');
	}
	const stored = async ({ id }: { id: string }) => [
		await shared.db.guild.count({ where: { guildId: BigInt(id) } }),
		await shared.db.guildPrefix.count({ where: { guildId: BigInt(id) } })
	];
	await left.owner.api.delete(`/guilds/${left.id}/members/${discord.description.applicationId}`);
	await discord.control('POST', '/guild', { guild_id: unavailable.id, unavailable: true });
	const leftServers = () => shared.db.guild.count({ where: { guildId: BigInt(left.id), leftAt: { not: null } } });
	await vi.waitFor(async () => expect(await leftServers()).toBe(1), soon);

	const daily = /Retention: /;
	await shared.house.passTime({ days: 29 });
	await runChore('houseRetention', daily);
	for (const guild of [left, kept, unavailable]) expect(await stored(guild)).toEqual([1, 1]);

	await shared.house.passTime({ days: 1, minutes: 5 });
	await runChore('houseRetention', daily);
	expect(await stored(left)).toEqual([0, 0]);
	for (const guild of [kept, unavailable]) expect(await stored(guild)).toEqual([1, 1]);
});
