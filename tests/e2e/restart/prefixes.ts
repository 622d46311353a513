import { expect } from 'vitest';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function prefixesStories(here: TogetherHouse): void {
	here.story('an admin changes the prefix, a member may not, and it survives a kill -9', async () => {
		const { owner, members, channel } = await here.house.discord.guild({ members: ['ana', 'bob'] });
		const [ana, bob] = members;
		const general = channel('general');
		await ana?.send(general, ';prefix !');
		await ana?.expectMessage(general, 'You need these permissions for that: Manage Server.');
		await owner.send(general, ';prefix !');
		await owner.expectMessage(general, 'The prefix is `!` now. It was `;`.');
		await owner.send(general, '! prefix !');
		await owner.expectMessage(general, 'The prefix is `!` already.');

		await here.crash();
		await bob?.send(general, ';prefix view');
		await bob?.send(general, '!PREFIX View');
		const answer = await bob?.expectMessage(general, /My prefix/);
		expect(answer?.text).toContain('My prefix here is `!`.');
		expect((await bob?.messages(general))?.filter(({ text }) => text.includes('My prefix here'))).toHaveLength(1);
	});
}
