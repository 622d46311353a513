import { PermissionFlagsBits as Bits } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.js';
import { asks, newRole, type StaffedServer, staffedServer } from '../support/staff.js';

/** What a bot that keeps as good as nothing of Discord in memory does otherwise, or must do as always. */
let house: House;

beforeAll(async () => {
	house = await openHouse({ env: { CACHE_SIZE: 'none' } });
});
afterAll(async () => {
	await house.discord.expectNoFaults();
	await house[Symbol.asyncDispose]();
});

const held = async (server: StaffedServer, who: { readonly id: string }) => [...Object((await server.member(who))?.['roles'] ?? [])].sort();

test('a typed command asks Discord for no member: the one who wrote comes with the message', async () => {
	const { home } = house.discord;
	const general = home.channel('general');
	const [ana, bob] = home.members;
	for (const person of [ana, bob]) {
		await person?.connect();
		await person?.send(general, ';timezone');
		await person?.expectMessage(general, (message) => message.isBot && message.text.includes(person.id));
	}
	expect(await house.discord.requests(({ method, path }) => method === 'GET' && /\/members\/\d+$/.test(path))).toEqual([]);
});

test('of who leaves and was not in memory nothing is kept, and that is said', async () => {
	const server = await staffedServer(house, []);
	const { mia, owner, general } = server;
	await mia.leave(server.id);
	// Somebody else is in memory since.
	await asks(owner, general, ';ping', /.+/);
	await server.comesBack(mia);
	const { prisma } = await house.database.open();
	expect(await prisma.roleSnapshot.findMany({ where: { guildId: BigInt(server.id) } })).toEqual([]);
	await asks(owner, general, `;restore ${mia.mention}`, /I do not know what \*\*mia\*\* had before/);
});

test('the dangerous roles of a member are taken and given back', async () => {
	const server = await staffedServer(house, ['ana'], { roles: ['Bakers'] });
	const { admin, owner, general } = server;
	const ana = server.person('ana');
	const bakers = server.role('Bakers');
	const cooks = await newRole(server, 'Cooks', Bits.BanMembers);
	for (const role of [bakers, cooks]) await server.give(ana, role);
	const stripped = await asks(admin, general, `;strip ${ana.mention}`, /The dangerous roles of \*\*ana\*\* were taken/);
	expect(await held(server, ana)).toEqual([bakers.id]);
	await owner.click(stripped, 'Undo');
	expect(await held(server, ana)).toEqual([bakers.id, cooks.id].sort());
});

test('a member is muted and moved in voice, and muted altogether', async () => {
	const voice = 2;
	const channels = ['general', { name: 'Lounge', type: voice }, { name: 'Stage', type: voice }];
	const server = await staffedServer(house, ['ana'], { channels });
	const { max, general, owner } = server;
	const stage = server.guild.channel('Stage');
	const ana = server.person('ana');
	await ana.joinVoice(server.guild.channel('Lounge'));
	await asks(max, general, `;voicemute ${ana.mention}`, /is muted in voice/);
	await asks(max, general, `;drag ${ana.mention} <#${stage.id}>`, /Moved to/);
	await asks(max, general, `;mute ${ana.mention} 1h`, /\*\*ana\*\* is muted/);
	expect(await owner.api.object(`/guilds/${server.id}/voice-states/${ana.id}`)).toMatchObject({ mute: true, channel_id: stage.id });
});
