import { expect } from 'vitest';
import { leftOverJob, messageOfBot } from '../../support/leftOverJob.js';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function jobsStories(here: TogetherHouse): void {
	here.story(
		'work that this version does not know waits through the usual tries and is given up, so that it does not stand in the way for ever',
		async () => {
			const { id: guildId, members, channel } = await here.house.discord.guild({ members: ['ana'] });
			const [ana] = members;
			if (!ana) throw new Error('The server has no members');
			const message = await messageOfBot(ana, channel('general'));
			const id = await leftOverJob(here, { guildId, actor: ana, message, count: 2 });
			const tries = /I try again <t:(\d+):R>/;
			let seen = (await ana.expectEdit(message, tries)).text;
			// After one, five and thirty minutes.
			for (const later of [here.minutes, here.outage, here.hour]) {
				await later();
				const before = seen;
				seen = (await ana.expectEdit(message, (now) => tries.test(now.text) && now.text !== before)).text;
			}
			await here.hour();
			await here.hour();
			const ended = await ana.expectEdit(message, /I had to give up/);
			expect(ended.text).toMatch(/Failed\n2/);
			expect(ended.components).toEqual([]);
			const [file] = ended.attachments;
			expect(file).toMatchObject({ filename: 'failed.txt' });
			expect(await here.db.job.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'failed', failed: 2 });
		}
	);
}
