import { expect, test } from 'vitest';
import { asksToBeForgotten } from '../support/questions.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

async function aServer() {
	const guild = await shared.house.discord.guild({ members: ['ana', 'bob'] });
	const [ana, bob] = guild.members;
	if (ana === undefined || bob === undefined) throw new Error('The server has no members');
	return { ana, bob, general: guild.channel('general') };
}

test('only the asker answers a question, and pressing twice at once counts once', async () => {
	const { ana, bob, general } = await aServer();
	const question = await asksToBeForgotten(ana, general);
	const other = await bob.click(question, 'Yes');
	expect(other).toMatchObject({ ephemeral: true });
	expect(other.text).toContain('Only the person who used the command can do this.');

	const presses = await Promise.allSettled([ana.click(question, 'Yes'), ana.click(question, 'Yes')]);
	// On a slow machine the button is grey before the second press arrives, and Discord itself says no.
	const said = presses.map((press) => (press.status === 'fulfilled' ? press.value.text : String(press.reason)));
	expect(said.filter((text) => /This has expired\.|COMPONENT_DISABLED|component is disabled/.test(text))).toHaveLength(1);
	await ana.expectMessage(general, 'I deleted');
	await expect.poll(async () => JSON.stringify((await ana.read(question)).components)).not.toContain('"disabled":false');
	const prisma = shared.db;
	expect(await prisma.selfPrefix.count({ where: { userId: BigInt(ana.id) } })).toBe(0);
});

test('a pager is turned by its owner alone: by button, by number, and away', async () => {
	const { ana, bob, general } = await aServer();
	await ana.send(general, ';help prefix');
	const pages = await ana.expectMessage(general, 'Page 1 of 3');
	expect((await bob.click(pages, '▶️')).text).toContain('Only the person who used the command can do this.');
	await ana.click(pages, '▶️');
	await ana.expectEdit(pages, 'Page 2 of 3');

	const wrong = await ana.submitModal(await ana.click(pages, '🔢'), { page: '4' });
	expect(wrong).toMatchObject({ ephemeral: true });
	expect(wrong.text).toContain('Give a whole number from 1 to 3.');
	await ana.submitModal(await ana.click(pages, '🔢'), { page: '3' });
	await ana.expectEdit(pages, 'Page 3 of 3');

	const gone = ana.expectEvent('MESSAGE_DELETE', (data) => data['id'] === pages.id);
	await ana.click(pages, '🗑️');
	await gone;
});
