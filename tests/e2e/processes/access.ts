import { expect, test } from 'vitest';
import { answered, botLeaves } from '../../support/accessPlace.js';
import type { TwoProcesses } from '../../support/twoProcesses.js';

export function accessStories(pair: TwoProcesses): void {
	test('what is told to one the other keeps to at once, and a server of the other is left too', async () => {
		await pair.bothRun();
		const { chief, first, second } = pair;
		await chief.connect();
		const ana = await first.discord.user('ana');
		const on = async (shard: 0 | 1) => {
			const guild = await pair.serverOn(shard, { members: [chief, ana] });
			return { guild, general: guild.channel('general') };
		};
		const [here, there] = [await on(0), await on(1)];
		await ana.send(there.general, ';ping');
		await ana.expectMessage(there.general, /Pong/);

		await chief.send(here.general, `;blacklist ${ana.mention}`);
		await chief.expectMessage(here.general, /cannot use me any more/);
		await answered(ana, there.general, ';ping', /You are on my blacklist/);

		const left = botLeaves(first, there, chief);
		await chief.send(here.general, `;blacklistg ${there.guild.id}`);
		await chief.expectMessage(here.general, /I have left it/);
		await left;
		expect(second.bot?.running).toBe(true);
	});
}
