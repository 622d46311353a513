import { expect } from 'vitest';
import { selectOf } from '../../support/selects.js';
import { pages } from '../../support/sharedHouse.js';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function helpStories(here: TogetherHouse): void {
	here.story('the menu leads to every category, also after a restart; somebody else gets a copy of his own', async () => {
		const guild = await here.house.discord.guild({ members: ['ana', 'bob'] });
		const [ana, bob] = guild.members;
		const general = guild.channel('general');
		if (ana === undefined || bob === undefined) throw new Error('The server has no members');
		await ana.send(general, ';h');
		const menu = await ana.expectMessage(general, 'Evict Command Menu');
		expect(menu.text).toContain(pages.support);
		expect(menu.text).toContain(pages.commands);

		await here.end();
		const copy = await bob.select(menu, selectOf(menu), ['prefixes']);
		expect(copy).toMatchObject({ ephemeral: true });
		expect(copy.text).toContain('🔒 `;prefix`');
		expect((await ana.read(menu)).text).toContain('Evict Command Menu');

		await ana.select(menu, selectOf(menu), ['prefixes']);
		await ana.expectEdit(menu, '`;selfprefix` Set a prefix that only you use');
		const owners = await guild.owner.select(menu, selectOf(menu), ['prefixes']);
		expect(owners.text).not.toContain('🔒');
	});
}
