import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { type House, openHouse } from '../support/house.js';
import { describeWithRedis } from '../support/redis.js';

let house: House;
let owner: UserDriver;
let staff: UserDriver;

beforeAll(async () => {
	house = await openHouse({ start: false });
	[owner, staff] = await Promise.all([house.discord.user('owner-of-the-bot'), house.discord.user('staff-of-the-bot')]);
	await Promise.all([owner.connect(), staff.connect()]);
	await house.start({ OWNER_IDS: owner.id, STAFF_IDS: staff.id, GUILD_GATE: undefined });
});
afterAll(() => house[Symbol.asyncDispose]());

const bot = () => house.discord.description.applicationId;

async function place(spec: { bot?: boolean; roles?: { name: string }[] } = {}) {
	const guild = await house.discord.guild({ members: ['ana', 'bea', staff, owner], channels: ['general', 'lounge'], ...spec });
	const [ana, bea] = guild.members;
	if (!ana || !bea) throw new Error('Nobody is there');
	return { guild, ana, bea, general: guild.channel('general'), lounge: guild.channel('lounge') };
}

/** Whether Discord counts the bot among the members. */
async function botIn({ guild }: { guild: { id: string } }): Promise<boolean> {
	const { api, botToken } = house.discord.description;
	const answer = await fetch(`${api}/v10/users/@me/guilds`, { headers: { authorization: `Bot ${botToken}` } });
	return (await answer.text()).includes(`"${guild.id}"`);
}

const botLeaves = ({ guild }: { guild: { id: string; owner: UserDriver } }, person = guild.owner, botId = bot()) =>
	person.expectEvent(
		'GUILD_MEMBER_REMOVE',
		(data) => data['guild_id'] === guild.id && JSON.stringify(data['user']).includes(botId),
		// As long as the bot may take to start.
		20_000
	);

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

	await house.passTime({ seconds: 11 });
	await answered(ana, lounge, ';uptime', /You are on my blacklist/);

	await owner.send(general, `;unblacklist ${ana.mention}`);
	await owner.expectMessage(general, /<@\d+> can use me again/);
	await owner.send(general, `;unblacklist ${ana.mention}`);
	await owner.expectMessage(general, /not on the blacklist/);
	await ana.send(lounge, ';uptime');
	await ana.expectMessage(lounge, /I have been running/);
	await house.discord.expectNoFaults();
});

test('a ban for a while ends by itself, and survives a restart until then; diagnose names it', async () => {
	const { guild, ana, general, lounge } = await place();
	await staff.send(general, `;blacklist ${ana.mention} 2h`);
	await staff.expectMessage(general, /<@\d+> cannot use me until <t:\d+:f>/);

	await guild.owner.send(lounge, `;diagnose ping <#${lounge.id}> ${ana.mention}`);
	const why = await guild.owner.expectMessage(lounge, /Something stands in the way/);
	expect(why.text).toMatch(/Not on the blacklist.*You are on my blacklist, so you cannot use me until <t:\d+:f>/);

	await house.stop();
	await house.start({ OWNER_IDS: owner.id, STAFF_IDS: staff.id });
	await ana.send(lounge, ';ping');
	await ana.expectMessage(lounge, /You are on my blacklist, so you cannot use me until/);
	await house.passTime({ hours: 2 });
	await answered(ana, lounge, ';ping', /Pong/);
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
	const first = botLeaves(there);
	await owner.send(office.general, `;blacklist server ${guild.id} sells accounts`);
	await owner.expectMessage(office.general, new RegExp(`${guild.id}\` is on the blacklist. I have left it`));
	await first;
	await owner.send(office.general, `;gblacklist ${guild.id}`);
	await owner.expectMessage(office.general, /already on the blacklist/);

	const second = botLeaves(there);
	await guild.owner.inviteBot(guild.id);
	await second;

	await owner.send(desk.general, `;gunblacklist ${guild.id}`);
	await owner.expectMessage(desk.general, /off the blacklist/);
	await owner.send(counter.general, `;unblacklistg ${guild.id}`);
	await owner.expectMessage(counter.general, /not on the blacklist/);
	await guild.owner.inviteBot(guild.id);
	await guild.owner.send(there.general, ';ping');
	await guild.owner.expectMessage(there.general, /Pong/);
	await house.discord.expectNoFaults();
});

