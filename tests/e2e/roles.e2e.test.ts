import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();
const texts = z.array(z.string());
const madeRoles = z.array(z.object({ name: z.string(), color: z.number(), permissions: z.string() }));

async function place() {
	const guild = await shared.house.discord.guild({
		members: ['ana', 'bea', 'cleo', 'dan'],
		roles: [{ name: 'Staff', permissions: String(1 << 28) }, { name: 'Helper' }, { name: 'Helpful' }, { name: 'Strong', permissions: '4' }]
	});
	const { owner } = guild;
	const [ana, bea, cleo, dan] = guild.members;
	const role = (name: string) => String(guild.roles.find((one) => one.name === name)?.id);
	if (!ana || !bea || !cleo || !dan) throw new Error('The server is not complete');
	const rolesOf = async (who: UserDriver): Promise<string[]> =>
		texts.parse((await owner.api.object(`/guilds/${guild.id}/members/${who.id}`))['roles']).filter((id) => id !== guild.id);
	const give = (who: UserDriver, name: string) => owner.api.put(`/guilds/${guild.id}/members/${who.id}/roles/${role(name)}`);
	const order = async (...names: string[]) => {
		await owner.api.patch(
			`/guilds/${guild.id}/roles`,
			names.map((name, index) => ({ id: role(name), position: index + 1 }))
		);
	};
	return { guild, owner, ana, bea, cleo, dan, role, rolesOf, give, order, general: guild.channel('general') };
}

test('a role is given, taken and toggled, by prefix and slash; each is a case that can be taken back', async () => {
	const { guild, owner, ana, role, rolesOf, general } = await place();
	await owner.send(general, `;role <@${ana.id}> Helper, +Helpful`);
	const answer = await owner.expectMessage(general, /The roles of \*\*ana.*are changed/);
	expect((await rolesOf(ana)).sort()).toEqual([role('Helper'), role('Helpful')].sort());
	await owner.click(answer, 'Undo');
	await eventually('the roles are gone', async () => (await rolesOf(ana)).length === 0);
	const added = await owner.slash(general, 'role add', { member: ana.id, role: role('Helper') });
	expect(added.text).toMatch(/are changed/);
	const again = await owner.slash(general, 'role add', { member: ana.id, role: role('Helper') });
	expect(again).toMatchObject({ ephemeral: true });
	expect(again.text).toContain('has that already');
	const prisma = shared.db;
	const rows = await prisma.moderationCase.findMany({
		where: { guildId: BigInt(guild.id) },
		orderBy: { number: 'asc' },
		select: { type: true, state: true }
	});
	expect(rows).toEqual([
		{ type: 'role', state: 'undone' },
		{ type: 'roleback', state: 'active' },
		{ type: 'role', state: 'active' }
	]);
});

test('a name that fits several roles is asked for, and rank decides what may be given to whom', async () => {
	const { owner, ana, bea, cleo, role, rolesOf, give, order, general } = await place();
	await order('Helper', 'Helpful', 'Staff', 'Strong');
	await give(ana, 'Staff');
	await owner.send(general, `;role <@${bea.id}> help`);
	const question = await owner.expectMessage(general, /Several roles fit `help`. Which one do you mean\?/);
	const foreign = await ana.select(question, 'Choose one', ['Helper']);
	expect(foreign).toMatchObject({ ephemeral: true, text: expect.stringContaining('Only the person who used the command') });
	await owner.select(question, 'Choose one', ['Helper']);
	await owner.expectMessage(general, /are changed/);
	expect(await rolesOf(bea)).toEqual([role('Helper')]);
	await ana.send(general, `;role add <@${bea.id}> Strong`);
	await ana.expectMessage(general, /stands as high as your highest role or higher/);
	await give(cleo, 'Strong');
	const above = await ana.slash(general, 'role add', { member: cleo.id, role: role('Helper') });
	expect(above.text).toContain('a role as high as yours or higher');
	await ana.send(general, `;role <@${ana.id}> Helper`);
	await ana.expectMessage(general, /are changed/);
	expect(await rolesOf(ana)).toContain(role('Helper'));
	await bea.send(general, `;role <@${bea.id}> Helper`);
	await bea.expectMessage(general, /You need these permissions for that: Manage Roles/);
});

test('a permission that counts with the bot alone gives nobody more in Discord than he has', async () => {
	const { owner, ana, role, rolesOf, give, order, general } = await place();
	await order('Helper', 'Strong', 'Staff', 'Helpful');
	await give(ana, 'Helpful');
	await owner.send(general, ';fakepermissions add Helpful manage_roles');
	await owner.expectMessage(general, /has this with me now/);
	await ana.send(general, `;role add <@${ana.id}> Strong`);
	await ana.expectMessage(general, /permissions that you do not have yourself/);
	await ana.send(general, `;role add <@${ana.id}> Helper`);
	await ana.expectMessage(general, /are changed/);
	expect(await rolesOf(ana)).not.toContain(role('Strong'));
});

