import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import type { Outcome } from '../../emulator/driver/index.js';
import { flatten } from '../../emulator/driver/messages.js';
import { eventually } from '../support/eventually.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks, type StaffedServer, slashes, staffedServer } from '../support/staff.js';

const shared = sharedHouse();

const db = async () => shared.db;
const casesOf = async ({ id }: StaffedServer) =>
	(await db()).moderationCase.findMany({ where: { guildId: BigInt(id) }, include: { evidence: true }, orderBy: { number: 'asc' } });
const buttonsOf = ({ components }: { components: Parameters<typeof flatten>[0] }) =>
	flatten(components).flatMap(({ label }) => (typeof label === 'string' ? [label] : []));
const messageOf = ({ message }: Outcome) => {
	if (message === null) throw new Error('No answer came');
	return message;
};

test('the panel shows who somebody is, and its buttons do what their commands do, for whoever may use those', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea', 'helper']);
	const { max, admin, owner, guild, general } = server;
	const [ana, bea, helper] = [server.person('ana'), server.person('bea'), server.person('helper')];
	const helpers = Object(
		await owner.api.post(`/guilds/${guild.id}/roles`, { name: 'Helpers', permissions: String(PermissionFlagsBits.ManageMessages) })
	);
	await server.give(helper, { id: String(helpers.id) });

	await asks(ana, general, `;moderate ${bea.mention}`, /You need these permissions for that: Manage Messages/);
	const panel = messageOf(await slashes(helper, general, 'moderate', { member: ana.id }));
	expect(panel.ephemeral).toBe(true);
	expect(panel.text).toMatch(new RegExp(`Moderate ana[\\s\\S]*<@${ana.id}>[\\s\\S]*Joined[\\s\\S]*Cases\\nnone`));
	expect(buttonsOf(panel)).toEqual(['Warn', 'Mute', 'Kick', 'Ban', 'Note', 'Cases']);
	expect((await helper.click(panel, 'Ban')).text).toContain('You need these permissions for that: Ban Members');
	expect((await helper.click(panel, 'Cases')).text).toContain('There are no such cases');

	const own = await asks(max, general, `;moderate ${ana.mention}`, /Moderate ana/);
	expect(own.mentions).toEqual([]);
	const form = await max.click(own, 'Mute');
	expect(form.modal?.title).toBe('Mute ana');
	const wrong = await max.submitModal(form, { duration: 'soon', reason: 'shouting' });
	expect(wrong.text).toContain('`soon` is not a length of time');
	const muted = await max.submitModal(await max.click(own, 'Mute'), { duration: '2h', reason: 'shouting' });
	expect(muted).toMatchObject({ ephemeral: true });
	expect(muted.text).toMatch(/\*\*ana\*\* is muted[\s\S]*shouting[\s\S]*Case #1/);
	expect((await server.member(ana))?.['communication_disabled_until']).toEqual(expect.any(String));

	await shared.house.stop();
	await shared.house.start();
	expect((await max.click(own, 'Cases')).text).toMatch(/Cases of ana[\s\S]*#1[\s\S]*shouting/);
	const again = await asks(max, general, `;moderate ${ana.mention}`, /Moderate ana/);
	expect(again.text).toMatch(/Muted until[\s\S]*Still count[\s\S]*#1/);
	await max.submitModal(await max.click(again, 'Kick'), { reason: '' });
	await eventually('she is out', async () => (await server.member(ana)) === null);
	const stranger = await asks(max, general, `;moderate ${ana.id}`, /not in this server/);
	expect(buttonsOf(stranger)).not.toContain('Kick');

	const above = await asks(max, general, `;moderate ${admin.mention}`, /Moderate admin/);
	const refused = await max.submitModal(await max.click(above, 'Ban'), { reason: 'coup' });
	expect(refused.text).toContain('role as high as yours or higher');
	expect((await casesOf(server)).map(({ type }) => type)).toEqual(['mute', 'kick']);
});

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
