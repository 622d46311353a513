import { expect, test } from 'vitest';
import { type Crewed, crewedServer, say, slash } from '../support/crew.js';
import { eventually } from '../support/eventually.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const casesOf = ({ guild }: Crewed) =>
	shared.db.moderationCase.findMany({ where: { guildId: BigInt(guild.id) }, orderBy: { number: 'asc' } });

test('a member is warned and told; warnings are listed, one is removed, all are cleared, and the history stays', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana', 'bea'] });
	const [ana, bea] = server.members;
	if (!ana || !bea) throw new Error('The server is not complete');
	await ana.connect();
	const told = ana.expectEvent('MESSAGE_CREATE', (message) => JSON.stringify(message).includes('You were warned in'));
	const warned = await say(server, `;warn <@${ana.id}> spam @everyone`, /ana\*\* was warned/);
	expect(warned.text).toContain('Case #1');
	expect([warned.mentions, warned.mentionsEveryone]).toEqual([[], false]);
	await told;
	const bySlash = await slash(server, 'warn give', { member: ana.id, reason: 'again' });
	expect(bySlash.text).toContain('Case #2');
	await say(server, `;warn <@${ana.id}>`, /Case #3/);

	const list = await say(server, `;warns <@${ana.id}>`, /3 warnings of ana/);
	expect(list.text).toMatch(/#3[\s\S]*#2.*again[\s\S]*#1.*spam/);
	await say(server, `;warnlist <@${bea.id}>`, /\*\*bea\*\* has no warnings/);

	await say(server, ';warn remove 2', /The warning #2 does not count any more/);
	await say(server, ';warn remove 2', /There is no warning #2 that counts/);
	await say(server, `;warn <@${ana.id}> by mistake`, /Case #4/);
	const taken = await slash(server, 'warn remove', { number: 4 });
	expect(taken.text).toContain('The warning #4 does not count any more');
	const left = await slash(server, 'warn list', { member: ana.id });
	expect(left.text).toContain('2 warnings of ana');
	expect(left.text).not.toContain('again');

	const { mod, channel } = server.turn();
	await mod.send(channel, `;warn clear <@${ana.id}>`);
	await mod.click(await mod.expectMessage(channel, /Take all 2 warnings from \*\*ana\*\*/), 'Yes');
	await mod.expectMessage(channel, /\*\*ana\*\* has no warnings any more. It was 2/);
	const again = await slash(server, 'warn clear', { member: ana.id });
	expect(again).toMatchObject({ ephemeral: true });
	expect(again.text).toContain('**ana** has no warnings');

	const history = await say(server, `;cases <@${ana.id}> warn`, /4 × Warning/);
	expect(history.text.match(/\(removed\)/g)).toHaveLength(4);
});

test('nobody warns himself, the owner, somebody as high, or takes his own warnings; members may not at all', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana', 'boss'], roles: [{ name: 'Bosses' }] });
	const { owner, guild } = server;
	const [ana, boss] = server.members;
	if (!ana || !boss) throw new Error('The server is not complete');
	await say(server, `;warn <@${owner.id}>`, /Nobody can do that to the owner/);
	const { mod, channel } = server.turn();
	await mod.send(channel, `;warn <@${mod.id}>`);
	await mod.expectMessage(channel, /You cannot do that to yourself/);
	const other = server.turn();
	await other.mod.send(other.channel, `;warn <@${mod.id}>`);
	await other.mod.expectMessage(other.channel, /has a role as high as yours or higher/);
	await say(server, `;warn <@${shared.house.discord.description.applicationId}>`, /I will not do that to myself/);

	const room = guild.channel('room-1');
	await owner.send(room, `;warn <@${mod.id}> from above`);
	await owner.expectMessage(room, /was warned/);
	await mod.send(channel, ';warn remove 1');
	await mod.expectMessage(channel, /You cannot do that to yourself/);
	await other.mod.send(other.channel, `;warnclear <@${mod.id}>`);
	await other.mod.expectMessage(other.channel, /has a role as high as yours or higher/);

	await ana.send(room, `;warn <@${boss.id}>`);
	await ana.expectMessage(room, /You need these permissions for that: Manage Messages/);
	await expect(ana.slash(room, 'warn give', { member: boss.id })).rejects.toThrow();
	expect(await casesOf(server)).toHaveLength(1);
});

test('so many warnings lead to a mute and then to a kick, each once, by the bot itself', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana'], channels: ['mod-log'] });
	const [ana] = server.members;
	if (!ana) throw new Error('The server is not complete');
	await say(server, ';warn thresholds list', /Nothing follows from warnings yet/);
	await say(server, ';warn thresholds add 2 mute 1h 30d', /From now on: 2 warnings within 30 days: Mute for 1 hour. Before: nothing/);
	await say(server, ';warn thresholds add 2 mute 1h 30d', /That is so already/);
	await say(server, ';warn thresholds add 3 kick 1h 1h', /That has no length/);
	const added = await slash(server, 'warn thresholds add', { count: 3, action: 'kick' });
	expect(added.text).toContain('From now on: 3 warnings: Kick');
	await say(server, ';warn thresholds list', /2 warnings within .*: Mute for 1 hour\n3 warnings: Kick/);
	expect((await slash(server, 'warn thresholds list')).text).toMatch(/2 warnings within .*: Mute for 1 hour\n3 warnings: Kick/);

	await say(server, `;warn <@${ana.id}> one`, /was warned/);
	await say(server, `;warn <@${ana.id}> two`, /was warned/);
	await eventually('the mute has its case', async () => (await casesOf(server)).length === 3);
	expect((await casesOf(server))[2]).toMatchObject({ type: 'mute', parentNumber: 2, reason: '2 warnings', state: 'active' });
	const member = Object(await server.owner.api.get(`/guilds/${server.guild.id}/members/${ana.id}`));
	expect(Date.parse(member.communication_disabled_until)).toBeGreaterThan(0);
	await say(server, ';case 2', /Led to\n#3/);

	await say(server, `;warn <@${ana.id}> three`, /was warned/);
	await eventually('the kick has its case', async () => (await casesOf(server)).length === 5);
	expect((await casesOf(server))[4]).toMatchObject({ type: 'kick', parentNumber: 4, reason: '3 warnings' });
	await expect(server.owner.api.get(`/guilds/${server.guild.id}/members/${ana.id}`)).rejects.toThrow();

	await say(server, ';warn threshold remove 3', /No longer: 3 warnings: Kick/);
	await say(server, ';warn thresholds remove 3', /Nothing follows from 3 warnings/);
	const removed = await slash(server, 'warn thresholds remove', { count: 2 });
	expect(removed.text).toMatch(/No longer: 2 warnings within .*: Mute/);
	expect(await shared.db.warnThreshold.count({ where: { guildId: BigInt(server.guild.id) } })).toBe(0);
	expect(await shared.db.configChange.count({ where: { guildId: BigInt(server.guild.id), slot: 'moderation.thresholds' } })).toBe(4);
});

test('what should have followed and could not is told in the log channel', async () => {
	const roles = [{ name: 'Admins', permissions: '8', holders: ['ana'] }];
	const administrator = await crewedServer(shared.house.discord, { members: ['ana'], roles, channels: ['mod-log'] });
	const [ana] = administrator.members;
	if (!ana) throw new Error('The server is not complete');
	await say(administrator, ';modlog #mod-log', /Cases are now shown here/);
	await say(administrator, ';warn thresholds add 1 mute', /From now on: One warning: Mute/);
	await administrator.owner.connect();
	const log = administrator.guild.channel('mod-log');
	await say(administrator, `;warn <@${ana.id}>`, /was warned/);
	await administrator.owner.expectMessage(log, /The warning #1 should have led to this: Mute. It did not: .*administrator/);
	expect(await casesOf(administrator)).toHaveLength(1);
});

test('notes are for staff: never told, never logged, listed and removed', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana'], channels: ['mod-log'] });
	const [ana] = server.members;
	if (!ana) throw new Error('The server is not complete');
	await say(server, ';modlog #mod-log', /Cases are now shown here/);
	await say(server, `;note add <@${ana.id}> likes to argue`, /A note about \*\*ana\*\* is kept/);
	const bySlash = await slash(server, 'case note add', { user: ana.id, text: 'asked twice' });
	expect(bySlash).toMatchObject({ ephemeral: true });
	await say(server, `;notes <@${ana.id}>`, /#2.*asked twice[\s\S]*#1.*likes to argue/);
	await say(server, ';note rm 1', /The note #1 is gone/);
	await say(server, ';notes delete 1', /There is no note #1/);
	const left = await slash(server, 'case note list', { user: ana.id });
	expect(left).toMatchObject({ ephemeral: true });
	expect(left.text).not.toContain('argue');
	const gone = await slash(server, 'case note remove', { number: 2 });
	expect(gone.text).toContain('The note #2 is gone');
	await say(server, `;note <@${ana.id}>`, /There are no notes about \*\*ana\*\*/);

	await say(server, `;warn <@${ana.id}> so that something is logged`, /was warned/);
	const log = server.guild.channel('mod-log');
	await eventually('the warning is logged', async () => (await server.owner.messages(log)).some(({ text }) => text.includes('Case #3')));
	expect((await server.owner.messages(log)).some(({ text }) => text.includes('Note'))).toBe(false);
	// Among the cases of somebody they are counted, and shown only when asked for.
	const history = await say(server, `;cases <@${ana.id}>`, /2 × Note and 1 × Warning/);
	expect(history.text).not.toContain('#2');
	await ana.send(server.guild.channel('room-1'), `;note <@${ana.id}>`);
	await ana.expectMessage(server.guild.channel('room-1'), /You need these permissions for that: Manage Messages/);
});
