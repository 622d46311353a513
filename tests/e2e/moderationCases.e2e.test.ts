import { expect, test } from 'vitest';
import { type Crewed, crewedServer, say, slash } from '../support/crew.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const caseOf = (server: Crewed, number: number) =>
	shared.db.moderationCase.findUniqueOrThrow({ where: { guildId_number: { guildId: BigInt(server.guild.id), number } } });

test('a case is looked at, its reason is changed in words and by its button, and its history tells', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana', 'bea'] });
	const [ana, bea] = server.members;
	if (!ana || !bea) throw new Error('The server is not complete');
	await say(server, `;ban <@${ana.id}> spam`, /was banned/);
	await say(server, `;ban <@${bea.id}>`, /was banned/);

	const shown = await say(server, ';case #1', /Case #1 \| Ban/);
	expect(shown.text).toContain('ana');
	expect(shown.text).toContain('**Reason:** spam');
	expect(shown.mentions).toEqual([]);

	await say(server, ';reason 1 spam in *many* channels', /The reason of case #1 is now: spam in \\\*many\\\* channels/);
	await say(server, ';reason latest raid', /The reason of case #2 is now: raid/);
	await say(server, ';reason 1-2 both the same', /The reason of 2 cases \(#1, #2\) is now: both the same/);
	await say(server, ';reason 1-2 both the same', /That is the reason already/);
	await say(server, ';reason 7 x', /There is no case #7/);
	await say(server, ';reason 1-60 x', /I change 50 cases at most at once/);
	await say(server, ';reason soon x', /is not a whole number/);

	const { mod, channel } = server.turn();
	const again = await mod.slash(channel, 'case show', { number: 1 });
	expect(again.text).toMatch(/changed the reason from “spam” to “spam in/);
	if (again.message === null) throw new Error('There is no answer');
	const form = await mod.click(again.message, 'Change reason');
	const changed = mod.expectEdit(again.message, /typed into the form/);
	await mod.submitModal(form, { reason: 'typed into the form' });
	await changed;
	expect((await caseOf(server, 1)).reason).toBe('typed into the form');
	const picked = await slash(server, 'case reason', { cases: '1-2', text: 'picked' });
	expect(picked.text).toContain('The reason of 2 cases (#1, #2) is now: picked');
	expect([(await caseOf(server, 1)).reason, (await caseOf(server, 2)).reason]).toEqual(['picked', 'picked']);

	// Who may not use the command may not press either.
	await server.owner.connect();
	const guest = await shared.house.discord.user('guest');
	const invite = Object(await server.owner.api.post(`/channels/${channel.id}/invites`, {}));
	await guest.join(String(invite.code));
	const pressed = await guest.click(again.message, 'Change reason');
	expect(pressed).toMatchObject({ ephemeral: true, modal: null });
	expect(pressed.text).toContain('Manage Messages');
	await guest.send(channel, ';case 1');
	await guest.expectMessage(channel, /You need these permissions for that: Manage Messages/);
});

test('cases are listed by person, type and moderator, counted, and suggested while typing', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana', 'bea', 'cleo'] });
	const [ana, bea, cleo] = server.members;
	if (!ana || !bea || !cleo) throw new Error('The server is not complete');
	await say(server, ';cases', /There are no such cases/);
	for (const person of [ana, bea]) await say(server, `;ban <@${person.id}> spam ${person.name}`, /was banned/);
	await say(server, ';unban nobody sorry', /could not find the user `nobody`/);
	await say(server, ';unban @Ana sorry', /may come back/);
	const { owner } = server;
	const room = server.guild.channel('room-4');
	await owner.send(room, `;ban <@${cleo.id}> raid`);
	await owner.expectMessage(room, /was banned/);

	const all = await say(server, ';history', /3 × Ban and 1 × Unban/);
	expect(all.text).toMatch(/#4\*\* Ban .*raid[\s\S]*#1\*\* Ban .*\(taken back\): spam ana/);
	const ofAna = await slash(server, 'case list', { user: ana.id });
	expect(ofAna.text).toContain('Cases of ana');
	expect(ofAna.text).toContain('1 × Ban and 1 × Unban');
	expect(ofAna.text).not.toContain('raid');
	const unbans = await say(server, ';cases unban', /#3/);
	expect(unbans.text).not.toContain('#4');
	const byOwner = await say(server, `;cases by <@${owner.id}>`, /raid/);
	expect(byOwner.text).not.toContain('spam');
	await say(server, `;cases <@${ana.id}> by <@${owner.id}>`, /There are no such cases/);
	await say(server, `;case list <@${cleo.id}> ban by <@${owner.id}>`, /raid/);

	const stats = await say(server, ';modstats', /Moderators, last 30 days/);
	expect(stats.text).toContain(`<@${owner.id}> **1**: 1 × Ban`);
	await shared.house.passTime({ days: 8 });
	await say(server, ';modstats 7d', /There are no such cases/);
	const slashStats = await slash(server, 'case stats', { moderator: owner.id, period: 'all' });
	expect(slashStats.text).toContain('**1**: 1 × Ban');

	// Names come from memory: Discord is not asked for 25 people at every key.
	const name = process.env['CACHE_SIZE'] === 'none' ? cleo.id : 'cleo';
	expect(await owner.autocomplete(room, 'case show', { number: 4 }, 'number')).toEqual([{ name: `#4 Ban · ${name} · raid`, value: 4 }]);
	expect(await owner.autocomplete(room, 'case reason', { cases: '1', text: 'SPAM' }, 'text')).toEqual([
		{ name: 'spam bea', value: 'spam bea' },
		{ name: 'spam ana', value: 'spam ana' }
	]);
	expect(await owner.autocomplete(room, 'case list', { type: 'unb' }, 'type')).toContainEqual({ name: 'Unban', value: 'unban' });
});

test('a case is deleted after a question, by command and by button; its number is never given again', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana', 'bea', 'cleo'] });
	const [ana, bea, cleo] = server.members;
	if (!ana || !bea || !cleo) throw new Error('The server is not complete');
	await say(server, `;ban <@${ana.id}> spam`, /was banned/);
	await say(server, `;ban <@${bea.id}> 2h spam`, /Until/);
	const first = server.turn();
	await first.mod.send(first.channel, ';case delete 1');
	await first.mod.click(await first.mod.expectMessage(first.channel, /Delete case #1 for good/), 'Yes');
	await first.mod.expectMessage(first.channel, /Case #1 is deleted/);
	await say(server, ';case 1', /Case #1 was deleted/);
	await say(server, ';reason 1 x', /There is no case #1/);

	const second = server.turn();
	const shown = await second.mod.slash(second.channel, 'case show', { number: 2 });
	if (shown.message === null) throw new Error('There is no answer');
	const question = await second.mod.click(shown.message, 'Delete');
	expect(question).toMatchObject({ ephemeral: true });
	if (question.message === null) throw new Error('There is no question');
	await second.mod.click(question.message, 'Yes');
	// It still has to let him back in.
	await second.mod.expectMessage(second.channel, /still runs, and its end must not be lost/);

	await say(server, `;ban <@${cleo.id}>`, /Case #3/);
	expect((await caseOf(server, 1)).state).toBe('deleted');
	expect((await caseOf(server, 2)).state).toBe('active');
});

test('whose ban it is to change needs the right to ban', async () => {
	const manageMessages = String(1 << 13);
	const server = await crewedServer(shared.house.discord, { members: ['ana'], permissions: manageMessages });
	const [ana] = server.members;
	if (!ana) throw new Error('The server is not complete');
	const room = server.guild.channel('room-4');
	await server.owner.send(room, `;ban <@${ana.id}> 5h raid`);
	await server.owner.expectMessage(room, /Until/);
	await say(server, ';duration 1 6h', /You need these permissions for that: Ban Members/);
	await say(server, ';case delete 1', /You need these permissions for that: Administrator/);
	await say(server, ';reason 1 raid of today', /is now: raid of today/);
});

test('files and links belong to a case and are shown again, also when Discord has lost its own', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana'] });
	const [ana] = server.members;
	if (!ana) throw new Error('The server is not complete');
	await say(server, `;ban <@${ana.id}> spam`, /was banned/);
	const proof = { name: 'proof.txt', data: Buffer.from('she wrote this'), type: 'text/plain' };
	const other = { name: 'more.txt', data: Buffer.from('and this'), type: 'text/plain' };

	const { mod, channel } = server.turn();
	const typed = await mod.send(channel, ';case evidence 1', [proof, other]);
	await mod.expectMessage(channel, /Case #1 has 2 more files or links/);
	await mod.remove(typed);

	const link = 'https://example.com/thread/1';
	const linked = await slash(server, 'case evidence', { number: 1, link });
	expect(linked.text).toContain('Case #1 has one more file or link');
	await say(server, `;case evidence 1 ${link}`, /has `example.com\/thread\/1` already/);
	await say(server, ';case evidence 1 proof', /That is no link/);
	await say(server, ';case evidence 9', /There is no case #9/);

	const shown = await say(server, ';case 1', /Files and links/);
	expect(shown.text).toContain(link);
	expect(shown.attachments.map(({ filename }) => filename)).toEqual(['proof.txt', 'more.txt']);
	const bytes = await fetch(String(shown.attachments[0]?.['url']));
	expect(await bytes.text()).toBe('she wrote this');
	const uses = () => shared.db.blobUse.findMany({ where: { guildId: BigInt(server.guild.id) } });
	expect((await uses()).map(({ owner, expiresAt }) => [owner, expiresAt])).toEqual([
		[`case:${server.guild.id}:1`, null],
		[`case:${server.guild.id}:1`, null]
	]);

	// A link to a file of Discord's is a file too.
	const again = server.turn();
	const posted = await again.mod.send(again.channel, 'look', [{ ...proof, name: 'third.txt', data: Buffer.from('third') }]);
	await say(server, `;case evidence 1 ${String(posted.attachments[0]?.['url'])}`, /one more file or link/);
	const all = server.turn();
	await all.mod.send(all.channel, ';case evidence 1');
	const files = await all.mod.expectMessage(all.channel, (message) => message.attachments.length > 0);
	expect(files.attachments.map(({ filename }) => filename)).toEqual(['proof.txt', 'more.txt', 'third.txt']);

	const last = server.turn();
	await expect(ana.slash(last.channel, 'case delete', { number: 1 })).rejects.toThrow();
	const question = await last.mod.slash(last.channel, 'case delete', { number: 1 });
	expect(question.text).toContain('Delete case #1');
	if (question.message === null) throw new Error('Nothing was asked');
	await last.mod.click(question.message, 'Yes');
	await last.mod.expectMessage(last.channel, /Case #1 is deleted/);
	expect(await shared.db.caseEvidence.count({ where: { guildId: BigInt(server.guild.id) } })).toBe(0);
	expect((await uses()).every(({ expiresAt }) => expiresAt !== null)).toBe(true);
});

test('the log channel shows what belongs to a case, also when it comes later, and no more once the case is deleted', async () => {
	const server = await crewedServer(shared.house.discord, { members: ['ana'], channels: ['log'] });
	const [ana] = server.members;
	if (!ana) throw new Error('The server is not complete');
	const log = server.guild.channel('log');
	await server.owner.connect();
	await say(server, `;modlog <#${log.id}>`, /Cases are now shown here/);
	await say(server, `;warn <@${ana.id}> spam`, /was warned/);
	const logged = await server.owner.expectMessage(log, /Case #1 \| Warning/);
	expect(logged.text).not.toContain('Files and links');

	const link = 'https://example.com/thread_1_of_2';
	const withLink = server.owner.expectEdit(logged, /Files and links/);
	await say(server, `;case evidence 1 ${link}`, /one more file or link/);
	expect((await withLink).text).toContain(link);
	expect((await withLink).text).not.toContain('shows the files');

	const proof = { name: 'proof.txt', data: Buffer.from('she wrote this'), type: 'text/plain' };
	const withFile = server.owner.expectEdit(logged, /proof\.txt/);
	const { mod, channel } = server.turn();
	await mod.send(channel, ';case evidence 1', [proof]);
	expect((await withFile).text).toContain('`case evidence 1` shows the files');

	const last = server.turn();
	const question = await last.mod.slash(last.channel, 'case delete', { number: 1 });
	if (question.message === null) throw new Error('Nothing was asked');
	const cleared = server.owner.expectEdit(logged, (message) => !message.text.includes('Files and links'));
	await last.mod.click(question.message, 'Yes');
	expect((await cleared).text).not.toContain('proof.txt');
});
