import { expect } from 'vitest';
import type { GuildHandle } from '../../../emulator/driver/index.js';
import { bansOf, strangers } from '../../support/crowds.js';
import { eventually } from '../../support/eventually.js';
import { aChannel, picture, saysYes, serverOfChannels } from '../../support/manyChannels.js';
import { muchTalk } from '../../support/muchTalk.js';
import { staffedServer } from '../../support/staff.js';
import type { TogetherHouse } from '../../support/togetherHouse.js';

/** Mass work that is under way when the bot is killed. */
export function halfWayStories(here: TogetherHouse): void {
	/** Discord answers such requests no more until the bot is killed: the work stays half-way while others come to that point. */
	const holds = (path: string) => here.house.discord.faults.rest('slow', { path, times: -1, ms: 3_600_000 });
	const crash = () => here.crash(() => here.house.discord.faults.clear());

	const locked = ({ id }: GuildHandle) => here.db.channelLock.count({ where: { guildId: BigInt(id), everywhere: true } });
	const holdsLocks = ({ channels }: GuildHandle) => holds(`^/channels/(?:${channels.map(({ id }) => id).join('|')})/permissions/`);
	const rooms = Array.from({ length: 20 }, (_, index) => aChannel(`room-${index}`));
	const typesOf = async ({ id }: GuildHandle) => {
		const cases = await here.db.moderationCase.findMany({ where: { guildId: BigInt(id) }, orderBy: { number: 'asc' } });
		return cases.map(({ type, state }) => `${type} ${state}`);
	};

	here.story('killed while it locks all channels the bot goes on, and nothing of what was there before is lost', async () => {
		await here.end();
		const { guild, ada, bob } = await serverOfChannels(here.house, rooms);
		const office = guild.channel('office');
		const before = await picture(guild);
		await ada.send(office, ';lockall raid');
		await ada.click(await ada.expectMessage(office, /Shall I lock 27 channels/), 'Yes');
		const progress = await ada.expectMessage(office, /of 27/);
		await eventually('some are locked', async () => (await locked(guild)) >= 4);
		await holdsLocks(guild);
		await crash();
		expect((await ada.expectEdit(progress, /Finished/, 45_000)).text).toMatch(/Done\n27/);
		expect((await guild.owner.messages(guild.channel('room-0'))).length).toBe(1);
		await bob.send(office, ';unlock all');
		await saysYes(bob, office, /Shall I unlock 27 channels/);
		expect(await picture(guild)).toBe(before);
		expect(await typesOf(guild)).toEqual(['lockall undone', 'unlockall active']);
	});

	here.story('killed while it unlocks all channels the bot goes on, and everything is as it was', async () => {
		await here.end();
		const { guild, ada, bob } = await serverOfChannels(here.house, rooms);
		const office = guild.channel('office');
		const before = await picture(guild);
		await ada.send(office, ';lockall quiet');
		await saysYes(ada, office, /Shall I lock 27 channels/);
		await bob.send(office, ';unlock all');
		await bob.click(await bob.expectMessage(office, /Shall I unlock 27 channels/), 'Yes');
		const progress = await bob.expectMessage(office, /of 27/);
		await eventually('some are open', async () => (await locked(guild)) < 24);
		await holdsLocks(guild);
		await crash();
		await bob.expectEdit(progress, /Finished/, 45_000);
		expect(await picture(guild)).toBe(before);
		expect(await typesOf(guild)).toEqual(['lockall undone', 'unlockall active']);
	});

	here.story('killed while it deletes messages the bot goes on in the same message, and counts everything once', async () => {
		await here.end();
		const { guild, owner, general, left } = await muchTalk(here.house);
		await owner.send(general, ';purge 250');
		await owner.click(await owner.expectMessage(general, /Delete 250 messages\?/), 'Yes');
		const progress = await owner.expectMessage(general, /Delete messages/);
		await eventually('the first hundred are gone', async () => (await left()) < 250, 15_000);
		await holds(`^/channels/${general.id}/messages/bulk-delete$`);
		await crash();
		const ended = await owner.expectEdit(progress, /Finished\./, 30_000);
		expect(ended.text).toMatch(/Done\n250$/);
		expect(ended.components).toEqual([]);
		expect(await left()).toBe(0);
		const where = { guildId: BigInt(guild.id) };
		expect(await here.db.job.findMany({ where })).toMatchObject([{ state: 'done', total: 250, done: 250, failed: 0 }]);
		expect(await here.db.moderationCase.findMany({ where })).toMatchObject([{ details: { count: 250 } }]);
		expect(await here.db.scheduledTask.count({ where: { ...where, kind: 'jobRun' } })).toBe(0);
	});

	here.story('killed while it bans hundreds of ids from a file the bot goes on, and each is banned once', async () => {
		await here.end();
		const server = await staffedServer(here.house, []);
		const { admin, general } = server;
		const ids = await strangers(here.house, 450, 'flood');
		await admin.send(general, ';massban', [{ name: 'raid.txt', data: `id,name\n${ids.map((id) => `${id},x`).join('\n')}` }]);
		await admin.click(await admin.expectMessage(general, /Ban 450 people\?/), 'Yes');
		const progress = await admin.expectMessage(general, /Ban 450 people/);
		await eventually('the first are banned', async () => (await bansOf(server)).size >= 200);
		await holds(`^/guilds/${server.id}/bulk-ban$`);
		await crash();
		await admin.expectEdit(progress, /Finished\./, 30_000);
		expect(await bansOf(server)).toEqual(new Set(ids));
		const cases = await here.db.moderationCase.findMany({ where: { guildId: BigInt(server.id), auditEntryId: null } });
		expect(cases).toMatchObject([{ type: 'massban', details: { total: 450, done: 450, failed: 0, skipped: 0 } }]);
	});
}
