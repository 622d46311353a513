import { expect, test } from 'vitest';
import type { SeenMessage } from '../../emulator/driver/index.js';
import { type Crewed, crewedServer, say, slash } from '../support/crew.js';
import { eventually } from '../support/eventually.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const casesOf = ({ guild }: Crewed) =>
	shared.db.moderationCase.findMany({ where: { guildId: BigInt(guild.id) }, orderBy: { number: 'asc' } });
const settingsOf = ({ guild }: Crewed) => shared.db.moderationConfig.findUniqueOrThrow({ where: { guildId: BigInt(guild.id) } });

/** What stands in the log channel, as the owner sees it. */
async function logged({ owner, guild }: Crewed, fits: (message: SeenMessage) => boolean): Promise<boolean> {
	return (await owner.messages(guild.channel('mod-log'))).some(fits);
}

test('cases are shown in the log channel, changed there with the case, and nowhere once it is set to none', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana', 'bea', 'cleo'], channels: ['mod-log', 'secret'] });
	const [ana, bea, cleo] = server.members;
	if (!ana || !bea || !cleo) throw new Error('The server is not complete');
	await say(server, ';modlog', /Cases are shown here: none/);
	await say(server, ';modlog none', /There is no log channel/);
	await say(server, ';modlog #mod-log', /Cases are now shown here: <#\d+>. Before: none/);
	await say(server, ';modlog #mod-log', /Cases are shown there already/);

	await say(server, `;ban <@${ana.id}> spam`, /was banned/);
	await eventually('the case is shown', () => logged(server, ({ text }) => text.includes('Case #1 | Ban') && text.includes('spam')));
	await say(server, ';reason 1 raid', /is now: raid/);
	await eventually('its message is changed', () => logged(server, ({ text, edited }) => edited && text.includes('**Reason:** raid')));
	const shown = await say(server, ';case 1', /In the log/);
	expect(shown.text).toContain(`https://discord.com/channels/${server.guild.id}/${server.guild.channel('mod-log').id}/`);
	await say(server, `;unban ${ana.id}`, /may come back/);
	await eventually('the ban is shown as taken back', () =>
		logged(server, ({ text }) => text.includes('Case #1') && text.includes('taken back'))
	);

	await server.owner.api.put(`/channels/${server.guild.channel('secret').id}/permissions/${await botRole(server)}`, {
		type: 0,
		allow: '0',
		deny: String(1 << 11)
	});
	const off = await slash(server, 'mod log', { off: true });
	expect(off.text).toMatch(/Cases are now shown here: none. Before: <#\d+>/);
	await say(server, `;ban <@${bea.id}>`, /Case #3/);
	const again = await slash(server, 'mod log', { channel: server.guild.channel('mod-log').id });
	expect(again.text).toContain('Before: none');
	await say(server, `;ban <@${cleo.id}>`, /Case #4/);
	await eventually('the next case is shown', () => logged(server, ({ text }) => text.includes('Case #4')));
	expect(await logged(server, ({ text }) => text.includes('Case #3'))).toBe(false);
	expect(await shared.db.configChange.count({ where: { guildId: BigInt(server.guild.id), slot: 'moderation.config' } })).toBe(3);
});

/** The role that the bot came with. */
async function botRole({ owner, guild }: Crewed): Promise<string> {
	const roles: unknown = await owner.api.get(`/guilds/${guild.id}/roles`);
	const found = Array.isArray(roles) ? roles.find((role) => role.managed === true) : undefined;
	return String(Object(found).id);
}

test('a channel where the bot may not write is refused at once; only administrators choose', async () => {
	// Everything that moderation needs, without administrator: there channels hold for nothing.
	const botPermissions = String((1 << 10) | (1 << 11) | (1 << 14) | (1 << 16) | (1 << 2) | (1 << 7));
	const server = await crewedServer(shared.house.discord, { members: ['ana'], channels: ['secret', 'mod-log'], botPermissions });
	const [ana] = server.members;
	if (!ana) throw new Error('The server is not complete');
	const secret = server.guild.channel('secret').id;
	await server.owner.api.put(`/channels/${secret}/permissions/${await botRole(server)}`, { type: 0, allow: '0', deny: String(1 << 11) });
	await say(server, ';modlog #secret', /In `secret` I lack this: Send Messages/);
	await ana.send(server.guild.channel('room-1'), ';modlog #mod-log');
	await ana.expectMessage(server.guild.channel('room-1'), /You need these permissions for that: Administrator/);
	for (const line of [';modconfig', ';protectedrole list']) {
		await ana.send(server.guild.channel('room-2'), line);
		await ana.expectMessage(server.guild.channel('room-2'), /You need these permissions for that: Administrator/);
	}
});

test('everything is shown and changed: a reason is asked for, a mute has its length, and people are told in the server’s words', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana', 'bea'], staff: 9 });
	const [ana, bea] = server.members;
	if (!ana || !bea) throw new Error('The server is not complete');
	const all = await say(server, ';modconfig', /How moderation works here/);
	expect(all.text).toMatch(/Asks for a reason\nno[\s\S]*A mute without a time lasts\n1 hour/);
	await say(server, ';modconfig require-reason', /Asks for a reason: no/);
	await say(server, ';modconfig require-reason on', /Asks for a reason: yes. Before: no/);
	await say(server, ';modconfig require-reason on', /That is set already/);
	await say(server, ';modconfig require-reason maybe', /Say `on` or `off`/);
	await say(server, `;warn <@${ana.id}>`, /Give a reason: this server asks for one/);
	const bySlash = await slash(server, 'mod config', { key: 'mute-length', value: '6h' });
	expect(bySlash.text).toContain('A mute without a time lasts: 6 hours. Before: 1 hour');
	await say(server, ';modconfig mute-length soon', /Say a length of time/);
	await say(server, ';modconfig delete-days 7', /A ban deletes messages of: 7 days. Before: 0 days/);
	await say(server, ';modconfig delete-days 8', /Say a number of days from 0 to 7/);
	await say(server, ';modconfig confirm-ban on', /Asks before a ban: yes/);
	await say(server, ';modconfig confirm-ban off', /Asks before a ban: no/);
	await say(server, ';modconfig external all', /all of it. Before: all but roles/);
	await say(server, ';modconfig spam on', /There is no setting `spam on`/);
	await say(server, ';modconfig dm knit off', /Say for which action first/);
	await say(server, ';modconfig dm warn', /Say `on`, `off`, `default`/);
	await say(server, ';modconfig dm warn **Write** to @everyone', /Warning: yes, with your words: \\\*\\\*Write/);

	await bea.connect();
	const told = bea.expectEvent('MESSAGE_CREATE', (message) => JSON.stringify(message).includes('You were warned in'));
	await say(server, `;warn <@${bea.id}> spam`, /was warned/);
	const message = JSON.stringify(await told);
	expect(message).toContain('Write');
	expect(message).not.toContain('"mention_everyone":true');
	await say(server, ';modconfig dm warn off', /Warning: no/);
	await say(server, `;warn <@${bea.id}> again`, /was warned/);
	expect(await settingsOf(server)).toMatchObject({ requireReason: true, defaultMuteSeconds: 21_600, deleteMessageSeconds: 604_800 });
	const { mod, channel } = server.turn();
	expect(await mod.autocomplete(channel, 'mod config', { key: 'external', value: 'no' }, 'value')).toEqual([
		{ name: 'no-roles', value: 'no-roles' },
		{ name: 'none', value: 'none' }
	]);
});

test('holders of a protected role are left alone, until it is deleted: then the log channel hears of it', async () => {
	const roles = [{ name: 'Partners', holders: ['ana'] }];
	const server = await crewedServer(shared.house.discord, { members: ['ana'], roles, channels: ['mod-log'] });
	const { owner, guild } = server;
	const [ana] = server.members;
	if (!ana) throw new Error('The server is not complete');
	const partners = server.role('Partners');
	await say(server, ';modlog #mod-log', /Cases are now shown here/);
	await say(server, ';protectedrole list', /There is no role that I leave alone/);
	await say(server, ';protectedrole add Partners', /I leave everybody with <@&\d+> alone from now on/);
	await say(server, ';protectedrole add Partners', /alone already/);
	await say(server, `;protectedrole add ${guild.id}`, /Everybody in the server has that role/);
	const listed = await slash(server, 'mod protected list');
	expect(listed.text).toContain(`<@&${partners.id}>`);
	await say(server, `;ban <@${ana.id}>`, /That person has a protected role/);
	await owner.api.delete(`/guilds/${guild.id}/roles/${partners.id}`);
	await eventually('the log channel hears of it', () =>
		logged(server, ({ text }) => text.includes(`(\`${partners.id}\`). It is off the list now`))
	);
	await say(server, `;ban <@${ana.id}>`, /was banned/);
	const staff = await slash(server, 'mod protected add', { role: server.role('Staff').id });
	expect(staff.text).toContain('alone from now on');
	const removed = await slash(server, 'mod protected remove', { role: server.role('Staff').id });
	expect(removed.text).toContain('I do not leave');
	await say(server, ';protectedrole remove Staff', /I do not leave <@&\d+> alone anyway/);
});

test('a log channel that takes nothing is left in peace for an hour, and one moderator hears why', async () => {
	const botPermissions = String((1 << 10) | (1 << 11) | (1 << 14) | (1 << 16) | (1 << 2) | (1 << 7));
	const server = await crewedServer(shared.house.discord, { members: ['ana'], channels: ['mod-log'], botPermissions });
	const { owner, guild } = server;
	const [ana] = server.members;
	if (!ana) throw new Error('The server is not complete');
	const log = guild.channel('mod-log').id;
	await say(server, ';modlog #mod-log', /Cases are now shown here/);
	const overwrite = `/channels/${log}/permissions/${await botRole(server)}`;
	await owner.api.put(overwrite, { type: 0, allow: '0', deny: String(1 << 11) });
	const refusals = async () =>
		(
			await shared.house.discord.requests(
				({ method, path, status }) => method === 'POST' && path.endsWith(`/channels/${log}/messages`) && status === 403
			)
		).length;
	const putOff = async () => {
		const dueAt = { gt: new Date((await shared.house.discord.clock.now()) + 1_800_000) };
		return shared.db.scheduledTask.count({ where: { guildId: BigInt(guild.id), kind: 'moderationLog', dueAt } });
	};
	const answers: string[] = [];
	for (const [index, reason] of ['one', 'two', 'three'].entries()) {
		answers.push((await say(server, `;warn <@${ana.id}> ${reason}`, /was warned/)).text);
		await eventually('it was refused, and is put off', async () => (await putOff()) === index + 1);
		expect(await refusals()).toBe(index + 1);
	}
	for (const reason of ['four', 'five']) answers.push((await say(server, `;warn <@${ana.id}> ${reason}`, /was warned/)).text);
	// The third one may be refused before its own answer is written.
	expect(answers.map((text) => text.includes('I may not write in the log channel')).join()).toMatch(
		/^false,false,(true,false|false,true),false$/
	);
	await shared.house.passTime({ minutes: 30 });
	expect(await refusals()).toBe(3);

	await owner.api.delete(overwrite);
	await shared.house.passTime({ minutes: 31 });
	await eventually('all five are shown', async () => {
		const texts = (await owner.messages({ id: log })).map(({ text }) => text);
		return ['one', 'two', 'three', 'four', 'five'].every((reason) => texts.some((text) => text.includes(`**Reason:** ${reason}`)));
	});
	expect(await refusals()).toBe(3);
});

test('what people do by hand becomes a case, ends ours, and is shown; what bots do does not', async () => {
	const roles = [{ name: 'Helpers' }];
	const server = await crewedServer(shared.house.discord, { members: ['ana', 'bea', 'cleo', 'dora'], roles, channels: ['mod-log'] });
	const { owner, guild } = server;
	const [ana, bea, cleo, dora] = server.members;
	if (!ana || !bea || !cleo || !dora) throw new Error('The server is not complete');
	await say(server, ';modlog #mod-log', /Cases are now shown here/);
	await say(server, ';modconfig external all', /all of it. Before: all but roles/);
	const at = (path: string) => `/guilds/${guild.id}${path}`;
	const count = (wanted: number) => eventually(`there are ${wanted} cases`, async () => (await casesOf(server)).length === wanted);

	await owner.api.request('PUT', at(`/bans/${ana.id}`), {}, [], { 'x-audit-log-reason': 'by%20hand' });
	await count(1);
	expect((await casesOf(server))[0]).toMatchObject({
		type: 'ban',
		userId: BigInt(ana.id),
		moderatorId: BigInt(owner.id),
		reason: 'by hand'
	});
	await eventually('it is shown', () => logged(server, ({ text }) => text.includes('Done by hand in Discord')));

	await say(server, `;ban <@${bea.id}> 1h spam`, /Case #2/);
	await owner.api.delete(at(`/bans/${bea.id}`));
	await count(3);
	expect((await casesOf(server)).slice(1).map(({ type, state }) => [type, state])).toEqual([
		['ban', 'undone'],
		['unban', 'active']
	]);
	expect(await shared.db.scheduledTask.count({ where: { guildId: BigInt(guild.id), kind: 'moderationExpire' } })).toBe(0);

	await say(server, `;mute <@${cleo.id}> 1h`, /Case #4/);
	const until = new Date((await shared.house.discord.clock.now()) + 7_200_000).toISOString();
	await owner.api.patch(at(`/members/${cleo.id}`), { communication_disabled_until: until });
	await count(5);
	const [, , , ours, theirs] = await casesOf(server);
	expect([ours?.state, theirs?.type, theirs?.expiresAt?.toISOString()]).toEqual(['superseded', 'mute', until]);
	await shared.house.passTime({ minutes: 90 });
	expect(Object(await owner.api.get(at(`/members/${cleo.id}`))).communication_disabled_until).not.toBeNull();
	await owner.api.patch(at(`/members/${cleo.id}`), { communication_disabled_until: null });
	await count(6);
	expect((await casesOf(server)).map(({ type, state }) => `${type} ${state}`).slice(4)).toEqual(['mute undone', 'unmute active']);

	await owner.api.put(at(`/members/${dora.id}/roles/${server.role('Helpers').id}`));
	await count(7);
	const shown = await say(server, ';case 7', /Given: <@&\d+>/);
	expect(shown.text).toContain('Done by hand in Discord');
	expect(await logged(server, ({ text }) => text.includes('Case #7'))).toBe(false);
	await owner.api.delete(at(`/members/${dora.id}`));
	await count(8);
	expect((await casesOf(server))[7]).toMatchObject({ type: 'kick', userId: BigInt(dora.id) });

	// Each of these is in the audit log too, by the bot.
	await say(server, `;warn <@${cleo.id}> x`, /Case #9/);
	await say(server, `;mute <@${cleo.id}> 1h`, /Case #10/);
	await say(server, ';modconfig external none', /none. Before: all of it/);
	await owner.api.patch(at(`/members/${cleo.id}`), { communication_disabled_until: null });
	await eventually('our mute is over all the same', async () => (await casesOf(server))[9]?.state === 'undone');
	expect(await casesOf(server)).toHaveLength(10);
});

test('an event that comes twice makes one case', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana'] });
	const { owner, guild } = server;
	const [ana] = server.members;
	if (!ana) throw new Error('The server is not complete');
	await shared.house.discord.faults.gateway('spoil', { fate: 'double', types: ['GUILD_AUDIT_LOG_ENTRY_CREATE'], times: 2 });
	await owner.api.put(`/guilds/${guild.id}/bans/${ana.id}`, {});
	await owner.api.delete(`/guilds/${guild.id}/bans/${ana.id}`);
	await eventually('both have a case', async () => (await casesOf(server)).length === 2);
	await say(server, `;warn <@${shared.house.discord.home.owner.id}>`, /not in this server|could not find/);
	expect((await casesOf(server)).map(({ number, type }) => `${number} ${type}`)).toEqual(['1 ban', '2 unban']);
});