test('a server can be put on the blacklist from inside; one added while the bot was away is left at the start', async () => {
	const there = await place();
	const away = await place({ bot: false });
	const office = await place();
	await there.guild.owner.connect();
	const left = botLeaves(there);
	await owner.send(there.general, `;blacklistg ${there.guild.id}`);
	await owner.expectMessage(there.general, /This server is on the blacklist. I am leaving it/);
	await left;
	await owner.send(office.general, `;blacklistg ${away.guild.id}`);
	await owner.expectMessage(office.general, /is on the blacklist. I was not in it/);

	await house.stop();
	await away.guild.owner.inviteBot(away.guild.id);
	expect(await botIn(away)).toBe(true);
	const again = botLeaves(away);
	await house.start({ OWNER_IDS: owner.id, STAFF_IDS: staff.id });
	await again;
	expect(await botIn(away)).toBe(false);
});

test('a server that the bot cannot leave now has no commands until it can', async () => {
	const there = await place();
	const office = await place();
	await house.discord.faults.rest('status', { method: 'DELETE', path: `users/@me/guilds/${there.guild.id}$`, status: 400, times: 1 });
	await owner.send(office.general, `;blacklistg ${there.guild.id}`);
	await owner.expectMessage(office.general, /I could not leave it just now/);
	await there.ana.send(there.lounge, ';ping');
	await there.ana.expectMessage(there.lounge, /This server is on my blacklist/);
});

test('a buyer who shares no server with the bot, or takes no messages, cannot be told: staff hears of it', async () => {
	const stranger = await house.discord.user('stranger');
	const id = String(BigInt(house.discord.description.guildId) + 1n);
	const desk = await owner.dm(bot());
	const office = await place();
	await owner.send(desk, `;authorize ${id} ${stranger.id}`);
	await owner.expectMessage(desk, /takes no direct messages, so tell them yourself/);
	await owner.send(office.general, `;unauthorize ${id}`);
	await owner.expectMessage(office.general, /I was not in it. The buyer takes no direct messages/);
	expect(house.output.split('\n').filter((line) => line.includes('Unexpected error'))).toEqual([]);
});

