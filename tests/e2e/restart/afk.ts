import { expect, vi } from 'vitest';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function afkStories(here: TogetherHouse): void {
	async function place() {
		const guild = await here.house.discord.guild({ members: ['ana', 'bea'] });
		const [ana, bea] = guild.members;
		if (!ana || !bea) throw new Error('Nobody is there');
		return { ana, bea, general: guild.channel('general') };
	}

	here.story('an absence outlives a crash, with its mentions', async () => {
		const { ana, bea, general } = await place();
		await ana.send(general, ';afk tea');
		await ana.expectMessage(general, /now AFK/);
		await bea.send(general, ana.mention);
		await bea.expectMessage(general, /💤/);
		const stored = () => here.db.afk.findFirst({ where: { userId: BigInt(ana.id) } });
		await vi.waitFor(async () => expect(await stored()).toMatchObject({ mentions: 1 }), { timeout: 20_000, interval: 25 });
		await here.outage();
		await bea.send(general, ana.mention);
		await bea.expectMessage(general, /💤/);
		await ana.send(general, 'back');
		await ana.expectMessage(general, /2 mentions missed/);
	});

	here.story('seen tells when a member wrote last, before and after a restart, unless they opted out', async () => {
		const { ana, bea, general } = await place();
		await bea.send(general, `;seen ${ana.id}`);
		await bea.expectMessage(general, /haven't seen/);
		await ana.send(general, 'hello');
		const at = Math.floor((await here.house.discord.clock.now()) / 1000);
		const told = (text: string) => Number(/<t:(\d+):R>/.exec(text)?.[1] ?? 0);
		await bea.send(general, `;seen ${ana.id}`);
		const seen = await bea.expectMessage(general, /last wrote here/);
		expect(Math.abs(told(seen.text) - at)).toBeLessThanOrEqual(2);
		expect(seen.text).toContain(`<#${general.id}>`);

		await here.end();
		await here.outage();
		const bySlash = await bea.slash(general, 'seen', { member: ana });
		expect(Math.abs(told(bySlash.message?.text ?? '') - at)).toBeLessThanOrEqual(2);
		await bea.send(general, `;seen ${ana.id}`);
		expect((await bea.expectMessage(general, /last wrote here/)).text).toContain(`<#${general.id}>`);

		await ana.send(general, ';privacy seen on');
		await ana.expectMessage(general, /opted out of `seen`/);
		expect(await here.db.lastSeen.count({ where: { userId: BigInt(ana.id) } })).toBe(0);
		await bea.send(general, `;seen ${ana.id}`);
		await bea.expectMessage(general, /haven't seen/);
	});
}
