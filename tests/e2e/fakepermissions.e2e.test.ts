import { expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

async function place() {
	const guild = await shared.house.discord.guild({ members: ['ana', 'bea'], roles: [{ name: 'Helpers' }, { name: 'Guests' }] });
	const [ana, bea] = guild.members;
	const [helpers, guests] = ['Helpers', 'Guests'].map((name) => guild.roles.find((role) => role.name === name));
	if (!ana || !bea || !helpers || !guests) throw new Error('The server is not complete');
	const { owner } = guild;
	const give = (member: UserDriver, role: { id: string }) => owner.api.put(`/guilds/${guild.id}/members/${member.id}/roles/${role.id}`);
	const take = (member: UserDriver, role: { id: string }) => owner.api.delete(`/guilds/${guild.id}/members/${member.id}/roles/${role.id}`);
	return { guild, owner, ana, bea, helpers, guests, give, take, general: guild.channel('general') };
}

const needs = /You need these permissions for that: Manage Server/;

test('a member with a fake permission may do what asks for it, and no longer once the role is lost', async () => {
	const { owner, ana, bea, helpers, give, take, general } = await place();
	await give(ana, helpers);
	await ana.send(general, ';prefix !');
	await ana.expectMessage(general, needs);

	await owner.send(general, `;fakepermissions add ${`<@&${helpers.id}>`} manage_guild`);
	const added = await owner.expectMessage(general, /has this with me now: Manage Server/);
	expect(added.text).toMatch(/hides these slash commands from the role until you open them for it: .*`\/diagnose`.*Integrations/);
	expect(added.mentions).toEqual([]);

	await ana.send(general, ';prefix !');
	await ana.expectMessage(general, /The prefix is `!` now/);
	await bea.send(general, '!prefix ?');
	await bea.expectMessage(general, needs);

	await take(ana, helpers);
	await ana.send(general, '!prefix ?');
	await ana.expectMessage(general, needs);
});

test('a permission is named as Discord names it, before the role or after it, without quotes', async () => {
	const { owner, helpers, general } = await place();
	await owner.send(general, ';fp add Ban Members Helpers');
	await owner.expectMessage(general, /has this with me now: Ban Members/);
	await owner.send(general, ';fp add Helpers Manage Server');
	await owner.expectMessage(general, /has this with me now: Manage Server/);
	await owner.send(general, ';fp remove ban members helpers');
	await owner.expectMessage(general, /has lost this with me: Ban Members/);
	const left = await shared.db.fakePermission.findMany({ where: { roleId: BigInt(helpers.id) } });
	expect(left.map(({ permission }) => permission)).toEqual(['ManageGuild']);
});

test('by slash it works too, once the owner has opened the command for the role', async () => {
	const { guild, owner, ana, helpers, give, general } = await place();
	await give(ana, helpers);
	const added = await owner.slash(general, 'fakepermissions add', { role: helpers.id, permission: 'ManageGuild' });
	expect(added.text).toContain('`/diagnose`');
	await expect(ana.slash(general, 'diagnose')).rejects.toThrow();

	const diagnose = (await owner.commands(general)).find(({ name }) => name === 'diagnose');
	const { applicationId } = shared.house.discord.description;
	await owner.api.put(`/applications/${applicationId}/guilds/${guild.id}/commands/${String(diagnose?.['id'])}/permissions`, {
		permissions: [{ id: helpers.id, type: 1, permission: true }]
	});
	const answer = await ana.slash(general, 'diagnose', { command: 'prefix' });
	expect(answer.text).toContain('Nothing stands in the way.');
});

test('only the owner gives them: an administrator, a fake one too, and the people who run the bot are refused', async () => {
	const { guild, owner, ana, bea, helpers, guests, give, general } = await place();
	await owner.api.patch(`/guilds/${guild.id}/roles/${guests.id}`, { permissions: '8' });
	await give(bea, guests);
	await give(ana, helpers);
	await owner.send(general, ';fp add administrator Helpers');
	await owner.expectMessage(general, /has this with me now: Administrator/);
	await ana.send(general, ';prefix $');
	await ana.expectMessage(general, /The prefix is `\$` now/);

	for (const person of [ana, bea]) {
		await person.send(general, '$fakepermissions add Helpers ban_members');
		await person.expectMessage(general, 'Only the owner of this server can use this.');
		const refused = await person.slash(general, 'fakepermissions reset');
		expect(refused).toMatchObject({ ephemeral: true });
		expect(refused.text).toContain('Only the owner of this server can use this.');
	}
	await owner.send(general, '$fp list Helpers');
	await owner.expectMessage(general, /: Administrator$/);
});

test('the owner chooses all permissions of a role at once; nobody else can press for him', async () => {
	const { guild, owner, ana, general } = await place();
	await owner.send(general, ';fp add Helpers ban_members');
	await owner.expectMessage(general, /Ban Members/);
	await owner.send(general, ';fakeperms edit Helpers');
	const question = await owner.expectMessage(general, /What you choose below replaces it/);

	const pressed = await ana.select(question, 'Choose permissions', ['Administrator']);
	expect(pressed).toMatchObject({ ephemeral: true });
	expect(pressed.text).toContain('Only the owner of this server can use this.');

	const done = await owner.select(question, 'Choose permissions', ['Kick Members', 'Manage Messages']);
	expect(done.text).toMatch(/has exactly this with me now: Manage Messages and Kick Members/);
	const prisma = shared.db;
	const rows = await prisma.fakePermission.findMany({ where: { guildId: BigInt(guild.id) }, select: { permission: true } });
	expect(rows.map(({ permission }) => permission).sort()).toEqual(['KickMembers', 'ManageMessages']);
});

/** What is stored, by role. */
async function storedIn({ id }: { readonly id: string }) {
	const prisma = shared.db;
	const rows = await prisma.fakePermission.findMany({ where: { guildId: BigInt(id) }, orderBy: { permission: 'asc' } });
	return rows.map(({ roleId, permission }) => `${roleId} ${permission}`);
}

test('typed: the owner takes one permission back; a member sees what is left and what there is, and takes nothing', async () => {
	const { guild, owner, ana, helpers, general } = await place();
	for (const word of ['ban_members', 'kick_members']) {
		await owner.send(general, `;fakepermissions add Helpers ${word}`);
		await owner.expectMessage(general, /has this with me now/);
	}
	await ana.send(general, ';fakepermissions remove Helpers ban_members');
	await ana.expectMessage(general, 'Only the owner of this server can use this.');
	expect(await storedIn(guild)).toEqual([`${helpers.id} BanMembers`, `${helpers.id} KickMembers`]);
	await owner.send(general, ';fakepermissions remove Helpers ban_members');
	await owner.expectMessage(general, /has lost this with me: Ban Members/);
	expect(await storedIn(guild)).toEqual([`${helpers.id} KickMembers`]);

	await ana.send(general, ';fakepermissions list');
	const list = await ana.expectMessage(general, /: Kick Members/);
	expect(list.text).not.toContain('Ban Members');
	expect(list.mentions).toEqual([]);
	await ana.send(general, ';fakepermissions permissions');
	await ana.expectMessage(general, /`manage_guild`/);
});

test('picked: the owner chooses and takes back; others see it and are refused in private', async () => {
	const { guild, owner, ana, bea, helpers, general } = await place();
	const refused = await bea.slash(general, 'fakepermissions edit', { role: helpers.id });
	expect(refused).toMatchObject({ ephemeral: true, text: expect.stringContaining('Only the owner of this server can use this.') });
	const question = await owner.slash(general, 'fakepermissions edit', { role: helpers.id });
	expect(question.text).toContain('has this with me: nothing. What you choose below replaces it.');
	if (question.message === null) throw new Error('Nothing was asked');
	await owner.select(question.message, 'Choose permissions', ['Kick Members', 'Ban Members']);
	expect(await storedIn(guild)).toEqual([`${helpers.id} BanMembers`, `${helpers.id} KickMembers`]);

	const strange = await bea.slash(general, 'fakepermissions remove', { role: helpers.id, permission: 'BanMembers' });
	expect(strange.ephemeral).toBe(true);
	const taken = await owner.slash(general, 'fakepermissions remove', { role: helpers.id, permission: 'BanMembers' });
	expect(taken.text).toMatch(/has lost this with me: Ban Members/);
	expect(await storedIn(guild)).toEqual([`${helpers.id} KickMembers`]);
	const list = await ana.slash(general, 'fakepermissions list');
	expect(list.text).toMatch(new RegExp(`${helpers.id}>: Kick Members`));
});

test('a role that holds it for real is hidden nothing', async () => {
	const { guild, owner, helpers, general } = await place();
	await owner.api.patch(`/guilds/${guild.id}/roles/${helpers.id}`, { permissions: String(1 << 5) });
	await owner.send(general, ';fp add Helpers manage_guild');
	await owner.expectMessage(general, /It counts at once, by prefix and by slash/);
});

test('a select carries out its command: when that is off, so is the select', async () => {
	const { owner, general } = await place();
	await owner.send(general, ';fp edit Helpers');
	const question = await owner.expectMessage(general, /What you choose below replaces it/);
	await owner.send(general, ';disablecommand fp edit');
	await owner.expectMessage(general, '`fakepermissions edit` is off in this server.');
	const pressed = await owner.select(question, 'Choose permissions', ['Kick Members']);
	expect(pressed).toMatchObject({ ephemeral: true });
	expect(pressed.text).toContain('`fakepermissions edit` is switched off in this server.');
});

test('mistakes are answered with what is meant, and everything that can be given is listed', async () => {
	const { owner, general } = await place();
	await owner.send(general, ';fp append Helpers ban_membrs');
	await owner.expectMessage(general, /do not know the permission `ban_membrs`. Did you mean `BanMembers`/);
	expect(await owner.autocomplete(general, 'fakepermissions remove', { permission: 'ban' }, 'permission')).toContainEqual({
		name: 'Ban Members',
		value: 'BanMembers'
	});
	const all = await owner.slash(general, 'fakepermissions permissions');
	expect(all.text).toContain('`manage_guild`');
	await owner.send(general, ';fp');
	await owner.expectMessage(general, /Say what you want to do/);
});

test('a reset asks first', async () => {
	const { owner, general } = await place();
	await owner.send(general, ';fp append Helpers ban_members');
	await owner.expectMessage(general, /has this with me now/);
	await owner.send(general, ';fp reset');
	const question = await owner.expectMessage(general, /Take all fake permissions from one role/);
	await owner.click(question, 'Yes');
	await owner.expectMessage(general, /One role has lost its fake permissions/);
	await owner.send(general, ';fp reset Helpers');
	await owner.expectMessage(general, /has no fake permissions/);
});
