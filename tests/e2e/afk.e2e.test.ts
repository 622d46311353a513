import { expect, test, vi } from 'vitest';
import { sharedHouse } from '../support/sharedHouse.js';

const soon = { timeout: 20_000, interval: 25 };
const shared = sharedHouse();

async function place(botPermissions?: string) {
	const guild = await shared.house.discord.guild({
		members: ['ana', 'bea'],
		channels: ['general', 'lounge'],
		...(botPermissions === undefined ? {} : { botPermissions })
	});
	const [ana, bea] = guild.members;
	if (!ana || !bea) throw new Error('Nobody is there');
	return { guild, ana, bea, general: guild.channel('general'), lounge: guild.channel('lounge') };
}

const isAway = (userId: string) => shared.db.afk.count({ where: { userId: BigInt(userId) } });
const namesStored = (userId: string) => shared.db.nameHistory.count({ where: { userId: BigInt(userId) } });

test('a member is away, is missed, and comes back, each said once and nobody pinged', async () => {
	const { ana, bea, general, lounge } = await place();
	await ana.send(general, ';afk having **tea** @everyone');
	const left = await ana.expectMessage(general, /You're now AFK with the status/);
	expect(left.mentionsEveryone).toBe(false);

	await bea.send(general, `hello ${ana.mention}`);
	const notice = await bea.expectMessage(general, /💤/);
	expect(notice.text).toContain(`<@${ana.id}> is AFK since <t:`);
	expect(notice.text).toContain('having \\*\\*tea\\*\\* @\u200beveryone');
	expect([notice.mentions, notice.mentionsEveryone]).toEqual([[], false]);

	// Once in thirty seconds per channel: the answer to the ping comes, and no second notice before it.
	await bea.send(general, `are you there ${ana.mention}`);
	await bea.send(lounge, `and here ${ana.mention}`);
	await bea.expectMessage(lounge, /💤/);
	expect((await bea.messages(general)).filter((message) => message.text.includes('💤'))).toHaveLength(1);
	await shared.house.passTime({ seconds: 31 });
	await bea.send(general, `now ${ana.mention}`);
	await bea.expectMessage(general, /💤/);

	await ana.send(general, 'I am here');
	const back = await ana.expectMessage(general, /Welcome back/);
	expect(back.text).toMatch(/you were AFK since <t:\d+:R> – 4 mentions missed/);
	expect(back.mentions).toEqual([]);
	expect(await isAway(ana.id)).toBe(0);
	await ana.send(general, ';ping');
	await ana.expectMessage(general, /Pong/);
	expect((await ana.messages(general)).filter((message) => message.text.includes('Welcome back'))).toHaveLength(1);
	await shared.house.discord.expectNoFaults();
});

test('the afk command itself ends no absence: not by prefix, not by slash, not by an edit', async () => {
	const { ana, general } = await place();
	const message = await ana.send(general, 'brb');
	await ana.edit(message, ';afk lunch');
	await ana.expectMessage(general, /now AFK with the status: \*\*lunch\*\*/);
	await shared.house.passTime({ seconds: 60 });
	await ana.send(general, ';afk dinner');
	await ana.expectMessage(general, /still AFK, now with the status: \*\*dinner\*\*/);
	const bySlash = await ana.slash(general, 'afk', { reason: 'sleep' });
	expect(bySlash.message?.text).toMatch(/still AFK, now with the status: \*\*sleep\*\*/);
	expect(await isAway(ana.id)).toBe(1);
	await ana.edit(message, 'brb, really');
	await ana.send(general, ';ping');
	await ana.expectMessage(general, /Welcome back/);
	expect(await isAway(ana.id)).toBe(0);
	await shared.house.discord.expectNoFaults();
});

test('where the module is off nothing is said of who is away, and an absence ends silently', async () => {
	const { guild, ana, bea, general, lounge } = await place();
	await ana.send(general, ';afk lunch');
	await ana.expectMessage(general, /now AFK/);
	await guild.owner.send(general, `;disablemodule add afk <#${lounge.id}>`);
	await guild.owner.expectMessage(general, /is off in/);
	await shared.house.passTime({ seconds: 60 });
	await bea.send(lounge, `hello ${ana.mention}`);
	await bea.send(general, `hello ${ana.mention}`);
	await bea.expectMessage(general, /💤/);
	await ana.send(lounge, 'I am here');
	await expect.poll(() => isAway(ana.id), soon).toBe(0);
	await ana.send(general, ';ping');
	await ana.expectMessage(general, /Pong/);
	expect((await ana.messages(lounge)).filter(({ isBot }) => isBot)).toEqual([]);
	expect((await ana.messages(general)).filter(({ text }) => text.includes('Welcome back'))).toEqual([]);
});

test('a word of the server’s own for the afk command ends no absence either', async () => {
	const { guild, ana, general } = await place();
	await guild.owner.send(general, ';alias add brb afk');
	await guild.owner.expectMessage(general, /stands for/);
	await ana.send(general, ';brb lunch');
	await ana.expectMessage(general, /now AFK with the status: \*\*lunch\*\*/);
	await shared.house.passTime({ seconds: 60 });
	await ana.send(general, ';BRB dinner');
	await ana.expectMessage(general, /still AFK, now with the status: \*\*dinner\*\*/);
	expect((await ana.messages(general)).filter((message) => message.text.includes('Welcome back'))).toEqual([]);
	expect(await isAway(ana.id)).toBe(1);
});

test('the last words of the one who leaves do not bring him back', async () => {
	const { ana, general } = await place();
	await ana.send(general, ';afk');
	await ana.expectMessage(general, /status: \*\*AFK\*\*/);
	await ana.send(general, 'bye');
	await ana.send(general, ';ping');
	await ana.expectMessage(general, /Pong/);
	expect(await isAway(ana.id)).toBe(1);
	const tooLong = await ana.send(general, `;afk ${'x'.repeat(101)}`);
	await ana.expectMessage(general, (answer) => answer.replyTo === tooLong.id && /100/.test(answer.text));
});

test('events that Discord sends twice count once', async () => {
	const { ana, bea, general } = await place();
	await ana.send(general, ';afk tea');
	await ana.expectMessage(general, /now AFK/);
	await shared.house.passTime({ minutes: 1 });
	await shared.house.discord.faults.gateway('spoil', { fate: 'double', types: ['MESSAGE_CREATE'], times: -1 });
	await bea.send(general, ana.mention);
	await bea.expectMessage(general, /💤/);
	await ana.send(general, 'back');
	expect((await ana.expectMessage(general, /Welcome back/)).text).toMatch(/1 mention missed/);
	await shared.house.discord.faults.clear();
	await ana.send(general, ';ping');
	await ana.expectMessage(general, /Pong/);
	const said = (await ana.messages(general)).map(({ text }) => text);
	expect(said.filter((text) => text.includes('💤'))).toHaveLength(1);
	expect(said.filter((text) => text.includes('Welcome back'))).toHaveLength(1);
});

test('where the bot may not speak an absence ends in silence', async () => {
	const [viewAndSend, send] = ['3072', '2048'];
	const { guild, ana, bea, general, lounge } = await place(viewAndSend);
	const bot = shared.house.discord.description.applicationId;
	await guild.owner.api.put(`/channels/${general.id}/permissions/${bot}`, { type: 1, allow: '0', deny: send });
	await ana.send(lounge, ';afk tea');
	await ana.expectMessage(lounge, /now AFK/);
	await shared.house.passTime({ seconds: 6 });
	await bea.send(general, ana.mention);
	await ana.send(general, 'hello');
	await vi.waitFor(async () => expect(await isAway(ana.id)).toBe(0), soon);
	const refused = await shared.house.discord.requests((entry) => entry.status === 403 && entry.path.includes(general.id));
	expect(refused).toEqual([]);
	expect((await ana.messages(general)).filter((message) => message.isBot)).toEqual([]);
	await shared.house.discord.expectNoFaults();
});

test.each([3, 30])('%i past names are listed, the newest first', async (count) => {
	const { ana, bea, general } = await place();
	for (let index = 1; index <= count; index += 1) await ana.api.patch('/users/@me', { username: 'ana', global_name: `Ana ${index}` });
	await bea.send(general, `;names ${ana.id} display`);
	const shown = await bea.expectMessage(general, /Names of/);
	const lines = shown.text.split('\n').filter((line) => line.includes(':R>'));
	expect(lines[0]).toMatch(new RegExp(`Ana ${count}: <t:\\d+:R>`));
	expect(lines).toHaveLength(Math.min(count, 10));
	expect(shown.components.length > 0).toBe(count > 10);
	await shared.house.discord.expectNoFaults();
});

test('usernames, display names and nicknames are told apart; nicknames stay in their server', async () => {
	const { ana, bea, general } = await place();
	const elsewhere = await shared.house.discord.guild({ members: [ana, bea] });
	const username = `ana_${ana.id.slice(-6)}`;
	await ana.api.patch('/users/@me', { username });
	await ana.api.patch(`/guilds/${general.guildId}/members/@me`, { nick: 'Annie *here*' });
	await ana.api.patch(`/guilds/${elsewhere.id}/members/@me`, { nick: 'Annie there' });
	await vi.waitFor(async () => expect(await namesStored(ana.id)).toBeGreaterThanOrEqual(3), soon);
	const all = await bea.slash(general, 'names show', { user: ana });
	expect(all.message?.text).toContain('(nickname)');
	expect(all.message?.text).toContain('Annie \\*here\\*');
	expect(all.message?.text).not.toContain('Annie there');
	const usernames = await bea.slash(general, 'names show', { user: ana, kind: 'username' });
	expect(usernames.message?.text).toContain(username.replaceAll('_', '\\_'));
	expect(usernames.message?.text).not.toContain('Annie');
	await shared.house.discord.expectNoFaults();
});

test('clearing asks first, deletes for good, and opting out keeps it so', async () => {
	const { ana, bea, general } = await place();
	await ana.send(general, ';clearnames');
	await ana.expectMessage(general, /I know no names of yours/);
	await ana.api.patch('/users/@me', { username: 'ana', global_name: 'Ana One' });
	await ana.api.patch('/users/@me', { username: 'ana', global_name: 'Ana Two' });

	await ana.send(general, ';clearnames');
	const question = await ana.expectMessage(general, /cannot be undone/);
	const pressed = await bea.click(question, 'Yes');
	expect(pressed.message?.ephemeral).toBe(true);
	expect(await namesStored(ana.id)).toBeGreaterThanOrEqual(2);
	await ana.click(question, 'Yes');
	await ana.expectMessage(general, /I deleted \d+ names/);
	expect(await namesStored(ana.id)).toBe(0);

	await bea.api.patch('/users/@me', { username: 'bea', global_name: 'Bea One' });
	await bea.api.patch('/users/@me', { username: 'bea', global_name: 'Bea Two' });
	await vi.waitFor(async () => expect(await namesStored(bea.id)).toBeGreaterThanOrEqual(2), soon);
	const asked = await bea.slash(general, 'names clear');
	expect(asked).toMatchObject({ ephemeral: true, text: expect.stringContaining('cannot be undone') });
	expect(await namesStored(bea.id)).toBeGreaterThanOrEqual(2);
	if (asked.message === null) throw new Error('Nothing was asked');
	await bea.click(asked.message, 'Yes');
	await vi.waitFor(async () => expect(await namesStored(bea.id)).toBe(0), soon);

	await ana.send(general, ';privacy names on');
	await ana.expectMessage(general, /opted out of `names`/);
	await ana.api.patch('/users/@me', { username: 'ana', global_name: 'Ana Three' });
	await bea.send(general, `;oldnames ${ana.id}`);
	await bea.expectMessage(general, /I know no names of/);
	expect(await namesStored(ana.id)).toBe(0);
	await shared.house.discord.expectNoFaults();
});
