import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { BotProcess, House } from '../support/house.js';
import { openHouse } from '../support/house.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

/** How a start ends that cannot succeed: with code 1, one sentence, no stack, and nothing of ours left in the database. */
async function failsWith(house: House, env: Record<string, string | undefined>, sentence: RegExp): Promise<BotProcess> {
	const bot = await house.start(env, { ready: false });
	const { code } = await bot.exit;
	expect(bot.output).toMatch(sentence);
	expect(code).toBe(1);
	expect(bot.output).not.toMatch(/\bat .+:\d+:\d+/);
	return bot;
}

describe('a start that cannot succeed ends with code 1 and a plain sentence', () => {
	test('without a token, and with several faults of the environment, which are all told', async () => {
		await using house = await openHouse({ start: false });
		const address = house.database.url.replace('postgresql:', 'mysql:');
		const env = { DISCORD_TOKEN: '', DATABASE_URL: address, REDIS_URL: 'localhost', HTTP_PORT: 'eighty', OWNER_IDS: 'me' };
		const bot = await failsWith(house, env, /5 faults/);
		for (const name of Object.keys(env)) expect(bot.output).toContain(`\n  ${name} `);
		expect(bot.output).toMatch(/DATABASE_URL must look like/);
	});

	test('a token that Discord does not accept', async () => {
		await using house = await openHouse({ start: false });
		await failsWith(
			house,
			{ DISCORD_TOKEN: 'MTU3NDI0OTgzNzIxNjM5OTM2Mw.GabcdE.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
			/does not accept the bot's token/
		);
		expect(house.output).not.toContain('GabcdE');
	});

	test('a privileged intent that is not switched on', async () => {
		await using house = await openHouse({ start: false });
		await house.discord.control('POST', '/application', { privileged_intents: 0 });
		await failsWith(house, {}, /Message Content Intent/);
	});

	test('a bot that has used up its logins of the day', async () => {
		await using house = await openHouse({ start: false });
		await house.discord.control('POST', '/application', { session_starts_remaining: 0 });
		await failsWith(house, {}, /has no login left: try again after \d{4}-/);
	});

	test('a Discord that is not there', async () => {
		await using house = await openHouse({ start: false });
		await failsWith(house, { DISCORD_API_URL: 'http://127.0.0.1:9/api' }, /Discord cannot be reached/);
	});

	test('a port that is taken', async () => {
		await using house = await openHouse({ start: false });
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		const address = other.address();
		if (address === null || typeof address === 'string') throw new Error('no port');
		await failsWith(house, { HTTP_PORT: String(address.port) }, new RegExp(`Port ${address.port} is taken`));
		await new Promise((resolve) => other.close(resolve));
	});

	test('a database that does not exist', async () => {
		await using house = await openHouse({ start: false });
		const nowhere = house.database.url.replace(/[^/]+$/, 'evict_test_nowhere');
		await failsWith(house, { DATABASE_URL: nowhere }, /no database named .{1,2}evict_test_nowhere/);
	});

	test('a second process on the same database without Redis', async () => {
		await using second = await openHouse({ start: false, beside: shared.house });
		await failsWith(second, {}, /Another Evict is running/);
		expect((await shared.house.readiness()).status).toBe(200);
	});
});
