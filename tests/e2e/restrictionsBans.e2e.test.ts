import { describe, expect, test } from 'vitest';
import type { GuildHandle } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { invite, isBanned, unban } from '../support/restrictionPlace.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const administrator = '8';

async function place() {
	const guild = await shared.house.discord.guild({
		members: ['ana', 'bea', 'cleo', 'dora'],
		channels: ['general', 'log'],
		roles: [{ name: 'Admin', permissions: administrator }]
	});
	const [ana, bea, cleo, dora] = guild.members;
	const admin = guild.roles[0];
	if (!ana || !bea || !cleo || !dora || !admin) throw new Error('The server is not complete');
	const { owner } = guild;
	await owner.api.put(`/guilds/${guild.id}/members/${cleo.id}/roles/${admin.id}`);
	await owner.api.put(`/guilds/${guild.id}/members/${dora.id}/roles/${admin.id}`);
	return { guild, owner, ana, bea, cleo, dora, admin, general: guild.channel('general'), log: guild.channel('log') };
}

const rows = async (guild: GuildHandle) => {
	const prisma = shared.db;
	return prisma.memberRestriction.findMany({ where: { guildId: BigInt(guild.id) } });
};
const useLog = async ({ owner, ...guild }: GuildHandle) => {
	const log = guild.channel('log');
	await owner.connect();
	await owner.send(log, `;modlog <#${log.id}>`);
	await owner.expectMessage(log, /Cases are now shown here/);
};

