import { expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks, slashes } from '../support/staff.js';

const shared = sharedHouse();

async function place() {
	const guild = await shared.house.discord.guild({
		members: ['ana', 'bea', 'cid'],
		roles: [{ name: 'Helpers' }, { name: 'Mods' }],
		channels: ['general', 'lounge']
	});
	const [ana, bea, cid] = guild.members;
	const [helpers, mods] = ['Helpers', 'Mods'].map((name) => guild.roles.find((role) => role.name === name));
	if (!ana || !bea || !cid || !helpers || !mods) throw new Error('The server is not complete');
	const { owner } = guild;
	const give = (member: UserDriver, role: { id: string }) => owner.api.put(`/guilds/${guild.id}/members/${member.id}/roles/${role.id}`);
	const remove = (role: { id: string }) => owner.api.delete(`/guilds/${guild.id}/roles/${role.id}`);
	return { guild, owner, ana, bea, cid, helpers, mods, give, remove, general: guild.channel('general'), lounge: guild.channel('lounge') };
}

const isOff = /`pastusernames` is switched off in this server/;

test('a command that is off is off by each of its names and by slash, for everybody, until it is on again', async () => {
	const { owner, ana, bea, cid, general } = await place();
	await ana.send(general, ';disablecommand names');
	await ana.expectMessage(general, /You need these permissions for that: Administrator/);
	await owner.send(general, ';disablecommand names');
	await owner.expectMessage(general, '`pastusernames` is off in this server.');

	for (const name of ['pastusernames', 'NAMES', 'usernames', 'oldnames']) {
		await ana.send(general, `;${name}`);
		await ana.expectMessage(general, isOff);
	}
	await owner.send(general, ';names');
	await owner.expectMessage(general, isOff);
	const bySlash = await bea.slash(general, 'names show');
	expect(bySlash).toMatchObject({ ephemeral: true, failed: false });
	expect(bySlash.text).toMatch(isOff);
	const why = await owner.slash(general, 'diagnose', { command: 'oldnames' });
	expect(why.text).toMatch(/The command is on: .*`pastusernames` is switched off in this server/);

	await cid.send(general, ';disablecommand list');
	await cid.expectMessage(general, /`pastusernames`/);
	expect((await cid.slash(general, 'command disabled')).text).toContain('`pastusernames`');

	const on = await owner.slash(general, 'command enable', { command: 'usernames' });
	expect(on.text).toContain('`pastusernames` is on again.');
	await ana.send(general, ';names');
	await ana.expectMessage(general, (message) => !isOff.test(message.text));
});

test('a group is off with all that is below it, and other commands of its module are not', async () => {
	const { owner, ana, bea, general } = await place();
	await owner.send(general, ';disablecmd reminder');
	await owner.expectMessage(general, '`reminder` and all commands in it are off in this server.');
	await ana.send(general, ';reminder list');
	await ana.expectMessage(general, /`reminder` is switched off/);
	expect((await ana.slash(general, 'reminder list')).text).toContain('`reminder` is switched off');
	await bea.send(general, ';remind 5m tea');
	await bea.expectMessage(general, /tea|remind/i);
	await owner.send(general, ';enablecmd reminder list');
	await owner.expectMessage(general, /It is off together with all of `reminder`/);
	await owner.send(general, ';enablecmd reminder');
	await owner.expectMessage(general, '`reminder` is on again.');
	await ana.send(general, ';reminder list');
	await ana.expectMessage(general, (message) => !message.text.includes('switched off'));
});

test('what people need to find their way cannot be switched off', async () => {
	for (const commands of [
		['ping', 'help', 'diagnose'],
		['enablecommand', 'disablemodule', 'forgetme']
	]) {
		const { owner, general } = await place();
		for (const command of commands) {
			const refused = await owner.slash(general, 'command disable', { command });
			expect(refused.text).toContain(`\`${command}\` must work for everybody`);
		}
	}
	const { owner: other, general: there } = await place();
	await other.send(there, ';disablemodule add help');
	await other.expectMessage(there, /The module `help` must work everywhere/);
	await other.send(there, ';disablemodule add afkk');
	await other.expectMessage(there, /no module `afkk`. Did you mean `afk`/);
	await other.send(there, ';disablecommand sen');
	await other.expectMessage(there, /no command `sen`. Did you mean `seen`/);
});

