import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/data/database.js';
import { eventually } from '../support/eventually.js';
import { type House, openHouse } from '../support/house.js';

let house: House;
let database: Database;

beforeAll(async () => {
	house = await openHouse({ env: { CONSENT_NOTICE: 'true' } });
	database = await house.database.open();
});
afterAll(() => house[Symbol.asyncDispose]());

const isNotice = /What I store about you/;

async function place() {
	const guild = await house.discord.guild({ members: ['ana', 'bea'] });
	const [ana, bea] = guild.members;
	if (!ana || !bea) throw new Error('Nobody is there');
	return { ana, bea, guild, general: guild.channel('general') };
}

type Person = Awaited<ReturnType<typeof place>>['ana'];
const consentOf = async ({ id }: Person) => (await database.prisma.userSettings.findUnique({ where: { userId: BigInt(id) } }))?.consent;
const noticesIn = async (person: Person, channel: { id: string }) =>
	(await person.messages(channel)).filter((message) => isNotice.test(message.text));

test('the first command is answered as ever, then a message of its own says what is stored, once', async () => {
	const { ana, bea, general } = await place();
	await ana.send(general, ';ping');
	await ana.expectMessage(general, /Pong/);
	const notice = await ana.expectMessage(general, isNotice);
	expect(notice.text).toContain(ana.mention);
	await ana.send(general, ';uptime');
	await ana.expectMessage(general, (message) => !isNotice.test(message.text));
	expect(await noticesIn(ana, general)).toHaveLength(1);

	const foreign = await bea.click(notice, 'Disagree');
	expect([foreign.ephemeral, foreign.text]).toEqual([true, expect.stringMatching(/Only the person/)]);
	expect(await consentOf(ana)).toBe('unknown');
	const agreed = await ana.click(notice, 'Agree');
	expect(agreed.text).toMatch(/Thank you/);
	expect((await ana.read(notice)).raw['components']).toEqual([]);
	expect(await consentOf(ana)).toBe('accepted');
	await house.discord.expectNoFaults();
});

test('by slash only the caller sees it', async () => {
	const { ana, bea, general } = await place();
	await bea.connect();
	const answer = await ana.slash(general, 'ping');
	expect(answer.text).toMatch(/Pong/);
	const notice = await ana.expectMessage(general, isNotice);
	expect(notice.ephemeral).toBe(true);
	expect(await noticesIn(bea, general)).toEqual([]);
	await house.discord.expectNoFaults();
});

test('whoever disagrees may use what stores nothing, is told why the rest does not go, and can change his mind', async () => {
	const { ana, general } = await place();
	await ana.send(general, ';ping');
	const declined = await ana.click(await ana.expectMessage(general, isNotice), 'Disagree');
	expect(declined.text).toMatch(/store nothing more about you.*privacy/s);

	await ana.send(general, ';remind 5m tea');
	await ana.expectMessage(general, /You disagreed.*`privacy`/s);
	const afk = await ana.slash(general, 'afk');
	expect([afk.ephemeral, afk.text]).toEqual([true, expect.stringMatching(/You disagreed/)]);
	expect(await database.prisma.reminder.count({ where: { userId: BigInt(ana.id) } })).toBe(0);
	expect(await database.prisma.afk.count({ where: { userId: BigInt(ana.id) } })).toBe(0);
	const shards = await ana.slash(general, 'shards');
	expect(shards.text).toMatch(/Shard 0/);

	const shown = await ana.slash(general, 'privacy');
	expect(shown.text).toMatch(/You disagreed on/);
	if (shown.message === null) throw new Error('Nothing is shown');
	expect((await ana.click(shown.message, 'Agree')).text).toMatch(/Thank you/);
	const direct = await ana.dm(house.discord.description.applicationId);
	await ana.send(direct, ';remind 5m tea');
	await ana.expectMessage(direct, /tea/);
	expect(await database.prisma.reminder.count({ where: { userId: BigInt(ana.id) } })).toBe(1);
	await house.discord.expectNoFaults();
});