describe('a hard-ban', () => {
	test('survives an unban by hand; the log says how to lift it, and hardunban does', async () => {
		const { guild, owner, ana, cleo, dora, general, log } = await place();
		await useLog(guild);
		await owner.connect();
		await cleo.send(general, `;hardban <@${ana.id}> came back with new accounts`);
		const answer = await cleo.expectMessage(general, /was banned, and stays banned until `hardunban`/);
		expect(answer.text).toContain('Reason: came back with new accounts');
		expect(answer.mentions).toEqual([]);
		expect(await isBanned(guild, ana)).toBe(true);
		expect(await rows(guild)).toMatchObject([{ kind: 'hardban', userId: BigInt(ana.id), userName: 'ana', actorId: BigInt(cleo.id) }]);

		await unban(guild, owner, ana);
		await eventually('she is banned again', () => isBanned(guild, ana));
		const note = await owner.expectMessage(log, /was unbanned but is hard-banned, so I banned them again/);
		expect(note.text).toContain(`hardunban ${ana.id}`);
		expect(note.mentions).toEqual([]);
		const reasons = JSON.stringify(await owner.api.get(`/guilds/${guild.id}/bans/${ana.id}`));
		expect(reasons).toContain(`hard banned by cleo`);

		await dora.send(general, `;unban ${ana.id}`);
		await dora.expectMessage(general, /is hard-banned. To let them back in, use `hardunban/);
		await cleo.send(general, `;hardban ${ana.id}`);
		await cleo.expectMessage(general, /\*\*ana\*\* is hard-banned already/);
		const list = await dora.slash(general, 'restrict hardban list');
		expect(list.text).toMatch(new RegExp(`ana.*${ana.id}.*by <@${cleo.id}>.*came back with new accounts`));

		const lifted = await owner.slash(general, 'restrict hardban remove', { user: ana.id, reason: 'sorry' });
		expect(lifted.text).toContain('**ana** may come back.');
		expect(await isBanned(guild, ana)).toBe(false);
		expect(await rows(guild)).toEqual([]);
		const again = await owner.slash(general, 'restrict hardban remove', { user: ana.id });
		expect(again.text).toContain('**ana** is not hard-banned');
		// Nothing comes after it that bans her again.
		await ana.join(await invite(owner, general));
		await ana.send(general, ';ping');
		await ana.expectMessage(general, /Pong/);
		const prisma = shared.db;
		const cases = await prisma.moderationCase.findMany({
			// What the owner did by hand has cases of its own.
			where: { guildId: BigInt(guild.id), auditEntryId: null },
			orderBy: { number: 'asc' }
		});
		expect(cases.map(({ type, state }) => [type, state])).toEqual([
			['hardban', 'undone'],
			['unhardban', 'active']
		]);
	});

	test('is for administrators; nobody bans himself, the bot, the owner or somebody above him', async () => {
		const { guild, owner, ana, bea, cleo, dora, general } = await place();
		await ana.send(general, `;hardban <@${bea.id}>`);
		await ana.expectMessage(general, /You need these permissions for that: Administrator/);
		expect((await ana.slash(general, 'mydata')).failed).toBe(false);
		await cleo.send(general, `;hardban <@${cleo.id}>`);
		await cleo.expectMessage(general, /You cannot do that to yourself/);
		await cleo.send(general, `;hardban <@${owner.id}>`);
		await cleo.expectMessage(general, /Nobody can do that to the owner/);
		const bot = shared.house.discord.description.applicationId;
		await dora.send(general, `;hardban <@${bot}>`);
		await dora.expectMessage(general, /I will not do that to myself/);
		const above = await dora.slash(general, 'restrict hardban add', { user: cleo.id });
		expect(above.text).toContain('a role as high as yours or higher');
		await bea.send(general, ';hardbanned');
		await bea.expectMessage(general, /You need these permissions/);
		await bea.send(general, `;hardunban ${ana.id}`);
		await bea.expectMessage(general, /You need these permissions/);
		expect(await rows(guild)).toEqual([]);
	});

	test('the undo button lifts it for whoever may', async () => {
		const { guild, ana, bea, cleo, general } = await place();
		await cleo.send(general, `;hardban <@${ana.id}>`);
		const answer = await cleo.expectMessage(general, /was banned/);
		expect((await bea.click(answer, 'Undo')).text).toMatch(/You need these permissions/);
		await cleo.click(answer, 'Undo');
		await eventually('the ban is gone', async () => !(await isBanned(guild, ana)));
		expect(await rows(guild)).toEqual([]);
	});

	test('somebody who unbans again and again does not keep the bot busy, and the ban holds in the end', async () => {
		const { guild, owner, ana, cleo, general, log } = await place();
		await useLog(guild);
		await owner.connect();
		await cleo.send(general, `;hardban <@${ana.id}>`);
		await cleo.expectMessage(general, /was banned/);
		const bans = async () =>
			(await shared.house.discord.requests(({ method, path }) => method === 'PUT' && path.endsWith(`/bans/${ana.id}`))).length;
		const before = await bans();
		for (let times = 1; times <= 3; times++) {
			await unban(guild, owner, ana);
			await eventually('she is banned again', () => isBanned(guild, ana));
		}
		await unban(guild, owner, ana);
		await owner.expectMessage(log, /Somebody keeps unbanning/);
		expect(await bans()).toBe(before + 3);
		expect(await isBanned(guild, ana)).toBe(false);
		await shared.house.passTime({ seconds: 61 });
		await eventually('she is banned in the end', () => isBanned(guild, ana));
	});

	test('reset by the owner forgets the entries, and the bans stay', async () => {
		const { guild, owner, ana, bea, cleo, general } = await place();
		await cleo.send(general, `;hardban <@${ana.id}>`);
		await cleo.expectMessage(general, /was banned/);
		await cleo.slash(general, 'restrict hardban add', { user: bea.id });
		await cleo.send(general, ';hardbanreset');
		await cleo.expectMessage(general, /Only the owner of this server/);
		await owner.send(general, ';hardbanreset');
		const question = await owner.expectMessage(general, /Forget all 2 hard-bans/);
		expect((await cleo.click(question, 'Yes')).text).toMatch(/Only the person who used the command/);
		await owner.click(question, 'Yes');
		await owner.expectMessage(general, /2 hard-bans are forgotten; the bans stay/);
		expect(await rows(guild)).toEqual([]);
		expect(await isBanned(guild, ana)).toBe(true);
		await unban(guild, owner, ana);
		await owner.send(general, ';hardbanned');
		await owner.expectMessage(general, /Nobody is hard-banned here/);
		expect(await isBanned(guild, ana)).toBe(false);
		expect((await owner.slash(general, 'restrict hardban reset')).text).toContain('Nobody is hard-banned here');
	});

	test('that the bot may not keep is told at the first refusal and only then, and kept after a rest when it may again', async () => {
		const { guild, owner, ana, cleo, general, log } = await place();
		await useLog(guild);
		await owner.connect();
		await cleo.send(general, `;hardban <@${ana.id}>`);
		await cleo.expectMessage(general, /was banned/);
		const mine: unknown = await owner.api.get(`/guilds/${guild.id}/roles`);
		const role = Array.isArray(mine) ? mine.find(({ managed }) => managed) : undefined;
		await owner.api.patch(`/guilds/${guild.id}/roles/${role.id}`, { permissions: String(0x400 | 0x800 | 0x4000) });
		await unban(guild, owner, ana);
		await owner.expectMessage(log, /I cannot ban \*\*ana\*\*/);
		await owner.api.put(`/guilds/${guild.id}/bans/${ana.id}`);
		await shared.house.passTime({ minutes: 2 });
		await unban(guild, owner, ana);
		await owner.api.patch(`/guilds/${guild.id}/roles/${role.id}`, { permissions: '8' });
		await shared.house.passTime({ minutes: 13 });
		await eventually('she is banned again', () => isBanned(guild, ana));
		expect((await owner.messages(log)).filter(({ text }) => text.includes('I cannot ban'))).toHaveLength(1);
	});
});