test('no server takes their commands from the people who run the bot', async () => {
	const { guild, owner, ana, general } = await place();
	const refused = await owner.slash(general, 'command module disable', { modules: 'access' });
	expect(refused.text).toContain('The module `access` must work everywhere');
	expect(await owner.autocomplete(general, 'command module disable', { modules: 'acc' }, 'modules')).toEqual([]);
	const { code } = Object(await owner.api.post(`/channels/${general.id}/invites`, { max_uses: 1 }));
	const { staff } = shared.runners;
	await staff.join(String(code));
	await staff.send(general, `;getauth ${ana.id}`);
	await staff.expectMessage(general, ({ isBot, text }) => isBot && !text.includes('switched off'));
	await staff.leave(guild.id);
});

test('a command that is kept for two roles is open to each of them; when one is deleted the other goes on', async () => {
	const { guild, owner, ana, bea, cid, helpers, mods, give, remove, general } = await place();
	await give(ana, helpers);
	await give(bea, mods);
	await ana.send(general, ';restrictcommand add seen Helpers');
	await ana.expectMessage(general, 'Only the owner of this server can use this.');
	await owner.send(general, `;restrictcommand add seen <@&${helpers.id}>`);
	await owner.expectMessage(general, /`seen` is kept for/);
	const second = await owner.slash(general, 'command restriction add', { command: 'seen', role: mods.id });
	expect(second.text).toContain('`seen` is kept for');

	const works = async (person: UserDriver) => {
		await person.send(general, `;seen ${owner.mention}`);
		await person.expectMessage(general, (message) => message.isBot && !message.text.includes('kept for members'));
	};
	const refused = async (person: UserDriver) => {
		await person.send(general, `;seen ${owner.mention}`);
		await person.expectMessage(general, /kept for members with one of these roles/);
	};
	await works(ana);
	await works(bea);
	await refused(cid);
	expect((await cid.slash(general, 'seen', { member: owner.id })).text).toContain(`<@&${helpers.id}>, <@&${mods.id}>`);
	const list = await owner.slash(general, 'command restriction list');
	expect(list.text).toContain(`\`seen\`: <@&${helpers.id}>, <@&${mods.id}>`);

	const prisma = shared.db;
	const left = () => prisma.commandRestriction.count({ where: { guildId: BigInt(guild.id) } });
	await remove(helpers);
	await expect.poll(left, { timeout: 15_000 }).toBe(1);
	await works(bea);
	await refused(ana);
	await remove(mods);
	await expect.poll(left, { timeout: 15_000 }).toBe(0);
	await works(cid);
	expect(shared.house.output).toMatch(/The last role of a restriction was deleted.*afk\.seen/);
});

test('when the last role of a command is deleted, the log channel hears that it is open to everybody', async () => {
	const { owner, mods, remove, general, lounge } = await place();
	await asks(owner, general, `;modlog <#${lounge.id}>`, /Cases are now shown here/);
	await slashes(owner, general, 'command restriction add', { command: 'seen', role: mods.id });
	await remove(mods);
	await owner.expectMessage(lounge, 'The last role for which `seen` was kept has been deleted: everybody may use it again.');
});

