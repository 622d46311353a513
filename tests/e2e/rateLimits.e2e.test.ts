import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { type House, openHouse } from '../support/house.js';

/** Discord takes five messages of a bot in five seconds a channel. Other stories run without that limit: some say more in a moment. */
let house: House;

beforeAll(async () => {
	house = await openHouse({ world: { rateLimits: 'messages', patience: 30_000 } });
});
afterAll(async () => {
	await house.discord.expectNoFaults();
	await house[Symbol.asyncDispose]();
});

/** Who sets one for which hour: eight in all, as many commands as a channel takes at once. */
const plan = [
	['1h', 3],
	['2h', 3],
	['3h', 2]
] as const;

test('more reminders than Discord takes at once all arrive, each once, in the order in which they were due', async () => {
	const channel = house.discord.home.channel('general');
	const people: UserDriver[] = house.discord.home.members.slice(0, 3);
	for (const [when, count] of plan) {
		for (const [index, person] of people.slice(0, count).entries()) {
			const answer = await person.slash(channel, 'remind', { when, text: `${when} of ${index}` });
			expect(answer.text).toContain('I will remind you');
		}
	}
	const [reader] = people;
	if (reader === undefined) throw new Error('The server has no members');
	const arrived = async () => {
		const said = await reader.messages(channel);
		return said.flatMap(({ content }) => /⏰[\s\S]*(\dh) of \d/.exec(content)?.[1] ?? []);
	};
	// Nobody waits for the last of an hour: it may still stand in line when the next hour is due.
	for (const [hour, atLeast] of [3, 5, 8].entries()) {
		await house.passTime({ hours: 1 });
		await expect
			.poll(async () => (await arrived()).length, { timeout: 30_000, message: `after ${hour + 1} hours` })
			.toBeGreaterThanOrEqual(atLeast);
	}
	const texts = await arrived();
	// The order is read from the ledger: what Discord took, one after another.
	expect(texts).toHaveLength(8);
	const sent = await house.discord.requests((entry) => entry.method === 'POST' && entry.path === `/channels/${channel.id}/messages`);
	const taken = sent.filter(({ status }) => status === 200).flatMap(({ body }) => /(\dh) of \d/.exec(JSON.stringify(body))?.[1] ?? []);
	expect(taken).toEqual(['1h', '1h', '1h', '2h', '2h', '2h', '3h', '3h']);
	// The bot reads what is left from the headers, and asks no sooner than it may.
	expect(sent.filter(({ status }) => status === 429)).toEqual([]);
});