test('everybody gets a role, with progress and a way back; dangerous ones are for nobody', async () => {
	const { guild, owner, ana, bea, role, rolesOf, general } = await place();
	const refused = await owner.slash(general, 'role all add', { role: role('Strong') });
	expect(refused.text).toContain('too strong to be given to many');
	await owner.send(general, ';role humans add Helper');
	const question = await owner.expectMessage(general, /Give \*\*Helper\*\* to \d+ members\?/);
	await owner.click(question, 'Yes');
	const prisma = shared.db;
	await eventually(
		'the case is written',
		async () => (await prisma.moderationCase.count({ where: { guildId: BigInt(guild.id) } })) === 1,
		20_000
	);
	expect(await rolesOf(ana)).toEqual([role('Helper')]);
	const summary = await vi.waitUntil(
		async () => (await owner.messages(general)).find(({ components }) => JSON.stringify(components).includes('roles.undo')),
		{ timeout: 20_000 }
	);
	const forbidden = await bea.click(summary, 'Undo');
	expect(forbidden.text).toContain('You need these permissions for that: Manage Roles');
	await owner.click(summary, 'Undo');
	await eventually('the role is gone again', async () => (await rolesOf(ana)).length === 0 && (await rolesOf(bea)).length === 0, 20_000);
	await eventually(
		'the work has ended',
		async () => (await prisma.job.count({ where: { guildId: BigInt(guild.id), state: 'running' } })) === 0
	);
	const none = await owner.slash(general, 'role cancel');
	expect(none.text).toContain('Nothing runs');
});

test('holders of one role get another one; bots are left to their own command', async () => {
	const { owner, ana, bea, role, rolesOf, give, general } = await place();
	await give(ana, 'Helper');
	const question = await owner.slash(general, 'role has', { holders: role('Helper'), change: 'add', role: role('Helpful') });
	if (!question.message) throw new Error('Nothing was asked');
	await owner.click(question.message, 'Yes');
	await eventually('the holder has it', async () => (await rolesOf(ana)).length === 2);
	expect(await rolesOf(bea)).toEqual([]);
	const bots = await owner.slash(general, 'role bots remove', { role: role('Helper') });
	expect(bots.text).toContain('Nobody of them has');
});

test('a role is made and deleted', async () => {
	const { guild, owner, ana, general } = await place();
	await owner.send(general, ';role create #ff8800 Fine Artists');
	await owner.expectMessage(general, /The role .* is there/);
	const roles = madeRoles.parse(await owner.api.get(`/guilds/${guild.id}/roles`));
	expect(roles.find(({ name }) => name === 'Fine Artists')).toMatchObject({ color: 0xff8800, permissions: '0' });
	await ana.send(general, ';role delete Fine Artists');
	await ana.expectMessage(general, /You need these permissions/);
	await owner.send(general, ';role del Fine Artists');
	await owner.expectMessage(general, 'The role **Fine Artists** is deleted.');
});

test('the answer says which roles came and went, and mentions need no commas', async () => {
	const { owner, ana, role, rolesOf, general } = await place();
	const [helper, helpful] = [role('Helper'), role('Helpful')];
	await owner.send(general, `;role <@${ana.id}> <@&${helper}> <@&${helpful}>`);
	await owner.expectMessage(general, `Added: <@&${helper}> <@&${helpful}>`);
	await owner.send(general, `;role <@${ana.id}> -Helper +Staff`);
	const changed = await owner.expectMessage(general, `Added: <@&${role('Staff')}>`);
	expect(changed.text).toContain(`Removed: <@&${helper}>`);
	expect((await rolesOf(ana)).sort()).toEqual([helpful, role('Staff')].sort());
	const undone = await owner.click(changed, 'Undo');
	expect(undone.text).toContain(`Added: <@&${helper}>`);
	expect(undone.text).toContain(`Removed: <@&${role('Staff')}>`);
	await owner.send(general, `;role <@${ana.id}> +Helper, -Staff`);
	await owner.expectMessage(general, /The roles of \*\*ana.* are like that already/);
});

test('a role whose name has spaces needs no quotes, and a colour alone is a name', async () => {
	const { guild, owner, ana, bea, give, order, general } = await place();
	await order('Helper', 'Helpful', 'Strong', 'Staff');
	await give(bea, 'Staff');
	for (const line of [';role create Big Helper', ';role create red']) {
		await owner.send(general, line);
		await owner.expectMessage(general, /The role .* is there/);
	}
	const roles = z
		.array(z.object({ id: z.string(), name: z.string(), color: z.number() }))
		.parse(await owner.api.get(`/guilds/${guild.id}/roles`));
	expect(roles.find(({ name }) => name === 'red')).toMatchObject({ color: 0 });
	const big = roles.find(({ name }) => name === 'Big Helper')?.id;
	await owner.send(general, `;temprole <@${ana.id}> Big Helper 1h`);
	await owner.expectMessage(general, new RegExp(`Until: .*\\n.*Added: <@&${big}>`));
	await bea.send(general, ';role has big helper add Helper');
	await bea.expectMessage(general, /Give \*\*Helper\*\* to one member\?/);
	await bea.send(general, ';roleall');
	await bea.expectMessage(general, /;role all add/);
});
