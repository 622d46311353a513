import { PermissionFlagsBits as Bits } from 'discord.js';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { type ApiChannel, channelsOf, held, jailServer, rolesOf } from '../support/jails.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks, type StaffedServer, staffedServer } from '../support/staff.js';

const shared = sharedHouse();

const db = async () => shared.db;
/** Without those of roles that the owner gave by hand. */
const casesOf = async ({ id }: StaffedServer) =>
	(await db()).moderationCase.findMany({ where: { guildId: BigInt(id), type: { not: 'roles' } }, orderBy: { number: 'asc' } });
const entriesOf = async ({ id }: StaffedServer) => (await db()).jailEntry.findMany({ where: { guildId: BigInt(id) } });

const hidden = ({ permission_overwrites }: ApiChannel, roleId: string) =>
	permission_overwrites.some(({ id, deny }) => id === roleId && (BigInt(deny) & Bits.ViewChannel) !== 0n);

test('an admin makes the jail once; its role sees nothing but the jail, also of what is made later; who is no admin is refused', async () => {
	const server = await staffedServer(shared.house, ['ana'], { channels: ['general', 'garden', { name: 'lounge', type: 2 }] });
	const { admin, max, general, owner } = server;
	await asks(max, general, ';setmod', /You need these permissions for that: Administrator/);
	await asks(max, general, `;jail ${server.person('ana').mention}`, /You need these permissions for that: Manage Channels/);
	await asks(admin, general, `;jail ${server.person('ana').mention}`, /There is no jail in this server\. An admin can make one with/);

	await asks(admin, general, ';setmod', /The jail is ready[\s\S]*Cases are posted in[\s\S]*3 channels have to be hidden/);
	const [role] = (await rolesOf(server)).filter(({ name }) => name === 'evict-jail');
	if (!role) throw new Error('There is no role');
	await eventually('the other channels are hidden', async () =>
		(await channelsOf(server)).filter(({ name }) => ['general', 'garden', 'lounge'].includes(name)).every((one) => hidden(one, role.id))
	);
	const made = await channelsOf(server);
	const [category, logs, jail] = ['evict mod', 'mod-logs', 'jail'].map((name) => made.find((one) => one.name === name));
	expect([logs?.parent_id, jail?.parent_id]).toEqual([category?.id, category?.id]);
	expect(jail?.permission_overwrites.find(({ id }) => id === role.id)?.deny).toBe('0');
	expect((await (await db()).moderationConfig.findUnique({ where: { guildId: BigInt(server.id) } }))?.logChannelId).toBe(
		BigInt(logs?.id ?? 0)
	);

	expect((await owner.slash(general, 'mod jail setup')).text).toContain('The jail of this server is ready already');
	expect((await rolesOf(server)).filter(({ name }) => name === 'evict-jail')).toHaveLength(1);

	await owner.api.post(`/guilds/${server.id}/channels`, { name: 'fresh', type: 0 });
	await eventually('the new channel is hidden too', async () => {
		const fresh = (await channelsOf(server)).find(({ name }) => name === 'fresh');
		return fresh !== undefined && hidden(fresh, role.id);
	});
});

test('two admins at once make one jail; cut short, or with an answer that was lost, it is ended by the next one', async () => {
	const server = await staffedServer(shared.house, []);
	const { admin, owner, general } = server;
	await shared.house.discord.faults.rest('lost-answer', { method: 'POST', path: `guilds/${server.id}/roles$`, times: 1 });
	await Promise.all([admin.send(general, ';setmod'), owner.send(general, ';setjail')]);
	await owner.expectMessage(general, /is being made or taken away right now/);
	await owner.expectMessage(general, /Discord has trouble|Discord does not answer|away/i);
	await shared.house.discord.faults.rest('lost-answer', { method: 'POST', path: `guilds/${server.id}/channels$`, times: 1 });
	await asks(owner, general, ';setmod', /Discord/);
	await asks(admin, general, ';setmod', /The jail is ready/);
	const counted = async () => [
		...(await rolesOf(server)).filter(({ name }) => name === 'evict-jail').map(() => 'role'),
		...(await channelsOf(server))
			.map(({ name }) => name)
			.filter((name) => name !== 'general')
			.sort()
	];
	await eventually('everything is there once', async () => (await counted()).length === 4);
	expect(await counted()).toEqual(['role', 'evict mod', 'jail', 'mod-logs']);
	expect(await (await db()).jailSetup.findMany({ where: { guildId: BigInt(server.id), begunAt: { not: null } } })).toEqual([]);
});

