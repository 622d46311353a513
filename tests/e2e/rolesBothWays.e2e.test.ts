import { describe, expect, test } from 'vitest';
import { asObjects } from '../../emulator/driver/api.js';
import type { SeenMessage } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { crowds } from '../support/roleCrowds.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const needs = /You need these permissions for that: Manage Roles/;

/** A server of its owner, Ana, Bea, Cid who manages roles, our bot and somebody else's. */
async function place({ cid: withCid = false } = {}) {
	const owl = await shared.house.discord.user('owl', { bot: true });
	const guild = await shared.house.discord.guild({
		members: ['ana', 'bea', owl, ...(withCid ? ['cid'] : [])],
		roles: [
			{ name: 'Helper' },
			{ name: 'Member', holders: ['ana'] },
			{ name: 'Staff', permissions: String(1 << 28), holders: withCid ? ['cid'] : [] }
		]
	});
	const { owner } = guild;
	const [ana, bea, , cid = owner] = guild.members;
	if (!ana || !bea) throw new Error('The server is not complete');
	const everybody = [
		{ id: owner.id, name: 'owner' },
		{ id: shared.house.discord.description.applicationId, name: 'evict' },
		...guild.members
	];
	const role = (name: string) => String(guild.roles.find((one) => one.name === name)?.id);
	return {
		...{ guild, owner, ana, bea, cid, role, general: guild.channel('general') },
		/** Names of those who have a role. */
		async holders(name: string) {
			const rolesOf = async (id: string) => (await owner.api.object(`/guilds/${guild.id}/members/${id}`))['roles'];
			const rows = await Promise.all(everybody.map(async (who) => ({ name: who.name, roles: await rolesOf(who.id) })));
			return rows
				.filter(({ roles }) => Array.isArray(roles) && roles.includes(role(name)))
				.map((one) => one.name)
				.sort();
		}
	};
}

type Place = Awaited<ReturnType<typeof place>>;

/** Says yes and waits until the work has its case. */
async function yes({ guild, owner }: Place, question: SeenMessage | null): Promise<void> {
	if (question === null) throw new Error('Nothing was asked');
	const prisma = shared.db;
	const cases = () => prisma.moderationCase.count({ where: { guildId: BigInt(guild.id), type: 'rolemass' } });
	const before = await cases();
	await owner.click(question, 'Yes');
	await eventually('the work is done', async () => (await cases()) === before + 1, 20_000);
}

