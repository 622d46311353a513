import { PermissionFlagsBits as Bits } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import type { UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { type House, openHouse } from '../support/house.js';
import { asks, newRole, type StaffedServer, slashes, staffedServer } from '../support/staff.js';

let house: House;
let db: PrismaClient;

beforeAll(async () => {
	// What somebody had when he left is known from memory alone.
	house = await openHouse({ env: { CACHE_SIZE: 'bounded' } });
	db = (await house.database.open()).prisma;
});
afterAll(async () => {
	await house.discord.expectNoFaults();
	await house[Symbol.asyncDispose]();
});

const casesOf = async ({ id }: StaffedServer) =>
	db.moderationCase.findMany({
		where: { guildId: BigInt(id), auditEntryId: null },
		orderBy: { number: 'asc' },
		select: { number: true, type: true, state: true, parentNumber: true, moderatorId: true, details: true }
	});
const stories = async (server: StaffedServer) => (await casesOf(server)).map(({ type, state }) => `${type} ${state}`);
const held = async (server: StaffedServer, who: UserDriver) =>
	[...(((await server.member(who))?.['roles'] as readonly string[] | undefined) ?? [])].sort();
const ids = (...roles: readonly { readonly id: string }[]) => roles.map(({ id }) => id).sort();
const mention = ({ id }: { readonly id: string }) => `<@&${id}>`;

async function roleOfBot({ id, owner }: StaffedServer): Promise<{ id: string }> {
	const { roles } = Object(await owner.api.get(`/guilds/${id}/members/${house.discord.description.applicationId}`));
	return { id: String(roles[0]) };
}

async function moves({ id, owner }: StaffedServer, role: { readonly id: string }, position: number) {
	await owner.api.patch(`/guilds/${id}/roles`, [{ id: role.id, position }]);
}

/** A server where some roles are harmless and some are not, with ana who has two of each. */
async function withRoles(people: readonly string[] = ['ana', 'bea']) {
	const server = await staffedServer(house, people, { channels: ['general', 'office', 'mod-log'], roles: ['Bakers', 'Singers'] });
	const [bakers, singers] = [server.role('Bakers'), server.role('Singers')];
	const cooks = await newRole(server, 'Cooks', Bits.BanMembers);
	const keepers = await newRole(server, 'Keepers', Bits.ManageMessages);
	const ana = server.person('ana');
	for (const role of [bakers, singers, cooks, keepers]) await server.give(ana, role);
	const office = server.guild.channel('office');
	const log = server.guild.channel('mod-log');
	await asks(server.owner, office, `;modlog <#${log.id}>`, /Cases are now shown here/);
	return { ...server, bakers, singers, cooks, keepers, ana, office, log };
}

async function leavesAndReturns(server: StaffedServer, who: UserDriver) {
	await who.leave(server.id);
	await eventually('what he had is kept', async () => {
		const row = await db.roleSnapshot.findFirst({ where: { guildId: BigInt(server.id), userId: BigInt(who.id) } });
		return row !== null;
	});
	await server.comesBack(who);
}

test('an administrator takes what is dangerous and nothing else; the button gives it back, to who may and in time', async () => {
	const server = await withRoles();
	const { admin, owner, max, ana, bakers, singers, cooks, keepers, general, office, log } = server;
	await asks(max, general, `;strip ${ana.mention}`, /You need these permissions for that: Administrator/);
	const bySlash = await slashes(max, general, 'mod strip', { member: ana.id });
	expect([bySlash.ephemeral, bySlash.text]).toEqual([true, expect.stringContaining('You need these permissions for that: Administrator')]);
	expect(await held(server, ana)).toEqual(ids(bakers, singers, cooks, keepers));

	const answer = await asks(admin, office, `;strip ${ana.mention} account was stolen`, /The dangerous roles of \*\*ana\*\* were taken/);
	expect(answer.text).toMatch(/Reason: account was stolen[\s\S]*Taken: /);
	for (const role of [cooks, keepers]) expect(answer.text).toContain(mention(role));
	expect([answer.text.includes(mention(bakers)), answer.mentions]).toEqual([false, []]);
	expect(await held(server, ana)).toEqual(ids(bakers, singers));
	const shown = await owner.expectMessage(log, /Strip/);
	expect(shown.text).toMatch(/account was stolen[\s\S]*Taken: |Taken: [\s\S]*account was stolen/);
	await asks(owner, general, `;strip ${ana.mention}`, /\*\*ana\*\* has no dangerous role\./);
	await asks(owner, office, ';duration 1 2d', /What case #1 is about has no end that could be moved/);

	expect((await max.click(answer, 'Undo')).text).toContain('You need these permissions for that: Administrator');
	const undone = await admin.click(answer, 'Undo');
	expect(undone.text).toMatch(/\*\*ana\*\* has dangerous roles back[\s\S]*Given back: /);
	expect(await held(server, ana)).toEqual(ids(bakers, singers, cooks, keepers));
	expect(await stories(server)).toEqual(['strip undone', 'unstrip active']);

	const again = await slashes(admin, general, 'mod strip', { member: ana.id, reason: 'again' });
	expect(again.text).toContain('The dangerous roles of **ana** were taken');
	await house.passTime({ minutes: 11 });
	expect((await admin.click(again.message ?? answer, 'Undo')).text).toContain('That was more than ten minutes ago');
	expect(await held(server, ana)).toEqual(ids(bakers, singers));
});

test('a role that is strong with the bot alone is taken too: who was stripped commands nobody any more', async () => {
	const server = await withRoles();
	const { admin, owner, ana, bakers, singers, cooks, keepers, general, office } = server;
	const bea = server.person('bea');
	await asks(owner, general, ';fakepermissions add Bakers kick_members', /has this with me now: Kick Members/);
	const answer = await asks(admin, office, `;strip ${ana.mention}`, /The dangerous roles of \*\*ana\*\* were taken/);
	for (const role of [bakers, cooks, keepers]) expect(answer.text).toContain(mention(role));
	expect(await held(server, ana)).toEqual(ids(singers));
	await asks(ana, general, `;kick ${bea.mention}`, /You need these permissions for that: Kick Members/);
	const undone = await admin.click(answer, 'Undo');
	expect(undone.text).toMatch(/\*\*ana\*\* has dangerous roles back/);
	expect(await held(server, ana)).toEqual(ids(bakers, singers, cooks, keepers));
});

test('the button gives back no more than who presses it could give himself, and nothing around the jail', async () => {
	const server = await withRoles();
	const { admin, owner, ana, bakers, singers, cooks, keepers, general, office } = server;
	const bea = server.person('bea');
	const juniors = await newRole(server, 'Juniors', Bits.Administrator);
	await server.give(bea, juniors);
	const answer = await asks(admin, general, `;strip ${ana.mention}`, /were taken/);
	// Ana stands above the junior by what was left to her.
	expect((await bea.click(answer, 'Undo')).text).toContain('has a role as high as yours or higher');
	await owner.api.delete(`/guilds/${server.id}/members/${ana.id}/roles/${bakers.id}`);
	await owner.api.delete(`/guilds/${server.id}/members/${ana.id}/roles/${singers.id}`);
	expect((await bea.click(answer, 'Undo')).text).toContain('None of these roles can be given back');
	await asks(owner, office, ';setmod', /The jail is ready/);
	await asks(owner, general, `;jail ${ana.mention}`, /is in jail/);
	expect((await admin.click(answer, 'Undo')).text).toContain('**ana** is in jail. Let them out with `unjail` first');
	await asks(owner, office, `;unjail ${ana.mention}`, /is out of jail/);
	await owner.api.delete(`/guilds/${server.id}/roles/${keepers.id}`);
	expect((await admin.click(answer, 'Undo')).text).toMatch(new RegExp(`Given back: ${mention(cooks)}[\\s\\S]*Not given back`));
	expect(await held(server, ana)).toEqual(ids(cooks));
});

test('nobody takes roles from whom he may not touch; a dangerous role above the bot stays', async () => {
	const server = await withRoles();
	const { admin, owner, ana, cooks, general, office, max } = server;
	await asks(admin, general, `;strip ${owner.mention}`, /Nobody can do that to the owner/);
	await asks(admin, office, `;strip ${admin.mention}`, /You cannot do that to yourself/);
	await asks(owner, general, `;strip <@${house.discord.description.applicationId}>`, /I will not do that to myself/);
	const bot = await roleOfBot(server);
	await moves(server, cooks, 40);
	const before = await held(server, ana);
	await asks(owner, office, `;strip ${ana.mention}`, /a role as high as mine or higher/);
	expect((await slashes(owner, general, 'mod strip', { member: ana.id })).text).toContain('a role as high as mine or higher');
	expect(await held(server, ana)).toEqual(before);
	await owner.api.patch(`/guilds/${server.id}/roles/${bot.id}`, { permissions: String(Bits.ManageMessages) });
	await asks(owner, office, `;strip ${max.mention}`, /I need|I lack|Manage Roles/);
	expect(await stories(server)).toEqual([]);
});

test('so many warnings take the dangerous roles, by the bot itself and without an end', async () => {
	const server = await withRoles();
	const { admin, owner, ana, bakers, singers, general, office } = server;
	const timed = await slashes(owner, general, 'warn thresholds add', { count: 2, action: 'strip', duration: '1h' });
	expect(timed.text).toContain('That has no length');
	await asks(owner, office, ';warn thresholds add 1 strip', /From now on: One warning: Strip/);
	await asks(admin, general, `;warn ${ana.mention} spam`, /was warned/);
	await eventually('her roles are taken', async () => (await held(server, ana)).join() === ids(bakers, singers).join());
	await eventually('it has its case', async () => (await casesOf(server)).length === 2);
	expect((await casesOf(server))[1]).toMatchObject({ type: 'strip', state: 'active', parentNumber: 1 });
});

test('who comes back gets what he had, after a question about what is dangerous, and each reason why not is told', async () => {
	const server = await withRoles();
	const { admin, owner, max, ana, bakers, singers, cooks, keepers, general, office } = server;
	const bosses = server.role('Admins');
	await server.give(ana, bosses);
	await owner.api.patch(`/guilds/${server.id}/members/${ana.id}`, { nick: 'Annie' });
	await asks(owner, general, `;restore ${ana.mention}`, /I do not know what \*\*ana\*\* had before/);
	await leavesAndReturns(server, ana);
	await owner.api.delete(`/guilds/${server.id}/roles/${singers.id}`);
	await moves(server, keepers, 40);
	expect(await held(server, ana)).toEqual([]);

	await asks(max, general, `;restore ${ana.mention}`, /You need these permissions for that: Administrator/);
	const question = await asks(admin, office, `;restore ${ana.mention}`, /has a dangerous role in it/);
	expect([question.text.includes(mention(cooks)), question.text.includes(mention(bakers)), question.mentions]).toEqual([true, false, []]);
	expect((await owner.click(question, 'Yes')).text).toMatch(/not the one|not yours|only/i);
	await admin.click(question, 'No');
	expect([await held(server, ana), await stories(server)]).toEqual([[], []]);

	const asked = await slashes(admin, general, 'mod restore', { member: ana.id });
	if (asked.message === null) throw new Error('There is no question');
	await admin.click(asked.message, 'Yes');
	const given = await admin.expectMessage(general, /has back what can be given back/);
	expect(given.text).toMatch(/From when they left/);
	expect(given.text).toMatch(new RegExp(`Given back: (?:${mention(bakers)} ${mention(cooks)}|${mention(cooks)} ${mention(bakers)})\\n`));
	expect(given.text).toContain('Nickname: Annie');
	expect(given.text).toContain(`since I stand below it: ${mention(keepers)}`);
	expect(given.text).toContain(`as high as your own highest role or higher: ${mention(bosses)}`);
	expect(given.text).toContain('One role does not exist any more');
	expect(await held(server, ana)).toEqual(ids(bakers, cooks));
	expect((await server.member(ana))?.['nick']).toBe('Annie');
	expect(await casesOf(server)).toMatchObject([
		{
			type: 'restore',
			state: 'active',
			moderatorId: BigInt(admin.id),
			details: { given: ids(bakers, cooks).map(() => expect.any(String)) }
		}
	]);

	const more = await asks(owner, office, `;restore ${ana.mention}`, /has a dangerous role in it/);
	await owner.click(more, 'Yes');
	await owner.expectMessage(office, new RegExp(`Given back: ${mention(bosses)}`));
	const none = await asks(owner, general, `;restore ${ana.mention}`, /Nothing more of what \*\*ana\*\* had before can be given back/);
	expect(none.text).toContain(`since I stand below it: ${mention(keepers)}`);
	await moves(server, keepers, 1);
	const last = await slashes(owner, office, 'mod restore', { member: ana.id });
	if (last.message === null) throw new Error('There is no question');
	await owner.click(last.message, 'Yes');
	await owner.expectMessage(office, new RegExp(`Given back: ${mention(keepers)}`));
	const end = await asks(owner, general, `;restore ${ana.mention}`, /Nothing more of what \*\*ana\*\* had before can be given back/);
	expect(end.text).toMatch(/left <t:\d+:R>\.\n> One role does not exist any more\.$/);
	expect(await stories(server)).toEqual(['restore active', 'restore active', 'restore active']);
});

test('whose administrator counts with the bot alone gives nothing that he does not hold in Discord, neither back nor again', async () => {
	const server = await withRoles();
	const { owner, max, ana, bakers, singers, cooks, keepers, general, office } = server;
	const clerks = await newRole(server, 'Clerks', Bits.ManageGuild);
	await server.give(ana, clerks);
	await asks(owner, office, `;fakepermissions add ${mention(server.role('Mods'))} administrator`, /Administrator/);
	const answer = await asks(max, general, `;strip ${ana.mention}`, /The dangerous roles of \*\*ana\*\* were taken/);
	expect(answer.text).toContain(mention(clerks));
	const undone = await max.click(answer, 'Undo');
	expect(undone.text).toMatch(new RegExp(`Not given back, since .*: ${mention(clerks)}`));
	expect(await held(server, ana)).toEqual(ids(bakers, singers, cooks, keepers));

	await server.give(ana, clerks);
	await leavesAndReturns(server, ana);
	const question = await asks(max, office, `;restore ${ana.mention}`, /2 dangerous roles in it/);
	expect(question.text).not.toContain(mention(clerks));
	await max.click(question, 'Yes');
	const given = await max.expectMessage(office, /has back what can be given back/);
	expect(given.text).toContain(`since it has permissions that you do not have yourself: ${mention(clerks)}`);
	expect(await held(server, ana)).toEqual(ids(bakers, singers, cooks, keepers));
});

test('between the question and the answer the ranks are asked again', async () => {
	const server = await withRoles();
	const { admin, owner, ana, office } = server;
	await leavesAndReturns(server, ana);
	const question = await asks(admin, office, `;restore ${ana.mention}`, /2 dangerous roles in it/);
	await owner.api.delete(`/guilds/${server.id}/members/${admin.id}/roles/${server.role('Admins').id}`);
	const answer = await admin.click(question, 'Yes');
	expect(answer.text).toMatch(/You need these permissions|as high as yours/);
	expect([await held(server, ana), await stories(server)]).toEqual([[], []]);
});

test('who is in jail gets nothing around it; who was let out while he was away gets what the jail kept, and not its role', async () => {
	const server = await withRoles(['ana', 'bea']);
	const { owner, admin, ana, bakers, singers, general, office } = server;
	const bea = server.person('bea');
	await server.give(bea, bakers);
	await asks(owner, office, ';setmod', /The jail is ready/);
	await asks(admin, general, `;jail ${bea.mention}`, /is in jail/);
	const jailed = await held(server, bea);
	await leavesAndReturns(server, bea);
	await eventually('she is in jail again', async () => (await held(server, bea)).join() === jailed.join());
	await asks(owner, general, `;restore ${bea.mention}`, /\*\*bea\*\* is in jail\. Let them out with `unjail` first/);
	expect(await held(server, bea)).toEqual(jailed);

	await bea.leave(server.id);
	await asks(admin, office, `;unjail ${bea.id}`, /\*\*bea\*\* is out of jail/);
	await server.comesBack(bea);
	await asks(owner, office, `;restore ${bea.mention}`, new RegExp(`Given back: ${mention(bakers)}`));
	expect(await held(server, bea)).toEqual(ids(bakers));

	// A kick is a way to leave too; a name that was locked since is nobody else's to give.
	for (const role of ['cooks', 'keepers'] as const)
		await owner.api.delete(`/guilds/${server.id}/members/${ana.id}/roles/${server[role].id}`);
	await owner.api.patch(`/guilds/${server.id}/members/${ana.id}`, { nick: 'Annie' });
	await asks(admin, general, `;kick ${ana.mention}`, /was kicked/);
	await server.comesBack(ana);
	await asks(owner, general, `;forcenick ${ana.mention} Nemo`, /Nemo/);
	const answer = await asks(admin, office, `;restore ${ana.mention}`, /has back what can be given back/);
	expect(answer.text).toContain('The nickname is locked, so it stays as it is');
	expect(await held(server, ana)).toEqual(ids(bakers, singers));
	expect((await server.member(ana))?.['nick']).toBe('Nemo');
});

test('two at once give once; when the answer of Discord is lost it is written down later', async () => {
	const server = await withRoles();
	const { owner, admin, ana, bakers, singers, cooks, keepers, general, office } = server;
	for (const role of [cooks, keepers]) await owner.api.delete(`/guilds/${server.id}/members/${ana.id}/roles/${role.id}`);
	await leavesAndReturns(server, ana);
	await Promise.all([owner.send(general, `;restore ${ana.mention}`), admin.send(office, `;restore ${ana.mention}`)]);
	const answers = await Promise.all([
		owner.expectMessage(general, /has back|has everything already/),
		admin.expectMessage(office, /has back|has everything already/)
	]);
	expect(answers.filter(({ text }) => text.includes('has back'))).toHaveLength(1);
	expect(await held(server, ana)).toEqual(ids(bakers, singers));
	expect(await stories(server)).toEqual(['restore active']);

	await leavesAndReturns(server, ana);
	await house.discord.faults.rest('lost-answer', { method: 'PATCH', path: `guilds/${server.id}/members/${ana.id}$`, times: 4 });
	await asks(owner, office, `;restore ${ana.mention}`, /Discord has trouble right now/);
	await house.passTime({ seconds: 70 });
	await eventually('the case is written', async () => (await casesOf(server)).length === 2);
	expect([await held(server, ana), await stories(server)]).toEqual([ids(bakers, singers), ['restore active', 'restore active']]);
});

test('roles for a time come back by themselves and not for good', async () => {
	const server = await withRoles();
	const { owner, admin, bakers, singers, general, office } = server;
	const bea = server.person('bea');
	await asks(owner, general, `;temprole ${bea.mention} Singers 1d`, /.+/);
	await eventually('she has it', async () => (await held(server, bea)).join() === singers.id);
	await server.give(bea, bakers);
	await leavesAndReturns(server, bea);
	await eventually('it is back', async () => (await held(server, bea)).join() === singers.id);
	const answer = await asks(admin, office, `;restore ${bea.mention}`, /has back/);
	expect([answer.text.includes(mention(bakers)), answer.text.includes(mention(singers))]).toEqual([true, false]);
});
