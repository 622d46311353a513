import { expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
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

/** Work of a module that a newer version of the bot has and this one has not: as it lies in the database after going back. */
async function leftOver(guildId: string, actor: UserDriver, channelId: string, messageId: string, count: number): Promise<number> {
	const prisma = shared.db;
	const at = new Date(await shared.house.discord.clock.now());
	const job = await prisma.job.create({
		data: {
			kind: 'future.all',
			guildId: BigInt(guildId),
			channelId: BigInt(channelId),
			messageId: BigInt(messageId),
			actorId: BigInt(actor.id),
			locale: 'en-US',
			titleKey: 'jobs:cancel',
			titleValues: {},
			permission: 'ManageRoles',
			payload: {},
			total: count,
			startedAt: at,
			items: { create: Array.from({ length: count }, (_, index) => ({ position: index + 1, key: String(200 + index) })) }
		}
	});
	await prisma.scheduledTask.create({ data: { kind: 'jobRun', key: String(job.id), guildId: BigInt(guildId), dueAt: at } });
	return job.id;
}

async function withMessage(person: UserDriver, channel: { id: string }) {
	await person.send(channel, ';prefix view');
	return person.expectMessage(channel, /prefix/i);
}

/** More than two bulk deletes of messages. */
async function withMuchTalk() {
	const here = await place();
	const { ana, bea, general } = here;
	for (let index = 0; index < 125; index += 1) await Promise.all([ana.send(general, `tea ${index}`), bea.send(general, `cake ${index}`)]);
	/** Discord shows a hundred at once. */
	const left = async (before?: string): Promise<number> => {
		const page = await here.guild.owner.api.get(
			`/channels/${general.id}/messages?limit=100${before === undefined ? '' : `&before=${before}`}`
		);
		const messages = (Array.isArray(page) ? page : []).map((message) => Object(message));
		const last: unknown = messages.at(-1)?.id;
		const talk = messages.filter(({ content }) => /^(tea|cake) /.test(String(content))).length;
		return talk + (typeof last === 'string' ? await left(last) : 0);
	};
	const deletions = () =>
		shared.house.discord.requests(({ method, path }) => method === 'POST' && path.includes(`${general.id}/messages/bulk-delete`));
	return { ...here, owner: here.guild.owner, left, deletions };
}

test('killed half-way the work goes on after the start, in the same message, and counts everything once', async () => {
	const { guild, owner, general, left, deletions } = await withMuchTalk();
	await owner.send(general, ';purge 250');
	await owner.click(await owner.expectMessage(general, /Delete 250 messages\?/), 'Yes');
	const progress = await owner.expectMessage(general, /Delete messages/);
	await eventually('the first hundred are gone', async () => (await deletions()).length > 0, 15_000);
	await shared.house.kill();
	expect((await deletions()).length).toBeLessThan(3);
	await shared.house.start();
	const ended = await owner.expectEdit(progress, /Finished\./, 30_000);
	expect(ended.text).toMatch(/Done\n250$/);
	expect(ended.components).toEqual([]);
	expect(await left()).toBe(0);
	const prisma = shared.db;
	const where = { guildId: BigInt(guild.id) };
	expect(await prisma.job.findMany({ where })).toMatchObject([{ state: 'done', total: 250, done: 250, failed: 0 }]);
	expect(await prisma.moderationCase.findMany({ where })).toMatchObject([{ details: { count: 250 } }]);
	expect(await prisma.scheduledTask.count({ where: { ...where, kind: 'jobRun' } })).toBe(0);
});

test('the one who started it by slash stops it: what was done stays done, and the rest is untouched', async () => {
	const { guild, owner, cid, general, left } = await withMuchTalk();
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
	const message = await withMessage(ana, general);
	const id = await leftOver(guild.id, ana, general.id, message.id, 3);
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

test('work that this version does not know waits through the usual tries and is given up, so that it does not stand in the way for ever', async () => {
	const { guild, ana, general } = await place();
	const message = await withMessage(ana, general);
	const id = await leftOver(guild.id, ana, general.id, message.id, 2);
	const tries = /I try again <t:(\d+):R>/;
	let seen = (await ana.expectEdit(message, tries)).text;
	for (const minutes of [1, 5, 30]) {
		await shared.house.passTime({ minutes, seconds: 1 });
		const before = seen;
		seen = (await ana.expectEdit(message, (now) => tries.test(now.text) && now.text !== before)).text;
	}
	await shared.house.kill();
	await shared.house.start();
	await shared.house.passTime({ hours: 2, seconds: 1 });
	const ended = await ana.expectEdit(message, /I had to give up/);
	expect(ended.text).toMatch(/Failed\n2/);
	expect(ended.components).toEqual([]);
	const [file] = ended.attachments;
	expect(file).toMatchObject({ filename: 'failed.txt' });
	const prisma = shared.db;
	expect(await prisma.job.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'failed', failed: 2 });
});
