import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const isBanned = async (guild: { id: string; owner: { api: { get(path: string): Promise<unknown> } } }, id: string) =>
	JSON.stringify(await guild.owner.api.get(`/guilds/${guild.id}/bans`)).includes(id);

test('the owner bans a member, who is told; the case has the next number; the button takes it back', async () => {
	const guild = await shared.house.discord.guild({ members: ['ana', 'bea', 'cleo'] });
	const [ana, bea] = guild.members;
	const { owner } = guild;
	const general = guild.channel('general');
	if (!ana || !bea) throw new Error('The server is not complete');

	await owner.send(general, `;ban <@${ana.id}> spam and lies`);
	const answer = await owner.expectMessage(general, /was banned/);
	expect(answer.text).toContain('Reason: spam and lies');
	expect(answer.text).toContain('Case #1');
	expect(answer.mentions).toEqual([]);
	expect(await isBanned(guild, ana.id)).toBe(true);

	const prisma = shared.db;
	const rows = await prisma.moderationCase.findMany({ where: { guildId: BigInt(guild.id) } });
	expect(rows).toMatchObject([{ number: 1, type: 'ban', userId: BigInt(ana.id), reason: 'spam and lies', state: 'active' }]);
	expect(await prisma.scheduledTask.count({ where: { guildId: BigInt(guild.id), kind: 'moderationFinish' } })).toBe(0);

	await owner.click(answer, 'Undo');
	await eventually('the ban is gone', async () => !(await isBanned(guild, ana.id)));
	await bea.send(general, `;ban <@${owner.id}>`);
	await bea.expectMessage(general, /You need these permissions for that: Ban Members/);
});
