import { expect, test } from 'vitest';
import { pages, sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

async function place() {
	const guild = await shared.house.discord.guild({ members: ['ana'], channels: ['general'] });
	const [ana] = guild.members;
	if (!ana) throw new Error('Nobody is there');
	return { guild, ana, general: guild.channel('general') };
}

test('anybody sees who the bot is, by prefix and every other name, by slash, and directly', async () => {
	const { ana, general } = await place();
	for (const line of [';botinfo', ';bi']) {
		await ana.send(general, line);
		const about = await ana.expectMessage(general, /About Evict/);
		expect(about.text).toMatch(/Evict \d+\.\d+\.\d+, discord\.js 14\.\d+\.\d+, Node \d+/);
	}
	const { text, ephemeral } = await ana.slash(general, 'botinfo');
	expect(text).toContain('Commands');
	expect(ephemeral).toBe(false);
});

test('the invite asks for what commands need and never for administrator', async () => {
	const { ana, general } = await place();
	await ana.send(general, ';support');
	const { text } = await ana.expectMessage(general, /invite link/);
	expect(text).toContain(pages.support);
	const permissions = BigInt(/permissions=(\d+)/.exec(text)?.[1] ?? '8');
	expect(permissions & 8n).toBe(0n);
	expect(permissions & 2048n).toBe(2048n);

	const direct = await ana.dm(shared.house.discord.description.applicationId);
	await ana.send(direct, ';invite');
	await ana.expectMessage(direct, /invite link/);
	const picked = await ana.slash(general, 'invite');
	expect(picked.text).toContain(pages.support);
	expect(/permissions=(\d+)/.exec(picked.text)?.[1]).toBe(String(permissions));
});
