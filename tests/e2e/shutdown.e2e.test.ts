import { describe, expect, test } from 'vitest';
import { leavesNoSession } from '../support/databases.js';
import { openHouse } from '../support/house.js';

describe('an end', () => {
	test('ends at once at the second signal', async () => {
		await using house = await openHouse();
		const { bot } = house;
		// A gateway that does not answer keeps the first one waiting.
		bot?.child.kill('SIGTERM');
		await bot?.said(/SIGTERM: closing/);
		bot?.child.kill('SIGTERM');
		const ended = await bot?.exit;
		expect([0, 130]).toContain(ended?.code);
	});

	test('a broken pipe at its output does not stop the bot', async () => {
		await using house = await openHouse();
		const { bot } = house;
		bot?.child.stdout?.destroy();
		bot?.child.stderr?.destroy();
		const { home } = house.discord;
		await home.owner.connect();
		for (let count = 0; count < 3; count++) await home.owner.send(home.channel('general'), ';ping');
		await home.owner.expectMessage(home.channel('general'), (message) => /Pong/.test(JSON.stringify(message)));
		expect(bot?.running).toBe(true);
		bot?.child.kill('SIGTERM');
		expect(await bot?.exit).toEqual({ code: 0, signal: null });
		await leavesNoSession(house.database);
	});
});

test('an end by SIGINT while many use the bot finishes within ten seconds: what was promised is stored, and what was stored was promised', async () => {
	await using house = await openHouse();
	const names = Array.from({ length: 40 }, (_, index) => `busy${index}`);
	const { members, ...guild } = await house.discord.guild({ members: names });
	const general = guild.channel('general');
	const [first] = members;
	await Promise.all(members.map((member) => member.connect()));
	const said = Promise.all(members.map((member) => member.send(general, `;remind 1h ${member.name}`)));
	await first?.expectMessage(general, (message) => message.isBot);

	const start = performance.now();
	house.bot?.child.kill('SIGINT');
	expect(await house.bot?.exit).toEqual({ code: 0, signal: null });
	expect(performance.now() - start).toBeLessThan(10_000);
	await leavesNoSession(house.database);
	await said;
	const { prisma } = await house.database.open();
	const stored = (await prisma.reminder.findMany({ select: { text: true } })).map(({ text }) => text).sort();
	const answers = Object(await guild.owner.api.get(`/channels/${general.id}/messages?limit=100`));
	const promised = JSON.stringify(answers).match(/(?<=I will remind you[^*]*\*\*)busy\d+/g) ?? [];
	expect([...promised].sort()).toEqual(stored);
	expect(stored.length).toBeGreaterThan(0);
	expect(house.output).not.toMatch(/did not close well|Unexpected error|"level":"error"/);
});
