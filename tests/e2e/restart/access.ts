import { expect } from 'vitest';
import { accessPlace, answered, botIn, botLeaves } from '../../support/accessPlace.js';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function accessStories(here: TogetherHouse): void {
	const place = (spec = {}) => accessPlace(here.house, here.runners, spec);

	// from access
	here.story('a ban for a while ends by itself, and survives a restart until then; diagnose names it', async () => {
		const { staff } = here.runners;
		const { guild, ana, general, lounge } = await place();
		await staff.connect();
		await staff.send(general, `;blacklist ${ana.mention} 4h`);
		await staff.expectMessage(general, /<@\d+> cannot use me until <t:\d+:f>/);

		await guild.owner.send(lounge, `;diagnose ping <#${lounge.id}> ${ana.mention}`);
		const why = await guild.owner.expectMessage(lounge, /Something stands in the way/);
		expect(why.text).toMatch(/Not on the blacklist.*You are on my blacklist, so you cannot use me until <t:\d+:f>/);

		await here.outage();
		await ana.send(lounge, ';ping');
		await ana.expectMessage(lounge, /You are on my blacklist, so you cannot use me until/);
		await here.hour();
		await here.hour();
		await answered(ana, lounge, ';ping', /Pong/);
	});

	// from access
	here.story('a server can be put on the blacklist from inside; one added while the bot was away is left at the start', async () => {
		const { owner } = here.runners;
		await owner.connect();
		const there = await place();
		const away = await place({ bot: false });
		const office = await place();
		await there.guild.owner.connect();
		const left = botLeaves(here.house, there);
		await owner.send(there.general, `;blacklistg ${there.guild.id}`);
		await owner.expectMessage(there.general, /This server is on the blacklist. I am leaving it/);
		await left;
		await owner.send(office.general, `;blacklistg ${away.guild.id}`);
		await owner.expectMessage(office.general, /is on the blacklist. I was not in it/);

		const again = botLeaves(here.house, away);
		await here.end(async () => {
			await away.guild.owner.inviteBot(away.guild.id);
			expect(await botIn(here.house, away)).toBe(true);
		});
		await again;
		expect(await botIn(here.house, away)).toBe(false);
	});
}
