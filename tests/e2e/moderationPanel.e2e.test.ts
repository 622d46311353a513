import { expect, test } from 'vitest';
import type { Outcome } from '../../emulator/driver/index.js';
import { flatten } from '../../emulator/driver/messages.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks, type StaffedServer, slashes, staffedServer } from '../support/staff.js';

const shared = sharedHouse();

const db = async () => shared.db;
const casesOf = async ({ id }: StaffedServer) =>
	(await db()).moderationCase.findMany({ where: { guildId: BigInt(id) }, include: { evidence: true }, orderBy: { number: 'asc' } });
const messageOf = ({ message }: Outcome) => {
	if (message === null) throw new Error('No answer came');
	return message;
};

test('from the menu of a message its words and its link go into the case', async () => {
	const server = await staffedServer(shared.house, ['ana']);
	const { max, mia, general } = server;
	const ana = server.person('ana');
	const said = await ana.send(general, 'buy *my* things at [here](https://evil.example) @everyone');
	const panel = messageOf(await max.context(general, 'Moderate author', said, 'message'));
	expect(panel.text).toContain(said.id);
	expect(panel.text).toContain('buy *my* things');
	const form = await max.click(panel, 'Mute');
	const offered = flatten(form.modal?.components ?? []).find((one) => one['custom_id'] === 'reason')?.['value'];
	expect(offered).toBe('Message: buy *my* things at [here](https://evil.example) @everyone');
	const done = await max.submitModal(form, { duration: '', reason: String(offered) });
	expect(done.text).toMatch(/\*\*ana\*\* is muted/);
	expect(done.text).not.toContain('@everyone');
	expect(await casesOf(server)).toMatchObject([{ type: 'mute', reason: offered, evidence: [{ url: expect.stringContaining(said.id) }] }]);
	await asks(mia, general, ';case 1', new RegExp(`Files and links[\\s\\S]*${said.id}`));
	expect(messageOf(await mia.context(general, 'Moderate', ana, 'user')).text).toContain('Moderate ana');
	await expect(ana.context(general, 'Moderate', max, 'user')).rejects.toThrow();
});

test('a report reaches the staff alone, pings nobody, and can be acted on where it is read', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea', 'cleo'], { channels: ['general', 'staff'] });
	const { max, general, guild } = server;
	const [ana, bea, cleo] = [server.person('ana'), server.person('bea'), server.person('cleo')];
	const staff = guild.channel('staff');
	await asks(ana, general, `;report ${bea.mention} sends insults`, /no channel for reports yet/);
	await asks(server.owner, general, `;modlog <#${staff.id}>`, /Cases are now shown here/);

	await max.connect();
	await asks(ana, general, `;report ${ana.mention} me`, /cannot report yourself/);
	const sent = await slashes(ana, general, 'report', { user: bea.id, reason: 'sends insults to @everyone' });
	expect(sent).toMatchObject({ ephemeral: true });
	expect(sent.text).toContain('The staff have your report');
	const report = await max.expectMessage(staff, /Report about bea/);
	expect(report.text).toContain(ana.id);
	expect(report.mentionsEveryone).toBe(false);
	expect(report.mentions).toEqual([]);
	expect((await slashes(ana, general, 'report', { user: bea.id, reason: 'again' })).text).toContain('Wait a minute');

	const said = await bea.send(general, 'you are all fools');
	const form = await cleo.context(general, 'Report', said, 'message');
	const thanked = await cleo.submitModal(form, { reason: 'an insult' });
	expect(thanked.text).toContain('The staff have your report');
	const second = await max.expectMessage(staff, /an insult/);
	expect(second.text).toMatch(new RegExp(`${said.id}[\\s\\S]*you are all fools`));
	const kicked = await max.submitModal(await max.click(second, 'Kick'), { reason: 'insults' });
	expect(kicked.text).toMatch(/\*\*bea\*\* was kicked/);
	expect(await casesOf(server)).toMatchObject([{ type: 'kick', reason: 'insults', evidence: [{ url: expect.stringContaining(said.id) }] }]);
});

test('what was done from the panel is taken back there, and its button goes', async () => {
	const server = await staffedServer(shared.house, ['ana']);
	const { max, general } = server;
	const panel = await slashes(max, general, 'moderate', { member: server.person('ana').id });
	const done = await max.submitModal(await max.click(messageOf(panel), 'Mute'), { duration: '10m', reason: 'loud' });
	await max.click(messageOf(done), 'Undo');
	const back = await max.expectEdit(messageOf(done), /\*\*ana\*\* may speak again/);
	expect(back).toMatchObject({ ephemeral: true, components: [] });
	expect(await shared.house.discord.requests(({ status, path }) => status === 404 && path.includes(messageOf(done).id))).toEqual([]);
});