test('a moderator jails a member: his roles are kept, he is called in the jail alone, stays there when he comes back, and gets all back', async () => {
	const server = await jailServer(shared.house, ['ana', 'bea'], ['Bakers', 'Singers', 'Later']);
	const { max, mia, general, jail, jailRole } = server;
	const ana = server.person('ana');
	const [bakers, singers, later] = ['Bakers', 'Singers', 'Later'].map((name) => server.role(name));
	if (!bakers || !singers || !later) throw new Error('The server is not complete');
	await Promise.all([server.give(ana, bakers), server.give(ana, singers)]);
	await ana.connect();

	await asks(server.person('bea'), general, `;jail ${ana.mention}`, /You need these permissions for that: Manage Channels/);
	await asks(max, general, `;jail ${mia.mention}`, /a role as high as yours/);
	const answer = await asks(max, general, `;jail ${ana.mention} spam`, /\*\*ana\*\* is in jail/);
	expect(answer.text).toMatch(/2 roles are kept[\s\S]*Reason: spam|Reason: spam[\s\S]*2 roles are kept/);
	expect(answer.mentions).toEqual([]);
	expect(await held(server, ana)).toEqual([jailRole.id]);
	const called = await ana.expectMessage(jail, /you are in jail/);
	expect([called.mentions, called.text.includes('spam')]).toEqual([[ana.id], true]);
	expect((await mia.slash(general, 'mod jail put', { member: ana.id })).text).toContain('**ana** is in jail already');
	const list = await mia.slash(general, 'mod jail list');
	expect(list.text).toMatch(new RegExp(`${ana.mention}, since .*case #\\d`));

	await ana.leave(server.id);
	await server.comesBack(ana);
	await eventually('he is in jail again', async () => (await held(server, ana))?.includes(jailRole.id) === true);
	await server.give(ana, later);
	await server.owner.api.patch(`/guilds/${server.id}/roles/${singers.id}`, { permissions: String(Bits.BanMembers) });

	const freed = await asks(mia, general, `;unjail ${ana.mention} sorry`, /\*\*ana\*\* is out of jail/);
	expect(freed.text).toContain(`Given back: <@&${bakers.id}>`);
	expect(freed.text).toMatch(new RegExp(`Not given back.*<@&${singers.id}>`));
	expect([...((await held(server, ana)) ?? [])].sort()).toEqual([bakers.id, later.id].sort());
	expect(await entriesOf(server)).toEqual([]);
	expect((await casesOf(server)).map(({ type, state }) => `${type} ${state}`)).toEqual(['jail undone', 'unjail active']);
	await asks(max, general, `;unjail ${ana.mention}`, /\*\*ana\*\* is not in jail/);
	await asks(server.owner, general, ';jailed', /Nobody is in jail/);
});

test('a role for a time leads nobody around the jail: it does not come back with him, nor after its time', async () => {
	const server = await jailServer(shared.house, ['ana'], ['Guests']);
	const { admin, max, mia, general, jailRole, id } = server;
	const [ana, guests] = [server.person('ana'), server.role('Guests')];
	await asks(admin, general, `;temprole ${ana.mention} Guests 1h`, /Until:/);
	await asks(max, general, `;jail ${ana.mention}`, /\*\*ana\*\* is in jail/);
	await ana.leave(id);
	await server.comesBack(ana);
	await eventually('he is in jail again', async () => (await held(server, ana))?.includes(jailRole.id) === true);
	await shared.house.passTime({ minutes: 61 });
	const { temporaryRole } = await db();
	await eventually('the time is over', async () => (await temporaryRole.count({ where: { guildId: BigInt(id) } })) === 0);
	await asks(mia, general, `;unjail ${ana.mention}`, /\*\*ana\*\* is out of jail/);
	await eventually('he is out', async () => (await held(server, ana))?.includes(jailRole.id) === false);
	expect(await held(server, ana)).toEqual([]);
	const given = await shared.house.discord.requests(
		({ method, path }) => method === 'PUT' && path.endsWith(`/${ana.id}/roles/${guests.id}`)
	);
	expect(given).toHaveLength(1);
});

test('the button lets out; an admin takes the jail away after a question, and everybody gets their roles back first', async () => {
	const server = await jailServer(shared.house, ['ana', 'bea'], ['Bakers']);
	const { max, mia, admin, general, owner } = server;
	const [ana, bea] = [server.person('ana'), server.person('bea')];
	const bakers = server.role('Bakers');
	await Promise.all([server.give(ana, bakers), server.give(bea, bakers)]);
	const jailed = await asks(max, general, `;jail ${bea.mention}`, /is in jail/);
	expect((await max.click(jailed, 'Undo')).text).toContain('is out of jail');
	expect(await held(server, bea)).toEqual([bakers.id]);

	await asks(mia, general, `;jail ${ana.mention}`, /\*\*ana\*\* is in jail/);
	await asks(max, general, ';unsetmod', /You need these permissions for that: Administrator/);
	const question = await asks(admin, general, ';unsetmod', /Take the jail away\?[\s\S]*One person is let out first/);
	expect((await owner.click(question, 'Yes')).text).toMatch(/not the one|not yours|only/i);
	await admin.click(question, 'Yes');
	const settings = async () => (await db()).moderationConfig.findUnique({ where: { guildId: BigInt(server.id) } });
	await eventually('the jail is forgotten', async () => (await settings())?.jailRoleId === null);
	await eventually('its channels are gone', async () => (await channelsOf(server)).every(({ name }) => name === 'general'));
	await eventually('its role is gone', async () => (await rolesOf(server)).every(({ name }) => name !== 'evict-jail'));
	expect(await held(server, ana)).toEqual([bakers.id]);
	expect((await casesOf(server)).map(({ type }) => type)).toEqual(['jail', 'unjail', 'jail', 'unjail']);
	expect((await owner.slash(general, 'mod jail remove')).text).toContain('There is no jail in this server');
	expect(await settings()).toMatchObject({ jailRoleId: null, jailChannelId: null, jailCategoryId: null, logChannelId: null });
});
