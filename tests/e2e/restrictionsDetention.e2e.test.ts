import { describe, expect, test } from 'vitest';
import type { GuildHandle, UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { answering, botMay, restrictionPlace, restrictionsOf } from '../support/restrictionPlace.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const place = (options = {}) => restrictionPlace(shared.house, options);
const voiceOf = async ({ id, owner }: GuildHandle, user: { readonly id: string }) =>
	(await owner.api.object(`/guilds/${id}/voice-states/${user.id}`).catch(() => null))?.['channel_id'] ?? null;
const isIn = (guild: GuildHandle, user: UserDriver, channel: { readonly id: string }) => async () =>
	(await voiceOf(guild, user)) === channel.id;
const moves = async (user: UserDriver) =>
	(await shared.house.discord.requests(({ method, path }) => method === 'PATCH' && path.endsWith(`/members/${user.id}`))).length;
describe('the naughty corner', () => {
	test('keeps a member wherever he goes, until he is freed', async () => {
		const { guild, owner, ana, bea, cleo, dora, emil, general, second, lounge, corner } = await place();
		await ana.joinVoice(lounge);
		await bea.joinVoice(lounge);
		await cleo.send(general, `;naughtycorner add <@${ana.id}>`);
		await cleo.expectMessage(general, /There is no naughty corner here/);
		await ana.send(general, ';nc setup corner');
		await ana.expectMessage(general, /You need these permissions for that: Manage Server/);
		await cleo.send(general, ';detention set general');
		await cleo.expectMessage(general, /not the right kind of channel/);
		const set = await dora.slash(general, 'restrict detention setup', { channel: corner.id });
		expect(set.text).toContain(`<#${corner.id}> is the naughty corner`);
		await cleo.send(general, ';nc configure corner');
		await cleo.expectMessage(general, /is the naughty corner already/);

		await bea.send(second, `;nc add <@${ana.id}>`);
		await bea.expectMessage(second, /You need these permissions for that/);
		await dora.send(second, `;nc add <@${ana.id}> loud`);
		await dora.expectMessage(second, /\*\*ana\*\* is in the naughty corner/);
		await eventually('she is there', isIn(guild, ana, corner));
		await owner.api.patch(`/guilds/${guild.id}/members/${ana.id}`, { channel_id: lounge.id });
		await eventually('she is there again', isIn(guild, ana, corner));
		await ana.leaveVoice(guild.id);
		expect(await voiceOf(guild, ana)).toBe(null);
		await ana.joinVoice(lounge);
		await eventually('she is there again', isIn(guild, ana, corner));
		expect(await voiceOf(guild, bea)).toBe(lounge.id);

		await bea.send(second, ';nc list');
		await bea.expectMessage(second, /ana.*loud/);
		expect((await dora.slash(second, 'restrict detention add', { member: ana.id })).text).toContain('in the naughty corner already');
		expect((await owner.slash(second, 'restrict detention add', { member: owner.id })).text).toContain('to yourself');
		expect((await emil.slash(second, 'restrict detention add', { member: dora.id })).text).toContain('role as high as yours');
		const free = await emil.slash(second, 'restrict detention remove', { member: ana.id });
		expect(free.text).toContain('**ana** is free');
		await ana.joinVoice(lounge);
		await bea.leaveVoice(guild.id);
		expect(await voiceOf(guild, ana)).toBe(lounge.id);
		await owner.send(second, `;detention remove <@${ana.id}>`);
		await owner.expectMessage(second, /isn't in the naughty corner/);
	});

	test('closed frees everybody', async () => {
		const { guild, ana, bea, cleo, dora, general, lounge } = await place();
		await cleo.send(general, ';nc setup corner');
		await cleo.expectMessage(general, /is the naughty corner/);
		for (const member of [ana, bea]) {
			await cleo.send(general, `;nc add <@${member.id}>`);
			await cleo.expectMessage(general, /is in the naughty corner/);
		}
		await ana.send(general, ';nc unsetup');
		await ana.expectMessage(general, /You need these permissions/);
		const closed = await dora.slash(general, 'restrict detention unsetup');
		expect(closed.text).toContain('The naughty corner is closed, and 2 members are free');
		const prisma = shared.db;
		const states = await prisma.moderationCase.groupBy({ by: 'state', _count: true, where: { guildId: BigInt(guild.id), type: 'detain' } });
		expect(states).toEqual([{ state: 'undone', _count: 2 }]);
		await ana.joinVoice(lounge);
		expect(await restrictionsOf(shared.house, guild)).toEqual([]);
		await dora.send(general, ';nc unsetup');
		await dora.expectMessage(general, /There is no naughty corner here/);
		expect((await dora.slash(general, 'restrict detention members')).text).toContain('Nobody is in the naughty corner');
		expect(await voiceOf(guild, ana)).toBe(lounge.id);
	});

	test('says once that the bot may not move anybody, asks for nothing more, and goes on when it may again', async () => {
		const { guild, owner, ana, bea, cleo, dora, general, second, log, lounge, corner } = await place();
		await cleo.send(general, ';nc setup corner');
		await cleo.expectMessage(general, /is the naughty corner/);
		for (const [member, by, where] of [
			[ana, cleo, general],
			[bea, dora, second]
		] as const) {
			await by.send(where, `;nc add <@${member.id}>`);
			await by.expectMessage(where, /is in the naughty corner/);
		}
		const connect = 1n << 20n;
		await botMay(guild, answering | connect);
		await ana.joinVoice(lounge);
		await owner.expectMessage(
			log,
			/cannot bring \*\*ana\*\*.*to the naughty corner.*I need the permissions Move Members and Connect there/
		);
		expect(await voiceOf(guild, ana)).toBe(lounge.id);
		expect(await moves(ana)).toBe(1);
		// Others, and she herself again: Discord is not asked, and nobody is told a second time.
		await bea.joinVoice(lounge);
		await ana.leaveVoice(guild.id);
		await ana.joinVoice(lounge);
		await dora.send(general, ';nc list');
		await dora.expectMessage(general, /ana/);
		expect([await moves(ana), await moves(bea)]).toEqual([1, 0]);
		const notices = async () => (await owner.messages(log)).filter(({ text }) => text.includes('to the naughty corner: Discord')).length;
		expect(await notices()).toBe(1);

		await botMay(guild, answering | connect | (1n << 24n));
		await shared.house.passTime({ minutes: 11 });
		await eventually('she is there', isIn(guild, ana, corner));
		await eventually('the other one is there too', isIn(guild, bea, corner));
		expect(await notices()).toBe(1);
	});

	test('does not fight with somebody who leaves it again and again', async () => {
		const { guild, owner, ana, cleo, general, log, lounge, corner } = await place();
		await cleo.send(general, ';nc setup corner');
		await cleo.expectMessage(general, /is the naughty corner/);
		await cleo.send(general, `;nc add <@${ana.id}>`);
		await cleo.expectMessage(general, /is in the naughty corner/);
		for (let times = 1; times <= 3; times++) {
			await ana.joinVoice(lounge);
			await eventually('she is back', isIn(guild, ana, corner));
		}
		await ana.joinVoice(lounge);
		await owner.expectMessage(log, /keeps leaving the naughty corner/);
		expect(await moves(ana)).toBe(3);
		expect(await voiceOf(guild, ana)).toBe(lounge.id);
		await shared.house.passTime({ seconds: 65 });
		await eventually('she is back in the end', isIn(guild, ana, corner));
	});
});
