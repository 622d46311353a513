import { describe, expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { answering, botMay, invite, nickOf, restrictionPlace, restrictionsOf } from '../support/restrictionPlace.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const place = (options = {}) => restrictionPlace(shared.house, options);
const rename = (by: UserDriver, guildId: string, userId: string, nick: string | null) =>
	by.api.patch(`/guilds/${guildId}/members/${userId}`, { nick });

describe('a locked nickname', () => {
	test('is set back when anybody changes it, is there again after a return, and goes when it is unlocked', async () => {
		const { guild, owner, ana, bea, cleo, dora, general } = await place();
		await cleo.send(general, `;forcenick <@${ana.id}> Ana *Banana*`);
		const answer = await cleo.expectMessage(general, /The nickname of \*\*ana\*\* is locked to/);
		expect(answer.text).toContain('Ana \\*Banana\\*');
		expect(await nickOf(guild, ana)).toBe('Ana *Banana*');

		await rename(owner, guild.id, ana.id, 'Somebody');
		await eventually('it is set back', async () => (await nickOf(guild, ana)) === 'Ana *Banana*');
		await dora.send(general, `;nickname <@${ana.id}> Else`);
		await dora.expectMessage(general, /The nickname of \*\*ana\*\* is locked. Use `forcenick`/);

		await ana.leave(guild.id);
		await ana.join(await invite(owner, general));
		await eventually('she has it again', async () => (await nickOf(guild, ana)) === 'Ana *Banana*');

		// Another one takes its place, and is not fought by the old one.
		const other = await dora.slash(general, 'restrict nick set', { member: ana.id, nick: 'Second' });
		expect(other.text).toContain('is locked to “Second”');
		const same = await dora.slash(general, 'restrict nick set', { member: ana.id, nick: 'Second' });
		expect(same.text).toContain('locked to this one already');
		expect(await nickOf(guild, ana)).toBe('Second');
		const list = await cleo.slash(general, 'restrict nick list');
		expect(list.text).toMatch(/ana.*“Second”/);
		await bea.send(general, ';forcenick list');
		await bea.expectMessage(general, /You need these permissions for that: Manage Nicknames/);

		await cleo.send(general, `;fn <@${ana.id}>`);
		await cleo.expectMessage(general, /may choose a nickname again/);
		expect(await nickOf(guild, ana)).toBe(null);
		expect(await restrictionsOf(shared.house, guild)).toEqual([]);
		await rename(owner, guild.id, ana.id, 'Free');
		const none = await owner.slash(general, 'restrict nick set', { member: ana.id });
		expect(none.text).toContain('is not locked');
		expect(await nickOf(guild, ana)).toBe('Free');
		const prisma = shared.db;
		const cases = await prisma.moderationCase.findMany({ where: { guildId: BigInt(guild.id) }, orderBy: { number: 'asc' } });
		expect(cases.map(({ type, state }) => [type, state])).toEqual([
			['forcenick', 'superseded'],
			['forcenick', 'undone'],
			['unforcenick', 'active']
		]);
	});

	test('is locked as Discord keeps it, with one space between words', async () => {
		const { guild, ana, cleo, dora, general } = await place();
		await cleo.send(general, `;forcenick <@${ana.id}>  Ana   the \n First `);
		await cleo.expectMessage(general, /is locked to “Ana the First”/);
		expect(await restrictionsOf(shared.house, guild)).toMatchObject([{ value: 'Ana the First' }]);
		const same = await dora.slash(general, 'restrict nick set', { member: ana.id, nick: 'Ana  the First' });
		expect(same.text).toContain('locked to this one already');
	});

	test('is refused for the owner, for oneself, above oneself, and when it is too long', async () => {
		const { owner, ana, bea, cleo, dora, general } = await place();
		await bea.send(general, `;forcenick <@${ana.id}> x`);
		await bea.expectMessage(general, /You need these permissions/);
		await cleo.send(general, `;forcenick <@${owner.id}> x`);
		await cleo.expectMessage(general, /Nobody can do that to the owner/);
		await cleo.send(general, `;locknick <@${cleo.id}> x`);
		await cleo.expectMessage(general, /cannot do that to yourself/);
		await cleo.send(general, `;forcenick <@${dora.id}> x`);
		await cleo.expectMessage(general, /role as high as yours/);
		await dora.send(general, `;forcenick <@${ana.id}> ${'x'.repeat(33)}`);
		await dora.expectMessage(general, /32 characters at most/);
		const eve = await shared.house.discord.user('eve');
		await dora.send(general, `;forcenick ${eve.id} x`);
		await dora.expectMessage(general, /not in this server/);
	});

	test('a war about it ends after three times with one notice, and the locked one stands in the end', async () => {
		const { guild, owner, ana, cleo, general, log } = await place();
		await cleo.send(general, `;forcenick <@${ana.id}> Ana`);
		await cleo.expectMessage(general, /is locked/);
		const renames = async () =>
			(await shared.house.discord.requests(({ method, path }) => method === 'PATCH' && path.endsWith(`/members/${ana.id}`))).length;
		const before = await renames();
		for (let times = 1; times <= 3; times++) {
			await rename(owner, guild.id, ana.id, `War ${times}`);
			await eventually('it is set back', async () => (await nickOf(guild, ana)) === 'Ana');
		}
		for (let times = 4; times <= 8; times++) await rename(owner, guild.id, ana.id, `War ${times}`);
		await owner.expectMessage(log, /Somebody keeps changing the locked nickname/);
		expect(await renames()).toBe(before + 3);
		expect(await nickOf(guild, ana)).toBe('War 8');
		await shared.house.passTime({ seconds: 125 });
		await eventually('it is set back in the end', async () => (await nickOf(guild, ana)) === 'Ana');
	});

	test('the bot that may not set it back any more says so once and stops', async () => {
		const { guild, owner, ana, cleo, general, log } = await place();
		await cleo.send(general, `;forcenick <@${ana.id}> Ana`);
		await cleo.expectMessage(general, /is locked/);
		await botMay(guild, answering);
		for (let times = 1; times <= 5; times++) {
			await rename(owner, guild.id, ana.id, `War ${times}`);
			await shared.house.passTime({ seconds: 70 });
		}
		await owner.expectMessage(log, /I cannot set back the locked nickname/);
		expect((await owner.messages(log)).filter(({ text }) => text.includes('I cannot set back'))).toHaveLength(1);
		const tries = await shared.house.discord.requests(({ method, path }) => method === 'PATCH' && path.endsWith(`/members/${ana.id}`));
		expect(tries.length).toBeLessThanOrEqual(1 + 4);
	});

	test('all are unlocked at once by mass work that asks first, with one case', async () => {
		const { guild, owner, ana, bea, cleo, dora, general } = await place();
		await ana.send(general, ';forcenickclear');
		await ana.expectMessage(general, /You need these permissions/);
		await cleo.send(general, `;forcenick <@${ana.id}> A`);
		await cleo.expectMessage(general, /is locked/);
		await cleo.send(general, `;forcenick <@${bea.id}> B`);
		await cleo.expectMessage(general, /is locked/);
		await bea.leave(guild.id);
		await owner.send(general, ';fnclear');
		const question = await owner.expectMessage(general, /Unlock all 2 locked nicknames/);
		await owner.click(question, 'Yes');
		await eventually('nobody is locked', async () => (await restrictionsOf(shared.house, guild)).length === 0, 20_000);
		expect(await nickOf(guild, ana)).toBe(null);
		await owner.expectMessage(general, /Unlock all nicknames/);
		await dora.send(general, ';forcenickclear');
		await dora.expectMessage(general, /Slow down/);
		const prisma = shared.db;
		await eventually(
			'there is one case of it',
			async () => (await prisma.moderationCase.count({ where: { guildId: BigInt(guild.id), type: 'forcenickclear' } })) === 1
		);
		const states = await prisma.moderationCase.groupBy({
			by: 'state',
			_count: true,
			where: { guildId: BigInt(guild.id), type: 'forcenick' }
		});
		expect(states).toEqual([{ state: 'undone', _count: 2 }]);
	});
});
