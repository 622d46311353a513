import { expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { leftOverJob, messageOfBot } from '../support/leftOverJob.js';
import { muchTalk } from '../support/muchTalk.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

async function place() {
	const guild = await shared.house.discord.guild({
		members: ['ana', 'bea', 'cid'],
		roles: [{ name: 'Mods', permissions: String(1 << 28) }]
	});
	const [ana, bea, cid] = guild.members;
	const [mods] = guild.roles;
	if (!ana || !bea || !cid || !mods) throw new Error('The server is not complete');
	const give = (member: UserDriver) => guild.owner.api.put(`/guilds/${guild.id}/members/${member.id}/roles/${mods.id}`);
	return { guild, ana, bea, cid, give, general: guild.channel('general') };
}

test('the one who started it by slash stops it: what was done stays done, and the rest is untouched', async () => {
	const { guild, owner, cid, general, left } = await muchTalk(shared.house);
	const asked = await owner.slash(general, 'purge messages', { amount: 250 });
	if (asked.message === null) throw new Error('Nothing was asked');
	await owner.click(asked.message, 'Yes');
	const progress = await owner.expectMessage(general, /Delete messages/);
	const second = await cid.click(progress, 'Cancel');
	expect(second).toMatchObject({ ephemeral: true });
	expect(second.text).toMatch(/You need these permissions for that: Manage Messages/);
	expect((await owner.click(progress, 'Cancel')).text).toMatch(/I stop after the step that is under way/);
	const ended = await owner.expectEdit(progress, new RegExp(`Stopped by <@${owner.id}>`));
	expect(ended.mentions).toEqual([]);
	const prisma = shared.db;
	const [job] = await prisma.job.findMany({ where: { guildId: BigInt(guild.id) } });
	expect(job).toMatchObject({ state: 'cancelled', failed: 0 });
	const rest = 250 - Number(job?.done);
	expect(rest).toBeGreaterThan(0);
	expect(await left()).toBe(rest);
});

test('work that waits is stopped by whoever may: a stranger is refused, a moderator is not', async () => {
	const { guild, ana, bea, cid, give, general } = await place();
	await give(bea);
	const message = await messageOfBot(ana, general);
	const id = await leftOverJob(shared, { guildId: guild.id, actor: ana, message, count: 3 });
	const waiting = await ana.expectEdit(message, /Something is in the way\. I try again <t:\d+:R>/);
	expect(waiting.text).toMatch(/To go\n3/);

	const refused = await cid.click(waiting, 'Cancel');
	expect(refused).toMatchObject({ ephemeral: true, failed: false });
	expect(refused.text).toMatch(/You need these permissions for that: Manage Roles/);

	const pressed = await bea.click(waiting, 'Cancel');
	expect(pressed).toMatchObject({ ephemeral: true, failed: false });
	expect(pressed.text).toMatch(/I stop after the step that is under way/);
	const stopped = await ana.expectEdit(message, new RegExp(`Stopped by <@${bea.id}>`));
	expect(stopped.text).toMatch(/To go\n3/);
	expect(stopped.components).toEqual([]);
	expect(stopped.mentions).toEqual([]);

	const prisma = shared.db;
	expect(await prisma.job.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'cancelled', cancellerId: BigInt(bea.id) });
});
