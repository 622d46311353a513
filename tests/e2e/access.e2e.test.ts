import { beforeAll, expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { accessPlace, answered, botLeaves } from '../support/accessPlace.js';
import { openHouse } from '../support/house.js';
import { pages, sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();
let owner: UserDriver;
let staff: UserDriver;

beforeAll(async () => {
	({ owner, staff } = shared.runners);
	await Promise.all([owner.connect(), staff.connect()]);
});

const bot = () => shared.house.discord.description.applicationId;
const place = (spec = {}) => accessPlace(shared.house, { owner, staff }, spec);

test('a person on the blacklist is refused by prefix, slash and button, told once in ten seconds by prefix; others go on', async () => {
	const { ana, bea, general, lounge } = await place();
	// Ana has a page of hers on the screen before.
	await ana.send(lounge, ';help');
	const menu = await ana.expectMessage(lounge, /Evict Command Menu/);

	await staff.send(general, `;blacklist ${ana.mention} floods every server`);
	await staff.expectMessage(general, /<@\d+> cannot use me any more/);
	await staff.send(general, `;blacklist user ${ana.mention}`);
	await staff.expectMessage(general, /already on the blacklist/);

	await ana.send(lounge, ';uptime');
	await ana.expectMessage(lounge, /You are on my blacklist, so you cannot use me/);
	await ana.send(lounge, ';uptime');
	await ana.send(lounge, `<@${bot()}>`);
	const bySlash = await ana.slash(lounge, 'ping');
	expect(bySlash).toMatchObject({ acked: true, ephemeral: true });
	expect(bySlash.text).toContain('You are on my blacklist');
	const chosen = await ana.select(menu, selectOf(menu.raw), ['prefixes']);
	expect(chosen.text).toContain('You are on my blacklist');
	const said = (await ana.messages(lounge)).filter((one) => one.isBot && !one.ephemeral && one.text.includes('blacklist'));
	expect(said).toHaveLength(1);
	expect((await ana.messages(lounge)).filter((one) => one.text.includes('I listen'))).toEqual([]);

	await bea.send(lounge, ';uptime');
	await bea.expectMessage(lounge, /I have been running/);

	await shared.house.passTime({ seconds: 11 });
	await answered(ana, lounge, ';uptime', /You are on my blacklist/);

	await owner.send(general, `;unblacklist ${ana.mention}`);
	await owner.expectMessage(general, /<@\d+> can use me again/);
	await owner.send(general, `;unblacklist ${ana.mention}`);
	await owner.expectMessage(general, /not on the blacklist/);
	await ana.send(lounge, ';uptime');
	await ana.expectMessage(lounge, /I have been running/);
	await shared.house.discord.expectNoFaults();
});

test('only those who run the bot decide, and nobody of them can be put on the blacklist', async () => {
	const { guild, ana, bea, general } = await place();
	await guild.owner.send(general, `;blacklist ${ana.mention}`);
	await guild.owner.expectMessage(general, /Only the people who run this bot/);
	await staff.send(general, `;unblacklist ${ana.mention}`);
	await staff.expectMessage(general, /Only the people who run this bot/);
	await staff.send(general, `;blacklistg ${guild.id}`);
	await staff.expectMessage(general, /Only the people who run this bot/);
	await bea.send(general, `;authorize ${guild.id} ${bea.mention}`);
	await bea.expectMessage(general, /Only the people who run this bot/);
	await staff.send(general, `;blacklist ${owner.mention}`);
	await staff.expectMessage(general, /people who run me cannot be put/);
	await staff.send(general, `;blacklist ${staff.mention}`);
	await staff.expectMessage(general, /cannot put yourself/);
	await staff.send(general, `;blacklist <@${bot()}>`);
	await staff.expectMessage(general, /Bots cannot use me anyway/);
	expect(JSON.stringify(await owner.commands(general))).not.toMatch(/blacklist|authorize|getauth/);
});

test('a server on the blacklist is left at once, and again each time the bot is added, until it is taken off', async () => {
	const there = await place();
	const { guild } = there;
	const [office, desk, counter] = [await place(), await place(), await place()];
	await guild.owner.connect();
	const first = botLeaves(shared.house, there);
	await owner.send(office.general, `;blacklist server ${guild.id} sells accounts`);
	await owner.expectMessage(office.general, new RegExp(`${guild.id}\` is on the blacklist. I have left it`));
	await first;
	await owner.send(office.general, `;gblacklist ${guild.id}`);
	await owner.expectMessage(office.general, /already on the blacklist/);

	const second = botLeaves(shared.house, there);
	await guild.owner.inviteBot(guild.id);
	await second;

	await owner.send(desk.general, `;gunblacklist ${guild.id}`);
	await owner.expectMessage(desk.general, /off the blacklist/);
	await owner.send(counter.general, `;unblacklistg ${guild.id}`);
	await owner.expectMessage(counter.general, /not on the blacklist/);
	await guild.owner.inviteBot(guild.id);
	await guild.owner.send(there.general, ';ping');
	await guild.owner.expectMessage(there.general, /Pong/);
	await shared.house.discord.expectNoFaults();
});

test('a server that the bot cannot leave now has no commands until it can', async () => {
	const there = await place();
	const office = await place();
	await shared.house.discord.faults.rest('status', {
		method: 'DELETE',
		path: `users/@me/guilds/${there.guild.id}$`,
		status: 400,
		times: 1
	});
	await owner.send(office.general, `;blacklistg ${there.guild.id}`);
	await owner.expectMessage(office.general, /I could not leave it just now/);
	await there.ana.send(there.lounge, ';ping');
	await there.ana.expectMessage(there.lounge, /This server is on my blacklist/);
});

test('a buyer who shares no server with the bot, or takes no messages, cannot be told: staff hears of it', async () => {
	const stranger = await shared.house.discord.user('stranger');
	const id = String(BigInt(shared.house.discord.description.guildId) + 1n);
	const desk = await owner.dm(bot());
	const office = await place();
	await owner.send(desk, `;authorize ${id} ${stranger.id}`);
	await owner.expectMessage(desk, /takes no direct messages, so tell them yourself/);
	await owner.send(office.general, `;unauthorize ${id}`);
	await owner.expectMessage(office.general, /I was not in it. The buyer takes no direct messages/);
	expect(shared.house.output.split('\n').filter((line) => line.includes('Unexpected error'))).toEqual([]);
});

test('behind the gate an unknown server hears why and is left; one that was bought is welcomed and may have the bot until it is taken away', async () => {
	await using house = await openHouse({ start: false });
	const [owner, staff] = await Promise.all([house.discord.user('owner-of-the-bot'), house.discord.user('staff-of-the-bot')]);
	await Promise.all([owner.connect(), staff.connect()]);
	const bot = house.discord.description.applicationId;
	const office = await accessPlace(house, { owner, staff }, { roles: [{ name: 'buyers' }] });
	const { ana } = office;
	const crew = office.guild.owner;
	await crew.connect();
	const there = await house.discord.guild({ members: [ana], channels: ['news', 'lounge'], bot: false });
	const [news, lounge] = [there.channel('news'), there.channel('lounge')];
	await there.owner.api.put(`/channels/${news.id}/permissions/${there.id}`, { type: 0, allow: '0', deny: String(1 << 11) });
	await house.start({
		OWNER_IDS: owner.id,
		STAFF_IDS: staff.id,
		GUILD_GATE: 'true',
		SUPPORT_SERVER: pages.support,
		WELCOME_MESSAGE: 'true',
		STAFF_LOG_CHANNEL: office.general.id,
		BUYER_ROLE: `${office.guild.id}:${office.guild.roles[0]?.id}`
	});
	await there.owner.api.patch(`/guilds/${there.id}`, { system_channel_id: lounge.id });

	await there.owner.connect();
	const left = botLeaves(house, { guild: there });
	await there.owner.inviteBot(there.id);
	const why = await there.owner.expectMessage(lounge, /This server may not have me yet/);
	expect(why.text).toContain(pages.support);
	await left;
	await crew.expectMessage(office.general, new RegExp(`added to .*${there.id}.* and left it`));
	// A server that had the bot before there was a gate is not left, but nothing works in it.
	await ana.send(office.lounge, ';ping');
	await ana.expectMessage(office.lounge, /This server may not have me yet/);

	// Three commands in five seconds are the most in one place.
	const [desk, counter, letters] = [await staff.dm(bot), await owner.dm(bot), await ana.dm(bot)];
	const given = crew.expectEvent('GUILD_MEMBER_UPDATE', (data) => JSON.stringify(data).includes(`"${office.guild.roles[0]?.id}"`));
	await staff.send(desk, `;authorize ${there.id} ${ana.id}`);
	await staff.expectMessage(desk, /may have me. <@\d+> has been told. They have the role for buyers/);
	await given;
	expect(await heard(ana, letters)).toContain(`The server \`${there.id}\` may have me now`);
	await staff.send(desk, `;authorize ${there.id} ${ana.id}`);
	await staff.expectMessage(desk, /may already have me/);
	await staff.send(desk, `;getauth ${ana.id}`);
	await staff.expectMessage(desk, new RegExp(`${there.id}\` since`));

	expect(await heard(there.owner, lounge)).not.toContain('Hello');
	// It may talk where everybody may, and no more: the first channel is not for it.
	await there.owner.inviteBot(there.id, String((1 << 10) | (1 << 11) | (1 << 14) | (1 << 16)));
	const hello = await there.owner.expectMessage(lounge, /Hello, I am Evict/);
	expect(hello.text).toMatch(/`;help` or `\/help`[\s\S]*below my own role[\s\S]*support server/);
	expect(hello.mentions).toEqual([]);
	await ana.send(lounge, ';ping');
	await ana.expectMessage(lounge, /Pong/);
	await crew.expectMessage(office.general, new RegExp(`I was added to .*${there.id}.*Owner: <@${there.owner.id}>.*, \\d+ members`));

	const gone = botLeaves(house, { guild: there });
	await owner.send(counter, `;unauthorize ${there.id} refunded`);
	await owner.expectMessage(counter, /may not have me any more. I have left it/);
	await gone;
	await crew.expectMessage(office.general, new RegExp(`I am no longer in .*${there.id}`));
	expect(await heard(ana, letters)).toContain('Reason: refunded');
	await owner.send(counter, `;unauthorize ${there.id}`);
	await owner.expectMessage(counter, /has not been let in/);
	await owner.send(counter, `;getauth ${ana.id}`);
	await owner.expectMessage(counter, /has not bought me for any server/);
	await house.discord.expectNoFaults();
});

async function heard(person: UserDriver, channel: { id: string }): Promise<string> {
	return (await person.messages(channel)).map(({ text }) => text).join('\n');
}

function selectOf(raw: unknown): string {
	const [, id] = /"custom_id":"(help\.category[^"]*)"/.exec(JSON.stringify(raw)) ?? [];
	if (id === undefined) throw new Error('No select is there');
	return id;
}