test('behind the gate: an unknown server hears why and is left; one that was bought may have the bot until it is taken away', async () => {
	const office = await place({ roles: [{ name: 'buyers' }] });
	const { ana } = office;
	const crew = office.guild.owner;
	await crew.connect();
	const there = await house.discord.guild({ members: [ana], channels: ['lounge'], bot: false });
	const lounge = there.channel('lounge');
	await house.stop();
	await house.start({
		OWNER_IDS: owner.id,
		STAFF_IDS: staff.id,
		GUILD_GATE: 'true',
		SUPPORT_SERVER: 'https://discord.example/help',
		STAFF_LOG_CHANNEL: office.general.id,
		BUYER_ROLE: `${office.guild.id}:${office.guild.roles[0]?.id}`
	});
	await there.owner.api.patch(`/guilds/${there.id}`, { system_channel_id: lounge.id });

	await there.owner.connect();
	const left = botLeaves({ guild: there });
	await there.owner.inviteBot(there.id);
	const why = await there.owner.expectMessage(lounge, /This server may not have me yet/);
	expect(why.text).toContain('https://discord.example/help');
	await left;
	await crew.expectMessage(office.general, new RegExp(`added to .*${there.id}.* and left it`));
	// A server that had the bot before there was a gate is not left, but nothing works in it.
	await ana.send(office.lounge, ';ping');
	await ana.expectMessage(office.lounge, /This server may not have me yet/);

	// Three commands in five seconds are the most in one place.
	const [desk, counter, news] = [await staff.dm(bot()), await owner.dm(bot()), await ana.dm(bot())];
	const given = crew.expectEvent('GUILD_MEMBER_UPDATE', (data) => JSON.stringify(data).includes(`"${office.guild.roles[0]?.id}"`));
	await staff.send(desk, `;authorize ${there.id} ${ana.id}`);
	await staff.expectMessage(desk, /may have me. <@\d+> has been told. They have the role for buyers/);
	await given;
	expect(await heard(ana, news)).toContain(`The server \`${there.id}\` may have me now`);
	await staff.send(desk, `;authorize ${there.id} ${ana.id}`);
	await staff.expectMessage(desk, /may already have me/);
	await staff.send(desk, `;getauth ${ana.id}`);
	await staff.expectMessage(desk, new RegExp(`${there.id}\` since`));

	await there.owner.inviteBot(there.id);
	await ana.send(lounge, ';ping');
	await ana.expectMessage(lounge, /Pong/);
	await crew.expectMessage(office.general, new RegExp(`I was added to .*${there.id}.*Owner: <@${there.owner.id}>.*, \\d+ members`));

	const gone = botLeaves({ guild: there });
	await owner.send(counter, `;unauthorize ${there.id} refunded`);
	await owner.expectMessage(counter, /may not have me any more. I have left it/);
	await gone;
	await crew.expectMessage(office.general, new RegExp(`I am no longer in .*${there.id}`));
	expect(await heard(ana, news)).toContain('Reason: refunded');
	await owner.send(counter, `;unauthorize ${there.id}`);
	await owner.expectMessage(counter, /has not been let in/);
	await owner.send(counter, `;getauth ${ana.id}`);
	await owner.expectMessage(counter, /has not bought me for any server/);
	await house.discord.expectNoFaults();
});

/** Says it again while it is met with silence: the bot hears a moment after Discord that time has passed. */
async function answered(person: UserDriver, channel: { id: string }, text: string, answer: RegExp): Promise<void> {
	for (let times = 1; times < 10; times += 1) {
		await person.send(channel, text);
		const came = await person.expectMessage(channel, answer, 1_000).catch(() => null);
		if (came !== null) return;
	}
	await person.send(channel, text);
	await person.expectMessage(channel, answer);
}

async function heard(person: UserDriver, channel: { id: string }): Promise<string> {
	return (await person.messages(channel)).map(({ text }) => text).join('\n');
}

describeWithRedis('two processes', () => {
	test('what is told to one the other keeps to at once, and a server of the other is left too', async () => {
		await using first = await openHouse({ redis: true, start: false });
		const chief = await first.discord.user('chief');
		await chief.connect();
		const half = (shard: number) => ({ OWNER_IDS: chief.id, SHARDS: String(shard), SHARD_COUNT: '2' });
		await first.start(half(0));
		await using second = await openHouse({ redis: true, beside: first, env: half(1) });
		const ana = await first.discord.user('ana');
		const on = async (shard: bigint) => {
			for (;;) {
				const guild = await first.discord.guild({ members: [chief, ana] });
				if ((BigInt(guild.id) >> 22n) % 2n === shard) return { guild, general: guild.channel('general') };
			}
		};
		const [here, there] = [await on(0n), await on(1n)];
		await ana.send(there.general, ';ping');
		await ana.expectMessage(there.general, /Pong/);

		await chief.send(here.general, `;blacklist ${ana.mention}`);
		await chief.expectMessage(here.general, /cannot use me any more/);
		await ana.send(there.general, ';ping');
		await ana.expectMessage(there.general, /You are on my blacklist/);

		const left = botLeaves(there, chief, first.discord.description.applicationId);
		await chief.send(here.general, `;blacklistg ${there.guild.id}`);
		await chief.expectMessage(here.general, /I have left it/);
		await left;
		expect(second.bot?.running).toBe(true);
	});
});

function selectOf(raw: unknown): string {
	const [, id] = /"custom_id":"(help\.category[^"]*)"/.exec(JSON.stringify(raw)) ?? [];
	if (id === undefined) throw new Error('No select is there');
	return id;
}
