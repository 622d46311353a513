import { expect, test } from 'vitest';
import type { GuildHandle, UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { isBanned } from '../support/restrictionPlace.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

async function place() {
	const guild = await shared.house.discord.guild({ members: ['ana'], channels: ['doomed', 'general'] });
	return { guild, owner: guild.owner, doomed: guild.channel('doomed'), general: guild.channel('general') };
}

/** Orders the ban of somebody who is not in the server; answers while the bot still looks whether he is. */
async function isLookedUp({ id, owner, channel }: GuildHandle, who: UserDriver) {
	const { discord } = shared.house;
	await discord.faults.rest('slow', { method: 'GET', path: `^/guilds/${id}/members/${who.id}`, ms: 1_500 });
	await owner.send(channel('doomed'), `;ban ${who.id}`);
	await eventually('he was found', async () => (await discord.requests(({ path }) => path === `/users/${who.id}`)).length > 0);
}

/** The bot has come to its end with what was asked of it before, without an error that nobody expected. */
async function nothingWentWrong() {
	const { discord } = shared.house;
	const { owner, channel } = await discord.guild();
	await owner.send(channel('general'), ';uptime');
	await owner.expectMessage(channel('general'), /./);
	expect((await shared.db.errorReport.findMany()).map(({ trace }) => trace)).toEqual([]);
}

test('an order is carried out when its channel is deleted before the answer, which is not missed', async () => {
	const { guild, owner, doomed, general } = await place();
	const gone = await shared.house.discord.user('gone');
	await isLookedUp(guild, gone);
	await owner.api.delete(`/channels/${doomed.id}`);
	const kept = { guildId: BigInt(guild.id), userId: BigInt(gone.id) };
	await eventually('the case is kept', async () => (await shared.db.moderationCase.count({ where: kept })) > 0);
	expect(await isBanned(guild, gone)).toBe(true);
	await owner.send(general, ';case 1');
	await owner.expectMessage(general, /Case #1 \| Ban/);
	await nothingWentWrong();
});

test.each([';ban 999999999999999999', ';nuke', ';lock', ';afk', ';no-such-thing'])(
	'%s in a channel that is deleted in the same moment is no error',
	async (order) => {
		const { owner, doomed } = await place();
		await owner.send(doomed, order);
		await owner.api.delete(`/channels/${doomed.id}`);
		await nothingWentWrong();
	}
);

test('an order in a server that the bot has to leave before its answer is no error', async () => {
	const { guild, owner } = await place();
	const { discord } = shared.house;
	const gone = await discord.user('gone');
	await isLookedUp(guild, gone);
	await owner.api.delete(`/guilds/${guild.id}/members/${discord.description.applicationId}`);
	await nothingWentWrong();
});

test.each([';ban 999999999999999999', ';lock', ';afk'])(
	'%s in a server that the bot has to leave in the same moment is no error',
	async (order) => {
		const { guild, owner, general } = await place();
		await owner.send(general, order);
		await owner.api.delete(`/guilds/${guild.id}/members/${shared.house.discord.description.applicationId}`);
		await nothingWentWrong();
	}
);
