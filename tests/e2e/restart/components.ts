import { expect } from 'vitest';
import { asksToBeForgotten } from '../../support/questions.js';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function componentsStories(here: TogetherHouse): void {
	async function somebody() {
		const { members, channel } = await here.house.discord.guild({ members: ['ana'] });
		const [ana] = members;
		if (ana === undefined) throw new Error('The server has no members');
		return { ana, general: channel('general') };
	}

	here.story('a question that nobody answered does not hold up the end of the process, and cannot be answered any more', async () => {
		const { ana, general } = await somebody();
		const question = await asksToBeForgotten(ana, general);
		await here.end();
		expect(JSON.stringify((await ana.read(question)).components)).not.toContain('"disabled":false');
	});

	here.story('a question from before a crash has expired and does nothing', async () => {
		const { ana, general } = await somebody();
		// An end would have made it grey.
		await here.end();
		const question = await asksToBeForgotten(ana, general);
		await here.crash();
		const press = await ana.click(question, 'Yes');
		expect(press).toMatchObject({ ephemeral: true, failed: false });
		expect(press.text).toContain('This has expired.');
		expect(await here.db.selfPrefix.count({ where: { userId: BigInt(ana.id) } })).toBe(1);
	});
}