test('a module is off in one channel, for commands, menus and buttons, and on again', async () => {
	const { owner, ana, general, lounge } = await place();
	await ana.send(lounge, ';timezone set Birmingham');
	const question = await ana.expectMessage(lounge, (message) => message.components.length > 0);
	await owner.send(lounge, ';disablemodule add timezones reminders #lounge');
	await owner.expectMessage(lounge, /These modules are off in <#\d+>: `timezones, reminders`/);

	const off = /The module `(timezones|reminders)` is switched off in this channel/;
	await ana.send(lounge, ';timezone');
	await ana.expectMessage(lounge, off);
	const chosen = await ana.select(question, 'Choose yours', ['America/Chicago']);
	expect(chosen.text).toMatch(off);
	const menu = await ana.context(lounge, 'Remind me about this', question, 'message');
	expect(menu.text).toMatch(off);
	await ana.send(general, ';timezone');
	await ana.expectMessage(general, (message) => message.isBot && !off.test(message.text));

	const list = await owner.slash(general, 'command module list');
	expect(list.text).toContain(`\`reminders\`: in <#${lounge.id}>`);
	const on = await owner.slash(general, 'command module enable', { modules: 'timezones' });
	expect(on.text).toContain('The module `timezones` is on again.');
	await ana.send(lounge, ';timezone');
	await ana.expectMessage(lounge, (message) => message.isBot && !off.test(message.text));
});

test('a module is off in the channel that is called so, not in the category of that name, where nobody writes', async () => {
	const { owner, members, ...guild } = await shared.house.discord.guild({
		members: ['ana'],
		channels: [{ name: 'Lounge', type: 4 }, 'lounge', 'general']
	});
	const [ana] = members;
	const [general, lounge, category] = ['general', 'lounge', 'Lounge'].map((name) => guild.channel(name));
	if (!ana || !general || !lounge || !category) throw new Error('The server is not complete');
	await owner.send(general, ';disablemodule add timezones lounge');
	await owner.expectMessage(general, `The module \`timezones\` is off in <#${lounge.id}>.`);
	await ana.send(lounge, ';timezone');
	await ana.expectMessage(lounge, 'The module `timezones` is switched off in this channel.');
	await owner.send(general, `;disablemodule add reminders <#${category.id}>`);
	await owner.expectMessage(general, 'Lounge is a category. Pick a channel in it.');
	await owner.send(general, ';disablemodule list');
	const list = await owner.expectMessage(general, /Modules that are off/);
	expect(list.text).not.toContain('reminders');
});

test('a module is switched off by picking, seen in the list, and on again by typing; who may not manage the server does neither', async () => {
	const { owner, ana, bea, general } = await place();
	await expect(ana.slash(general, 'command module disable', { modules: 'timezones' })).resolves.toMatchObject({ ephemeral: true });
	const off = await owner.slash(general, 'command module disable', { modules: 'timezones' });
	expect(off.text).toContain('The module `timezones` is off in this server.');
	await bea.send(general, ';timezone');
	await bea.expectMessage(general, /The module `timezones` is switched off in this server/);
	for (const line of [';disablemodule list', ';disablemodule remove timezones']) {
		await ana.send(general, line);
		await ana.expectMessage(general, /You need these permissions for that: Manage Server/);
	}
	await owner.send(general, ';disablemodule list');
	await owner.expectMessage(general, /`timezones`: in the whole server/);
	await owner.send(general, ';disablemodule remove timezones');
	await owner.expectMessage(general, 'The module `timezones` is on again.');
	await bea.send(general, ';timezone');
	await bea.expectMessage(general, /don't know your time zone/);
});

test('the owner opens a command again, role by role, by typing and by picking; nobody else may', async () => {
	const { guild, owner, ana, cid, helpers, mods, general, lounge } = await place();
	const prisma = shared.db;
	const rolesOf = async () =>
		(await prisma.commandRestriction.findMany({ where: { guildId: BigInt(guild.id) } })).map(({ roleId }) => String(roleId));
	for (const role of [helpers, mods]) await owner.slash(general, 'command restriction add', { command: 'seen', role: role.id });
	await ana.send(general, ';restrictcommand delete seen Helpers');
	await ana.expectMessage(general, 'Only the owner of this server can use this.');
	await ana.send(general, ';restrictcommand list');
	await ana.expectMessage(general, /You need these permissions for that: Manage Server/);
	const refused = await cid.slash(general, 'command restriction delete', { command: 'seen', role: mods.id });
	expect(refused).toMatchObject({ ephemeral: true, text: expect.stringContaining('Only the owner of this server can use this.') });
	expect((await rolesOf()).sort()).toEqual([helpers.id, mods.id].sort());

	await asks(owner, lounge, ';restrictcommand delete seen Helpers', /is off the list of `seen`/);
	expect(await rolesOf()).toEqual([mods.id]);
	await asks(owner, lounge, ';restrictcommand list', new RegExp(`\`seen\`: <@&${mods.id}>`));
	await cid.send(general, `;seen ${owner.mention}`);
	await cid.expectMessage(general, /kept for members with one of these roles/);
	await slashes(owner, lounge, 'command restriction delete', { command: 'seen', role: mods.id });
	expect(await rolesOf()).toEqual([]);
	await cid.send(general, `;seen ${owner.mention}`);
	await cid.expectMessage(general, (message) => message.isBot && !message.text.includes('kept for members'));
});

test('a command that is kept for many roles is listed with all of them', async () => {
	const { owner, general } = await place();
	const roles = Array.from({ length: 40 }, (_, index) => BigInt(general.guildId) + BigInt(index + 1));
	const row = { guildId: BigInt(general.guildId), command: 'afk.seen', at: new Date() };
	await shared.db.commandRestriction.createMany({ data: roles.map((roleId) => ({ ...row, roleId })) });
	await owner.send(general, ';restrictcommand list');
	const list = await owner.expectMessage(general, /Kept for roles/);
	expect(list.text.match(/<@&\d+>/g)).toEqual(roles.map((id) => `<@&${id}>`));
});

test('the menu entry of a command that is off is off too', async () => {
	const { owner, ana, general } = await place();
	const message = await ana.send(general, 'buy milk');
	await owner.send(general, ';disablecommand remind');
	await owner.expectMessage(general, '`remind` is off in this server.');
	const menu = await ana.context(general, 'Remind me about this', message, 'message');
	expect(menu.text).toContain('`remind` is switched off in this server.');
});

test('a server’s own word runs a command with what was set beforehand, through the same guards', async () => {
	const { owner, ana, bea, cid, general } = await place();
	await owner.send(general, ';alias add TEA remind 5m tea');
	await owner.expectMessage(general, '`tea` stands for `remind 5m tea` now.');
	const where = await owner.slash(general, 'command alias add', { alias: 'where', command: 'seen' });
	expect(where.text).toContain('`where` stands for `seen` now.');

	await ana.send(general, ';tea with bea');
	await ana.expectMessage(general, (message) => message.isBot);
	const prisma = shared.db;
	await expect.poll(() => prisma.reminder.count({ where: { userId: BigInt(ana.id), text: 'tea with bea' } })).toBe(1);
	const misspelt = await bea.send(general, `;wher ${ana.mention}`);
	await bea.edit(misspelt, `;WHERE ${ana.mention}`);
	await bea.expectMessage(general, /ana|last|wrote/i);

	await owner.send(general, ';disablecommand seen');
	await owner.expectMessage(general, '`seen` is off in this server.');
	await cid.send(general, `;where ${ana.mention}`);
	await cid.expectMessage(general, '`seen` is switched off in this server.');
	await cid.send(general, ';alias list');
	await cid.expectMessage(general, /You need these permissions for that: Manage Server/);
});

test('help and diagnose know a server’s own words, in that server alone', async () => {
	const { owner, ana, bea, general } = await place();
	await owner.send(general, ';alias add tea remind 5m tea');
	await owner.expectMessage(general, /stands for/);
	await owner.send(general, ';alias add jot reminder');
	await owner.expectMessage(general, '`jot` stands for `reminder` now.');

	await ana.send(general, ';help TEA');
	const page = await ana.expectMessage(general, 'In this server `tea` stands for `remind 5m tea`.');
	expect(page.text).toContain(';remind <when>');
	const bySlash = await bea.slash(general, 'help', { command: 'jot cancel' });
	expect(bySlash.text).toContain('In this server `jot` stands for `reminder cancel`.');
	await bea.send(general, ';help jott');
	await bea.expectMessage(general, /I have no command called `jott`. The nearest are `;help jot`/);
	expect(await ana.autocomplete(general, 'help', { command: 'tea' }, 'command')).toContainEqual({ name: 'tea', value: 'tea' });

	await owner.send(general, ';diagnose jot cancel');
	await owner.expectMessage(general, /In this server `jot` stands for `reminder cancel`\.\s+`reminder stop` for .*No cooldown/s);
	expect(await owner.autocomplete(general, 'diagnose', { command: 'tea' }, 'command')).toContainEqual({ name: 'tea', value: 'tea' });

	const { owner: other, ana: cleo, general: there } = await place();
	await other.send(there, ';alias add gong ping');
	await other.expectMessage(there, /stands for/);
	const why = await other.slash(there, 'diagnose', { command: 'gong' });
	expect(why.text).toMatch(/In this server `gong` stands for `ping`\.\s+`ping` for/);
	expect((await other.slash(there, 'diagnose', { command: 'gonng' })).text).toContain('Did you mean `gong`?');
	await cleo.send(there, ';help tea');
	await cleo.expectMessage(there, 'I have no command called `tea`.');
});

test('an own word never hides a real command and never stands for another own word', async () => {
	const { owner, general } = await place();
	const ask = (alias: string, command: string) => owner.slash(general, 'command alias add', { alias, command });
	expect((await ask('PING', 'seen')).text).toContain('`ping` is a command of mine already.');
	expect((await ask('where', 'seen')).text).toContain('`where` stands for `seen` now.');
	expect((await ask('where2', 'where')).text).toContain("`where` is one of this server's own words, for `seen`. Give the command itself.");
	const { owner: third, general: hall } = await place();
	await third.send(hall, ';alias add jot reminder');
	await third.expectMessage(hall, /stands for/);
	await third.send(hall, ';disablecommand jot');
	await third.expectMessage(hall, "`jot` is one of this server's own words, for `reminder`.");
	await third.send(hall, ';rc add jot Helpers');
	await third.expectMessage(hall, "`jot` is one of this server's own words, for `reminder`.");

	const { owner: other, general: there } = await place();
	await other.send(there, ';alias add where seen');
	await other.expectMessage(there, /stands for/);
	await other.send(there, ';alias remove WHERE');
	await other.expectMessage(there, '`where` stands for nothing any more.');
	await other.send(there, ';alias list');
	await other.expectMessage(there, 'This server has no words of its own.');
});

test('own words are listed and taken back by slash, by who may manage the server', async () => {
	const { owner, ana, bea, general } = await place();
	await owner.send(general, ';alias add where seen');
	await owner.expectMessage(general, /stands for/);
	const needs = { ephemeral: true, text: expect.stringContaining('You need these permissions for that: Manage Server') };
	await expect(ana.slash(general, 'command alias list')).resolves.toMatchObject(needs);
	await expect(ana.slash(general, 'command alias remove', { alias: 'where' })).resolves.toMatchObject(needs);
	await bea.send(general, `;where ${ana.mention}`);
	await bea.expectMessage(general, ({ isBot }) => isBot);
	expect((await owner.slash(general, 'command alias list')).text).toContain('`where`: `seen`');
	const removed = await owner.slash(general, 'command alias remove', { alias: 'WHERE' });
	expect(removed.text).toContain('`where` stands for nothing any more.');
	const prisma = shared.db;
	expect(await prisma.commandAlias.count({ where: { guildId: BigInt(general.guildId) } })).toBe(0);
});

test('who may switch sees it offered while typing', async () => {
	const { owner, general } = await place();
	const offered = await owner.autocomplete(general, 'command disable', { command: 'remind' }, 'command');
	expect(offered.map(({ value }) => value)).toEqual(expect.arrayContaining(['remind', 'reminder', 'reminder add']));
	expect((await owner.autocomplete(general, 'command disable', { command: 'ping' }, 'command')).map(({ value }) => value)).toEqual([]);
	const modules = await owner.autocomplete(general, 'command module disable', { modules: 'a' }, 'modules');
	expect(modules.map(({ value }) => value)).toContain('afk');
	expect(modules.map(({ value }) => value)).not.toContain('privacy');
});

test('typed, the channel of a module is its id, or its name alone when no module is called so', async () => {
	const { owner, ana, general, lounge } = await place();
	await asks(owner, general, `;disablemodule add timezones ${lounge.id}`, new RegExp(`is off in <#${lounge.id}>`));
	await asks(owner, general, ';disablemodule remove timezones lounge', new RegExp(`is on again in <#${lounge.id}>`));
	await asks(owner, general, ';disablemodule add timezones nowhere', /no module `nowhere`/);
	await ana.send(lounge, ';timezone');
	await ana.expectMessage(lounge, /don't know your time zone/);
});
