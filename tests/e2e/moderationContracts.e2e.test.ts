import { expect, test } from 'vitest';
import type { Outcome } from '../../emulator/driver/index.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks, type StaffedServer, staffedServer } from '../support/staff.js';

const shared = sharedHouse();

const db = async () => shared.db;
const needsBan = /You need these permissions for that: Ban Members/;

/** Lets a role see a slash command that Discord keeps for those with the permission, as an owner does under Integrations. */
async function opens({ owner, general, id }: StaffedServer, command: string, role: { readonly id: string }): Promise<void> {
	const found = (await owner.commands(general)).find(({ name }) => name === command);
	const { applicationId } = shared.house.discord.description;
	await owner.api.put(`/applications/${applicationId}/guilds/${id}/commands/${String(found?.['id'])}/permissions`, {
		permissions: [{ id: role.id, type: 1, permission: true }]
	});
}

test('who holds ban_members with the bot alone bans by prefix and by slash, by rank as everybody, and no longer once the role is lost', async () => {
	const server = await staffedServer(shared.house, ['helen', 'ana', 'bea', 'cleo'], { roles: ['Helpers'] });
	const { owner, max, general } = server;
	const [helen, ana, bea, cleo] = ['helen', 'ana', 'bea', 'cleo'].map((name) => server.person(name));
	if (!helen || !ana || !bea || !cleo) throw new Error('Somebody is missing');
	await server.give(helen, server.role('Helpers'));
	await asks(helen, general, `;ban ${ana.mention}`, needsBan);
	await asks(owner, general, ';fakepermissions add Helpers ban_members', /has this with me now: Ban Members/);
	await opens(server, 'ban', server.role('Helpers'));

	await asks(helen, general, `;ban ${ana.mention} spam`, /\*\*ana\*\* was banned/);
	expect((await helen.slash(general, 'ban', { user: bea.id })).text).toContain('**bea** was banned');
	await asks(helen, general, `;ban ${max.mention}`, /role as high as yours or higher/);
	expect([await server.isBanned(ana), await server.isBanned(bea), await server.isBanned(max)]).toEqual([true, true, false]);
	// It counts with the bot, never with Discord.
	await expect(helen.api.put(`/guilds/${server.id}/bans/${cleo.id}`, {})).rejects.toThrow();

	const file = await asks(owner, general, `;ban ${cleo.mention} for the button`, /\*\*cleo\*\* was banned/);
	await owner.api.delete(`/guilds/${server.id}/members/${helen.id}/roles/${server.role('Helpers').id}`);
	await asks(helen, general, `;ban ${max.mention}`, needsBan);
	await expect(helen.slash(general, 'ban', { user: max.id })).rejects.toThrow();
	expect((await helen.click(file, 'Undo')).text).toMatch(needsBan);
	expect(await server.isBanned(cleo)).toBe(true);
});

test('a command that is off is off by every name: alias, own alias, slash, and the button that does the same', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea']);
	const { owner, max, mia, admin, general } = server;
	const [ana, bea] = [server.person('ana'), server.person('bea')];
	await asks(owner, general, ';alias add hammer ban', /hammer/);
	const banned = await asks(max, general, `;hammer ${ana.mention} spam`, /\*\*ana\*\* was banned/);
	await asks(owner, general, ';disablecommand ban', /`ban` is off/);
	const off = /`ban` is switched off in this server/;
	await asks(max, general, `;ban ${bea.mention}`, off);
	await asks(mia, general, `;hammer ${bea.mention}`, off);
	expect((await admin.slash(general, 'ban', { user: bea.id })).text).toMatch(off);
	expect(await server.isBanned(bea)).toBe(false);

	await asks(admin, general, ';disablecommand unban', /`unban` is off/);
	expect((await mia.click(banned, 'Undo')).text).toContain('`unban` is switched off in this server');
	expect(await server.isBanned(ana)).toBe(true);
	await asks(admin, general, ';enablecommand unban', /unban/);
	expect((await mia.click(banned, 'Undo')).text).toContain('may come back');
});

test('a command that is off is off in the panel and in the menus too, for a form that was open before as well', async () => {
	const server = await staffedServer(shared.house, ['ana']);
	const { owner, max, mia, admin, general } = server;
	const ana = server.person('ana');
	const said = await ana.send(general, 'buy my things');
	const opened = async (outcome: Promise<Outcome>) => {
		const { message } = await outcome;
		if (message === null) throw new Error('No panel came');
		return message;
	};
	const panel = await asks(max, general, `;moderate ${ana.mention}`, /Moderate ana/);
	const fromMessage = await opened(mia.context(general, 'Moderate author', said, 'message'));
	const form = await max.click(panel, 'Ban');
	await asks(owner, general, ';disablecommand ban', /`ban` is off/);
	const off = '`ban` is switched off in this server';
	expect((await max.submitModal(form, { reason: 'spam' })).text).toContain(off);
	expect((await admin.click(panel, 'Ban')).text).toContain(off);
	expect((await mia.click(fromMessage, 'Ban')).text).toContain(off);
	expect(await server.isBanned(ana)).toBe(false);
	// The other buttons go on.
	expect((await mia.submitModal(await mia.click(fromMessage, 'Warn'), { reason: 'spam' })).text).toMatch(/\*\*ana\*\* /);

	await asks(owner, general, ';disablecommand moderate', /`moderate` is off/);
	const panelOff = '`moderate` is switched off in this server';
	expect((await admin.slash(general, 'moderate', { member: ana.id })).text).toContain(panelOff);
	expect((await admin.context(general, 'Moderate', ana, 'user')).text).toContain(panelOff);
	expect((await mia.context(general, 'Moderate author', said, 'message')).text).toContain(panelOff);
	expect((await (await db()).moderationCase.findMany({ where: { guildId: BigInt(server.id) } })).map(({ type }) => type)).toEqual(['warn']);

	await asks(owner, general, ';enablecommand ban', /ban/);
	expect((await admin.submitModal(await admin.click(panel, 'Ban'), { reason: 'spam' })).text).toMatch(/\*\*ana\*\* was banned/);
});

test('a command that is kept for two roles works for either, and for the other when one is deleted', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea', 'cleo', 'dora', 'pat'], { roles: ['Red', 'Blue'] });
	const { owner, general, max, mia } = server;
	const pat = server.person('pat');
	const at = (name: string) => server.person(name).mention;
	await Promise.all([server.give(max, server.role('Red')), server.give(mia, server.role('Blue')), server.give(pat, server.role('Mods'))]);
	await asks(owner, general, ';restrictcommand add kick Red', /kick/);
	expect((await owner.slash(general, 'command restriction add', { command: 'kick', role: server.role('Blue').id })).text).toContain('kick');
	const kept = /kept for members with one of these roles/;
	await asks(pat, general, `;kick ${at('ana')}`, kept);
	expect((await pat.slash(general, 'kick', { member: server.person('ana').id })).text).toMatch(kept);
	await asks(max, general, `;kick ${at('ana')}`, /was kicked/);
	await asks(mia, general, `;kick ${at('bea')}`, /was kicked/);

	await owner.api.delete(`/guilds/${server.id}/roles/${server.role('Red').id}`);
	await asks(mia, general, `;kick ${at('cleo')}`, /was kicked/);
	await asks(max, general, `;kick ${at('dora')}`, kept);
	expect(await server.member(server.person('dora'))).not.toBeNull();
});