test('whoever disagrees may still take away what is stored about him, and sets nothing new', async () => {
	const { ana, bea, general } = await place();
	await ana.send(general, ';selfprefix ?');
	await ana.expectMessage(general, /`\?`/);
	await ana.click(await ana.expectMessage(general, isNotice), 'Disagree');
	await ana.send(general, ';selfprefix !');
	await ana.expectMessage(general, /You disagreed/);
	await ana.send(general, ';selfprefix None');
	await ana.expectMessage(general, 'You have no prefix of your own any more. It was `?`.');
	expect(await database.prisma.selfPrefix.count({ where: { userId: BigInt(ana.id) } })).toBe(0);
	expect(await consentOf(ana)).toBe('declined');

	await bea.send(general, ';remind every 2h stretch');
	await bea.expectMessage(general, /stretch/);
	await bea.click(await bea.expectMessage(general, isNotice), 'Disagree');
	const mine = { userId: BigInt(bea.id) };
	const { id } = await database.prisma.reminder.findFirstOrThrow({ where: mine });
	const later = await bea.slash(general, 'reminder edit', { id, field: 'every', value: '3h' });
	expect(later.text).toMatch(/You disagreed/);
	const once = await bea.slash(general, 'reminder edit', { id, field: 'every', value: 'off' });
	expect([once.failed, once.text]).toEqual([false, expect.not.stringMatching(/You disagreed/)]);
	expect(await database.prisma.reminder.findFirstOrThrow({ where: mine })).toMatchObject({ everySeconds: null });
	await house.discord.expectNoFaults();
});

test('the entry of a menu is refused like the command it stands for', async () => {
	const { ana, bea, general } = await place();
	const message = await bea.send(general, 'remember the milk');
	const shown = await ana.slash(general, 'privacy');
	expect(shown.text).toMatch(/not said yet/);
	if (shown.message === null) throw new Error('Nothing is shown');
	await ana.click(shown.message, 'Disagree');
	const refused = await ana.context(general, 'Remind me about this', message, 'message');
	expect([refused.modal, refused.text]).toEqual([null, expect.stringMatching(/You disagreed/)]);
	await house.discord.expectNoFaults();
});

test('two commands at once bring one notice', async () => {
	const { ana, guild, general } = await place();
	await ana.connect();
	await Promise.all([ana.send(general, ';ping'), ana.send(general, ';shards')]);
	await eventually(
		'both are answered',
		async () => (await ana.messages(general)).filter(({ authorId }) => authorId !== ana.id).length >= 3
	);
	await guild.owner.send(general, ';ping');
	await guild.owner.expectMessage(general, (message) => isNotice.test(message.text) && message.text.includes(guild.owner.mention));
	expect((await noticesIn(ana, general)).filter(({ text }) => text.includes(ana.mention))).toHaveLength(1);
});

test('having everything deleted keeps the refusal, and says so', async () => {
	const { ana, general } = await place();
	const shown = await ana.slash(general, 'privacy');
	if (shown.message === null) throw new Error('Nothing is shown');
	await ana.click(shown.message, 'Disagree');
	await ana.send(general, ';forgetme');
	await ana.click(await ana.expectMessage(general, /cannot be undone/), 'Yes');
	await ana.expectMessage(general, /Not deleted: what you opted out of or disagreed to/);
	expect(await consentOf(ana)).toBe('declined');
	await ana.send(general, ';ping');
	await ana.expectMessage(general, /Pong/);
	expect(await noticesIn(ana, general)).toEqual([]);
});

test('a crash leaves buttons that still work, and a clean end takes the notice away', async () => {
	if (house.bot === null) await house.start();
	const { ana, bea, general } = await place();
	await ana.send(general, ';ping');
	const left = await ana.expectMessage(general, isNotice);
	await house.kill();
	await house.start();
	await ana.send(general, ';ping');
	await ana.expectMessage(general, /Pong/);
	expect(await noticesIn(ana, general)).toHaveLength(1);
	await ana.click(left, 'Disagree');
	await ana.expectEdit(left, /store nothing more/);
	expect(await consentOf(ana)).toBe('declined');

	await bea.send(general, ';ping');
	await bea.expectMessage(general, isNotice);
	await house.stop();
	expect(await noticesIn(bea, general)).toEqual([]);
});
