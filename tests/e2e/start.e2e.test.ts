import { describe, expect, test } from 'vitest';
import { openHouse } from '../support/house.js';

describe('a start', () => {
	test('ends with a bot that answers ;ping and /ping', async () => {
		await using house = await openHouse();
		const { home } = house.discord;
		const [ana] = home.members;
		if (ana === undefined) throw new Error('The server has no members');
		await ana.connect();
		const channel = home.channel('general');
		await ana.send(channel, ';ping');
		await ana.expectMessage(channel, (message) => /Pong/.test(JSON.stringify(message)));
		const outcome = await ana.slash(channel, 'ping');
		expect(outcome.failed).toBe(false);
		await house.discord.expectNoFaults();
		expect(await house.stop()).toBe(0);
	});
});
