import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.js';
import type { House } from '../../support/house.js';
import { bit, overwritesOf, setOverwrite } from '../../support/overwrites.js';
import { shardOf, type TwoProcesses } from '../../support/twoProcesses.js';

/** A member who is muted for an hour in a channel, whose time is over soon. */
async function aMute(house: House) {
	const guild = await house.discord.guild({ members: ['ana'], channels: ['general', 'art'] });
	const [ana] = guild.members;
	if (!ana) throw new Error('The server is not complete');
	const [general, art] = [guild.channel('general'), guild.channel('art')];
	await setOverwrite(guild, art, ana.id, 1, bit.attachFiles, bit.readHistory);
	const before = await overwritesOf(guild, art);
	await guild.owner.send(general, `;imute <@${ana.id}> #art 1h`);
	await guild.owner.expectMessage(general, /can no longer send pictures/);
	await guild.owner.send(general, ';slowmode 10s #art for 1h');
	await guild.owner.expectMessage(general, /10s/);
	return { guild, general, art, before };
}

export function channelstateStories(pair: TwoProcesses): void {
	const openCases = (mutes: readonly { readonly guild: { readonly id: string } }[]) =>
		pair.db.moderationCase.count({
			where: { guildId: { in: mutes.map(({ guild }) => BigInt(guild.id)) }, state: 'active', expiresAt: { not: null } }
		});

	test('that look at the same moment act once', async () => {
		await pair.bothRun();
		const { first, db } = pair;
		const mutes = await Promise.all([aMute(first), aMute(first), aMute(first)]);
		await first.passTime({ minutes: 61 });
		const guildId = { in: mutes.map(({ guild }) => BigInt(guild.id)) };
		await eventually('all of it is over', async () => (await openCases(mutes)) === 0);
		for (const { guild, art, before } of mutes) expect(await overwritesOf(guild, art)).toEqual(before);
		const places = mutes.map(({ art }) => `/channels/${art.id}`);
		const ends = await first.discord.requests(
			({ method, path, reason }) =>
				method !== 'GET' && places.some((place) => path.startsWith(place)) && /is over/.test(String(reason ?? ''))
		);
		expect(ends.length).toBe(mutes.length * 2);
		expect(await db.caseEvent.count({ where: { guildId, kind: 'expired' } })).toBe(mutes.length * 2);
	});

	// The lock of who was killed lasts a minute.
	test('of which one is killed: the other ends what is over once, also in its servers, and goes on with its mass work', {
		timeout: 180_000
	}, async () => {
		await pair.bothRun();
		const { first, second, db } = pair;
		const mutes: Awaited<ReturnType<typeof aMute>>[] = [];
		// Until both processes serve some.
		while (mutes.length < 4 || new Set(mutes.map(({ guild }) => shardOf(guild.id))).size < 2) mutes.push(await aMute(first));
		const changesOf = async ({ art }: Awaited<ReturnType<typeof aMute>>) =>
			(await first.discord.requests(({ method, path }) => method !== 'GET' && path.startsWith(`/channels/${art.id}`))).length;
		const done = await Promise.all(mutes.map(changesOf));
		const { owner, ...guild } = await pair.serverOn(1, { channels: Array.from({ length: 12 }, (_, index) => `room-${index}`) });
		const room = guild.channel('room-0');
		await owner.send(room, ';lockall quiet');
		await owner.click(await owner.expectMessage(room, /Shall I lock 12 channels/), 'Yes');
		const progress = await owner.expectMessage(room, /of 12/);
		// Killed before it is known where the progress is shown, nobody would see the end.
		const isUnderWay = async () => (await db.job.count({ where: { messageId: BigInt(progress.id), done: { gte: 1 } } })) === 1;
		await eventually('it is under way', isUnderWay);

		await second.kill();
		await first.passTime({ minutes: 61 });
		await eventually('all of it is over', async () => (await openCases(mutes)) === 0);
		for (const { guild, art, before } of mutes) {
			expect(await overwritesOf(guild, art)).toEqual(before);
			expect(Object(await guild.owner.api.object(`/channels/${art.id}`)).rate_limit_per_user).toBe(0);
		}
		// One request each for the overwrite and for the slow mode.
		expect(await Promise.all(mutes.map(changesOf))).toEqual(done.map((count) => count + 2));
		const guildId = { in: mutes.map(({ guild }) => BigInt(guild.id)) };
		expect(await db.caseEvent.count({ where: { guildId, kind: 'expired' } })).toBe(mutes.length * 2);
		expect((await owner.expectEdit(progress, /Finished/, 100_000)).text).toMatch(/Done\n12/);
		expect(await db.moderationCase.count({ where: { guildId: BigInt(guild.id), type: 'lockall' } })).toBe(1);
	});
}