describe('roles, typed and picked', () => {
	test.each(crowds)('typed: the owner gives $crowd a role and takes it again; bea may do neither', async ({ crowd, members }) => {
		const server = await place();
		const { owner, bea, general, holders } = server;
		const count = members.length;
		for (const change of ['add', 'remove']) {
			await bea.send(general, `;role ${crowd} ${change} Helper`);
			await bea.expectMessage(general, needs);
		}
		await owner.send(general, `;role ${crowd} add Helper`);
		await yes(server, await owner.expectMessage(general, `Give **Helper** to ${count} members?`));
		expect(await holders('Helper')).toEqual(members);
		await owner.send(general, `;role ${crowd} remove Helper`);
		await yes(server, await owner.expectMessage(general, `Take **Helper** from ${count} members?`));
		expect(await holders('Helper')).toEqual([]);
	});

	test.each(crowds)('picked: the owner gives $crowd a role and takes it again; bea does not even see it', async ({ crowd, members }) => {
		const server = await place();
		const { owner, bea, general, holders, role } = server;
		for (const change of ['add', 'remove'])
			await expect(bea.slash(general, `role ${crowd} ${change}`, { role: role('Helper') })).rejects.toThrow();
		const given = await owner.slash(general, `role ${crowd} add`, { role: role('Helper') });
		expect(given.text).toContain(`Give **Helper** to ${members.length} members?`);
		await yes(server, given.message);
		expect(await holders('Helper')).toEqual(members);
		const taken = await owner.slash(general, `role ${crowd} remove`, { role: role('Helper') });
		await yes(server, taken.message);
		expect(await holders('Helper')).toEqual([]);
	});

	test('typed: who has one role gets another one and loses it, and nobody else', async () => {
		const server = await place();
		const { owner, bea, general, holders } = server;
		await bea.send(general, ';role has Member add Helper');
		await bea.expectMessage(general, needs);
		await owner.send(general, ';role has Member add Helper');
		await yes(server, await owner.expectMessage(general, /Give \*\*Helper\*\* to/));
		expect(await holders('Helper')).toEqual(['ana']);
		await owner.send(general, ';role has Member remove Helper');
		await yes(server, await owner.expectMessage(general, /Take \*\*Helper\*\* from/));
		expect(await holders('Helper')).toEqual([]);
		expect(await holders('Member')).toEqual(['ana']);
	});

	test('work under way is stopped by who manages roles, typed and picked; what was done stays', async () => {
		const { guild, owner, bea, cid, general } = await place({ cid: true });
		const prisma = shared.db;
		const jobs = () => prisma.job.findMany({ where: { guildId: BigInt(guild.id) }, orderBy: { id: 'asc' } });
		await shared.house.discord.faults.rest('slow', { method: 'PUT', path: `guilds/${guild.id}/members/\\d+/roles`, ms: 700, times: -1 });
		const begin = async (line: string, number: number) => {
			await owner.send(general, line);
			await owner.click(await owner.expectMessage(general, /Give \*\*\w+\*\* to/), 'Yes');
			await eventually('it is under way', async () => (await jobs())[number - 1]?.state === 'running');
		};
		const stopped = (number: number) => eventually('it has stopped', async () => (await jobs())[number - 1]?.state === 'cancelled');

		await begin(';role all add Helper', 1);
		await bea.send(general, ';role cancel');
		await bea.expectMessage(general, needs);
		await expect(bea.slash(general, 'role cancel')).rejects.toThrow();
		await cid.send(general, ';role cancel');
		await cid.expectMessage(general, 'It stops now. What was done stays.');
		await stopped(1);

		await begin(';role humans add Member', 2);
		const answer = await owner.slash(general, 'role cancel');
		expect(answer.text).toContain('It stops now. What was done stays.');
		await stopped(2);
		for (const { total, done } of await jobs()) expect(done).toBeLessThan(total);
		await shared.house.discord.faults.clear();
	});

	test('picked: one member is given a role, loses it, and has one for a time; bea may do none of it', async () => {
		const { guild, owner, ana, bea, general, role, holders } = await place();
		const asBea = (words: string, options: Record<string, string>) => expect(bea.slash(general, words, options)).rejects.toThrow();
		await asBea('role toggle', { member: ana.id, roles: 'Helper' });
		await asBea('role remove', { member: ana.id, role: role('Member') });
		await asBea('role temp', { member: bea.id, role: role('Helper'), duration: '1h' });

		const toggled = await owner.slash(general, 'role toggle', { member: ana.id, roles: 'Helper, -Member' });
		expect(toggled.text).toMatch(/The roles of \*\*ana.*are changed/);
		expect([await holders('Helper'), await holders('Member')]).toEqual([['ana'], []]);
		const removed = await owner.slash(general, 'role remove', { member: ana.id, role: role('Helper') });
		expect(removed.text).toMatch(/are changed/);
		expect(await holders('Helper')).toEqual([]);

		const timed = await owner.slash(general, 'role temp', { member: bea.id, role: role('Helper'), duration: '1h' });
		expect(timed.text).toContain('Until:');
		expect(await holders('Helper')).toEqual(['bea']);
		await shared.house.passTime({ minutes: 61 });
		await eventually('it has ended', async () => (await holders('Helper')).length === 0);
		const prisma = shared.db;
		await eventually('nothing is kept', async () => (await prisma.temporaryRole.count({ where: { guildId: BigInt(guild.id) } })) === 0);
	});

	test.each(['typed', 'picked'])('%s: a role for a time that is given again gets a new end', async (way) => {
		const { owner, bea, cid, general, role, holders } = await place({ cid: true });
		await owner.send(general, `;temprole ${bea.mention} Helper 1h`);
		await owner.expectMessage(general, /Until:/);
		const moved = /Case #1 now ends .*\(<t:\d+:R>\)\. Before: <t:\d+:f>/;
		if (way === 'picked') {
			const options = { member: bea.id, role: role('Helper'), duration: '2h' };
			expect((await cid.slash(general, 'role temp', options)).text).toMatch(moved);
		} else {
			await cid.send(general, `;temprole ${bea.mention} Helper 2h`);
			await cid.expectMessage(general, moved);
		}
		await shared.house.passTime({ minutes: 61 });
		expect(await holders('Helper')).toEqual(['bea']);
		await shared.house.passTime({ minutes: 60 });
		await eventually('it has ended', async () => (await holders('Helper')).length === 0);
	});

	test('typed: one role is taken from a member, by who may; who has it not is said', async () => {
		const { owner, ana, bea, general, holders } = await place();
		await owner.send(general, `;temprole ${ana.mention} Member 2h`);
		await owner.expectMessage(general, '**ana** has that already.');
		await bea.send(general, `;role remove ${ana.mention} Member`);
		await bea.expectMessage(general, needs);
		expect(await holders('Member')).toEqual(['ana']);
		await owner.send(general, `;role remove ${ana.mention} Member`);
		await owner.expectMessage(general, /The roles of \*\*ana.*are changed/);
		expect(await holders('Member')).toEqual([]);
		await owner.send(general, `;role remove ${ana.mention} Member`);
		await owner.expectMessage(general, /does not have that/);
	});

	test('picked: a role is made and deleted', async () => {
		const { guild, owner, bea, general } = await place();
		const find = async () => asObjects(await owner.api.get(`/guilds/${guild.id}/roles`)).find(({ name }) => name === 'Fine Artists');
		await expect(bea.slash(general, 'role create', { name: 'Mine' })).rejects.toThrow();
		const made = await owner.slash(general, 'role create', { name: 'Fine Artists', colour: '#ff8800' });
		expect(made.text).toMatch(/The role .* is there/);
		const role = await find();
		expect(role).toMatchObject({ color: 0xff8800, permissions: '0' });
		const gone = await owner.slash(general, 'role delete', { role: String(role?.['id']) });
		expect(gone.text).toContain('The role **Fine Artists** is deleted.');
		expect(await find()).toBeUndefined();
	});
});
