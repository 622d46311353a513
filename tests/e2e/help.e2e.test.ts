import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SeenMessage } from '../../emulator/driver/index.js';
import { type House, openHouse } from '../support/house.js';

const support = 'https://support.example/evict';
const website = 'https://commands.example/evict';
let house: House;

beforeAll(async () => {
	house = await openHouse({ env: { SUPPORT_SERVER: support, COMMANDS_URL: website } });
});
afterAll(async () => {
	await house.discord.expectNoFaults();
	await house[Symbol.asyncDispose]();
});

/** The placeholder of the first select, by which a person finds it. */
function selectOf(message: SeenMessage): string {
	return /"placeholder":"([^"]+)"/.exec(JSON.stringify(message.components))?.[1] ?? '';
}

test('the menu leads to every category, also after a restart; somebody else gets a copy of his own', async () => {
	const guild = await house.discord.guild({ members: ['ana', 'bob'] });
	const [ana, bob] = guild.members;
	const general = guild.channel('general');
	if (ana === undefined || bob === undefined) throw new Error('The server has no members');
	await ana.send(general, ';h');
	const menu = await ana.expectMessage(general, 'Evict Command Menu');
	expect(menu.text).toContain(support);
	expect(menu.text).toContain(website);

	await house.stop();
	await house.start();
	const copy = await bob.select(menu, selectOf(menu), ['prefixes']);
	expect(copy).toMatchObject({ ephemeral: true });
	expect(copy.text).toContain('🔒 `;prefix`');
	expect((await ana.read(menu)).text).toContain('Evict Command Menu');

	await ana.select(menu, selectOf(menu), ['prefixes']);
	await ana.expectEdit(menu, '`;selfprefix` Set a prefix that only you use');
	const owners = await guild.owner.select(menu, selectOf(menu), ['prefixes']);
	expect(owners.text).not.toContain('🔒');
});

test('a group has a page per command, a command one page, a category a list, a wrong name its neighbours', async () => {
	const guild = await house.discord.guild({ members: ['ana', 'bob'] });
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

test('by slash the names are offered, and it works in direct messages', async () => {
	const guild = await house.discord.guild({ members: ['ana'] });
	const [ana] = guild.members;
	if (ana === undefined) throw new Error('The server has no members');
	const choices = await ana.autocomplete(guild.channel('general'), 'help', { command: 'self' }, 'command');
	expect(choices).toContainEqual({ name: 'selfprefix', value: 'selfprefix' });
	const direct = await ana.dm(house.discord.description.applicationId);
	expect((await ana.slash(direct, 'help', { command: 'selfprefix' })).text).toContain(';selfprefix <prefix>');
	await ana.send(direct, ';help');
	await ana.expectMessage(direct, 'Evict Command Menu');
});

test('what a person types into help comes back harmless', async () => {
	const guild = await house.discord.guild({ members: ['ana'] });
	const [ana] = guild.members;
	const general = guild.channel('general');
	await ana?.send(general, ';help @everyone `x` [a](https://evil.example) <@&1>');
	const answer = await ana?.expectMessage(general, 'I have no command called');
	expect(answer).toMatchObject({ mentions: [], mentionsEveryone: false });
});
