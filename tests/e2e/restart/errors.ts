import { expect } from 'vitest';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function errorsStories(here: TogetherHouse): void {
	here.story('a refusal by slash is seen by its person alone; by prefix it pings nobody, and is gone when the bot is', async () => {
		const { members, ...guild } = await here.house.discord.guild({ members: ['ana'] });
		const [ana] = members;
		if (ana === undefined) throw new Error('The server has no members');
		const channel = guild.channel('general');
		await ana.connect();
		const outcome = await ana.slash(channel, 'prefix set', { prefix: '!' });
		expect(outcome).toMatchObject({ ephemeral: true, failed: false });

		const sent = await ana.send(channel, ';prefix set !');
		const refused = await ana.expectMessage(channel, /Manage Server/);
		const [request] = await here.house.discord.requests(
			(entry) => entry.method === 'POST' && JSON.stringify(entry.body ?? null).includes(sent.id)
		);
		expect(request?.body).toMatchObject({ allowed_mentions: { parse: [], replied_user: false } });
		const deleted = ana.expectEvent('MESSAGE_DELETE', (data) => data['id'] === refused.id);
		await here.end();
		await deleted;
	});
}
