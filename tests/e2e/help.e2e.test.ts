import { expect, test } from 'vitest';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

test('a group has a page per command, a command one page, a category a list, a wrong name its neighbours', async () => {
	const guild = await shared.house.discord.guild({ members: ['ana', 'bob'] });
	const [ana, bob] = guild.members;
	const general = guild.channel('general');
	if (ana === undefined || bob === undefined) throw new Error('The server has no members');
	await ana.send(general, ';help prefix');
	const pages = await ana.expectMessage(general, 'module: Prefixes ・ Page 1 of 3');
	await ana.click(pages, '⏭️');
	await ana.expectEdit(pages, 'Page 3 of 3');

	await ana.send(general, ';commands ;selfprefix');
	const page = await ana.expectMessage(general, 'Slash command');
	expect(page.text).toContain(';selfprefix <prefix>');
	expect(page.components).toEqual([]);
	await ana.send(general, ';cmds Diagnostics');
	await ana.expectMessage(general, '`;ping` See how fast I answer');
	await bob.send(general, ';help selfprefx');
	await bob.expectMessage(general, 'I have no command called `selfprefx`. The nearest are `;help selfprefix`, ');
});

test('the prefix of the server before a name is forgiven', async () => {
	const guild = await shared.house.discord.guild({ members: ['ana'] });
	const [ana] = guild.members;
	const general = guild.channel('general');
	await guild.owner.send(general, ';prefix !');
	await guild.owner.expectMessage(general, /The prefix is `!` now/);
	await ana?.send(general, '!help !selfprefix');
	await ana?.expectMessage(general, '!selfprefix <prefix>');
});

test('by slash the names are offered, and it works in direct messages', async () => {
	const guild = await shared.house.discord.guild({ members: ['ana'] });
	const [ana] = guild.members;
	if (ana === undefined) throw new Error('The server has no members');
	const choices = await ana.autocomplete(guild.channel('general'), 'help', { command: 'self' }, 'command');
	expect(choices).toContainEqual({ name: 'selfprefix', value: 'selfprefix' });
	const direct = await ana.dm(shared.house.discord.description.applicationId);
	expect((await ana.slash(direct, 'help', { command: 'selfprefix' })).text).toContain(';selfprefix <prefix>');
	await ana.send(direct, ';help');
	await ana.expectMessage(direct, 'Evict Command Menu');
});

test('what a person types into help comes back harmless', async () => {
	const guild = await shared.house.discord.guild({ members: ['ana'] });
	const [ana] = guild.members;
	const general = guild.channel('general');
	await ana?.send(general, ';help @everyone `x` [a](https://evil.example) <@&1>');
	const answer = await ana?.expectMessage(general, 'I have no command called');
	expect(answer).toMatchObject({ mentions: [], mentionsEveryone: false });
});
