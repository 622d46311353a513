import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { type Crewed, crewedServer } from '../support/crew.js';
import { eventually } from '../support/eventually.js';
import { type House, openHouse } from '../support/house.js';
import { asks, notKnown } from '../support/staff.js';
import { type Asked, type TappedServers, tapServers } from '../support/tappedServers.js';

let house: House;
let servers: TappedServers;
/** Told of what the bot changes, before it hears that this was done. */
let onChange: (asked: Asked) => void = () => undefined;

beforeAll(async () => {
	house = await openHouse({ start: false });
	servers = await tapServers(house, { changed: (asked) => onChange(asked) });
	await house.start(servers.env);
});
afterAll(async () => {
	try {
		expect(await (await db()).errorReport.findMany({ select: { code: true } })).toEqual([]);
		await house.discord.expectNoFaults();
	} finally {
		await house[Symbol.asyncDispose]();
		await servers.close();
	}
});

const db = async () => (await house.database.open()).prisma;
/** One try and three more. */
const everyTry = 4;
/** Discord: missing permissions. */
const refusal = { status: 403, code: 50_013 };

interface Place extends Crewed {
	readonly id: string;
	readonly log: { readonly id: string };
	/** The next one of the staff says something, and is answered. */
	says(line: string, answer: RegExp): Promise<SeenMessage>;
}

async function place(...members: string[]): Promise<Place> {
	const crew = await crewedServer(house.discord, { members, channels: ['mod-log'] });
	const log = crew.guild.channel('mod-log');
	await asks(crew.owner, log, `;modlog <#${log.id}>`, /Cases are now shown here/);
	const says = (line: string, answer: RegExp) => {
		const { mod, channel } = crew.turn();
		return asks(mod, channel, line, answer);
	};
	return { ...crew, id: crew.guild.id, log, says };
}

/** What became of each request about the ban of somebody, such as `PUT 503`. */
async function tries({ id }: Place, user: UserDriver): Promise<readonly string[]> {
	const requests = await house.discord.requests(({ method, path }) => method !== 'GET' && path === `/guilds/${id}/bans/${user.id}`);
	return requests.map(({ method, status }) => `${method} ${status}`);
}

async function isBanned({ id, owner }: Place, user: UserDriver): Promise<boolean> {
	return JSON.stringify(await owner.api.get(`/guilds/${id}/bans`)).includes(user.id);
}

async function casesOf({ id }: Place) {
	return (await db()).moderationCase.findMany({ where: { guildId: BigInt(id) }, orderBy: { number: 'asc' } });
}

/** How often each case stands in the log channel. */
async function logged({ owner, log }: Place): Promise<readonly string[]> {
	const messages = (await owner.messages(log)).map(({ text }) => /Case #\d+ \| \w+/.exec(text)?.[0]);
	return messages.filter((title) => title !== undefined);
}

/** What somebody was told by a direct message. */
async function told(user: UserDriver): Promise<readonly string[]> {
	const direct = await user.dm({ id: house.discord.description.applicationId });
	return (await user.messages(direct)).filter(({ isBot }) => isBot).map(({ text }) => text);
}

/** The bot looks after what was cut short, and then nothing is left to be done. */
async function aMinuteLater({ id }: Place): Promise<void> {
	await house.passTime({ seconds: 61 });
	const where = { guildId: BigInt(id) };
	await eventually('nothing is left', async () => (await (await db()).scheduledTask.count({ where })) === 0);
}

/** What is tried again later has failed once. */
async function hasFailed({ id }: Place): Promise<void> {
	const where = { guildId: BigInt(id), attempts: 1 };
	await eventually('it has failed', async () => (await (await db()).scheduledTask.count({ where })) === 1);
}

function people({ members }: Place): readonly [UserDriver, UserDriver] {
	const [ana, bea] = members;
	if (ana === undefined || bea === undefined) throw new Error('Somebody is missing');
	return [ana, bea];
}

test('a ban that Discord fails at first is asked for again: one ban, one case, and nobody notices', async () => {
	const here = await place('ana', 'bea');
	const [ana, bea] = people(here);
	await house.discord.faults.rest('status', { method: 'PUT', path: `bans/${ana.id}$`, status: 503, times: 1 });
	await here.says(`;ban ${ana.mention} spam`, /\*\*ana\*\* was banned[\s\S]*Case #1/);
	await house.discord.faults.rest('status', { method: 'PUT', path: `bans/${bea.id}$`, status: 500, times: everyTry - 1 });
	await here.says(`;ban ${bea.mention} spam`, /\*\*bea\*\* was banned[\s\S]*Case #2/);
	expect(await tries(here, ana)).toEqual(['PUT 503', 'PUT 204']);
	expect(await tries(here, bea)).toEqual(['PUT 500', 'PUT 500', 'PUT 500', 'PUT 204']);
	await aMinuteLater(here);
	expect(await logged(here)).toEqual(['Case #1 | Ban', 'Case #2 | Ban']);
	expect(await casesOf(here)).toHaveLength(2);
});

test('when every try fails the moderator is told that it is not known; a minute later it is done once, with its case in the log', async () => {
	const here = await place('ana', 'bea');
	const [ana, bea] = people(here);
	for (const { id } of [ana, bea])
		await house.discord.faults.rest('status', { method: 'PUT', path: `bans/${id}$`, status: 503, times: everyTry });
	await here.says(`;ban ${ana.mention} spam`, notKnown);
	await here.says(`;ban ${bea.mention} raid`, notKnown);
	expect([await isBanned(here, ana), await isBanned(here, bea), (await casesOf(here)).length]).toEqual([false, false, 0]);
	// Somebody else does not want to wait.
	await here.says(`;ban ${bea.mention} raid`, /\*\*bea\*\* was banned[\s\S]*Case #1/);
	await aMinuteLater(here);
	expect([await isBanned(here, ana), await isBanned(here, bea)]).toEqual([true, true]);
	expect((await casesOf(here)).map(({ userId, reason }) => [String(userId), reason])).toEqual([
		[bea.id, 'raid'],
		[ana.id, 'spam']
	]);
	expect(await logged(here)).toEqual(['Case #1 | Ban', 'Case #2 | Ban']);
	expect((await tries(here, ana)).at(-1)).toBe('PUT 204');
	expect(await told(ana)).toHaveLength(1);
});

test('when the answer is lost on its way the ban is there once, and gets its one case: by the next one who asks, or a minute later', async () => {
	const here = await place('ana', 'bea');
	const [ana, bea] = people(here);
	for (const { id } of [ana, bea]) await house.discord.faults.rest('lost-answer', { method: 'PUT', path: `bans/${id}$`, times: 1 });
	await here.says(`;ban ${ana.mention} spam`, notKnown);
	await here.says(`;ban ${bea.mention} raid`, notKnown);
	expect([await isBanned(here, ana), await isBanned(here, bea)]).toEqual([true, true]);
	await here.says(`;ban ${ana.mention} again`, /\*\*ana\*\* is banned already/);
	expect((await casesOf(here)).map(({ userId, reason }) => [String(userId), reason])).toEqual([[ana.id, 'spam']]);
	await aMinuteLater(here);
	expect((await casesOf(here)).map(({ userId, reason }) => [String(userId), reason])).toEqual([
		[ana.id, 'spam'],
		[bea.id, 'raid']
	]);
	expect([await tries(here, ana), await tries(here, bea)]).toEqual([['PUT 204'], ['PUT 204']]);
	expect(await logged(here)).toEqual(['Case #1 | Ban', 'Case #2 | Ban']);
});

test('a softban that is cut between its two steps never stays a ban', async () => {
	const here = await place('ana', 'bea');
	const [ana, bea] = people(here);
	await house.discord.faults.rest('status', { method: 'DELETE', path: `bans/${ana.id}$`, status: 503, times: everyTry });
	await house.discord.faults.rest('lost-answer', { method: 'DELETE', path: `bans/${bea.id}$`, times: 1 });
	await here.says(`;softban ${ana.mention} spam`, notKnown);
	await here.says(`;softban ${bea.mention} spam`, notKnown);
	expect([await isBanned(here, ana), await isBanned(here, bea)]).toEqual([true, false]);
	await aMinuteLater(here);
	expect([await isBanned(here, ana), await isBanned(here, bea)]).toEqual([false, false]);
	expect((await casesOf(here)).map(({ type }) => type)).toEqual(['softban', 'softban']);
	expect(await logged(here)).toHaveLength(2);
	expect(await tries(here, bea)).toEqual(['PUT 204', 'DELETE 204']);
	const { code } = Object(await here.owner.api.post(`/channels/${here.log.id}/invites`, {}));
	await ana.join(String(code));
});

test('a softban whose second step Discord refuses has its case, and the moderator hears that the ban is still there', async () => {
	const here = await place('ana');
	const [ana] = here.members;
	if (ana === undefined) throw new Error('Somebody is missing');
	await house.discord.faults.rest('status', { method: 'DELETE', path: `bans/${ana.id}$`, status: 403, times: 1 });
	await here.says(`;softban ${ana.mention} spam`, /\*\*ana\*\* was kicked[\s\S]*they are still banned[\s\S]*Case #1/);
	expect([await isBanned(here, ana), (await casesOf(here)).map(({ type }) => type)]).toEqual([true, ['softban']]);
	await here.says(`;unban ${ana.id}`, /\*\*ana\*\* may come back/);
});

test('who takes no direct messages is banned all the same, and the moderator hears that he was not told', async () => {
	const here = await place('ana', 'bea');
	const [ana, bea] = people(here);
	await house.discord.control('POST', '/account', { user_id: ana.id, accepts_dms: false });
	await here.says(`;ban ${ana.mention} spam`, /\*\*ana\*\* was banned[\s\S]*Case #1[\s\S]*I could not send a direct message about it/);
	const answer = await here.says(`;ban ${bea.mention} spam`, /\*\*bea\*\* was banned/);
	expect(answer.text).not.toContain('direct message');
	expect([await isBanned(here, ana), (await told(bea)).length]).toEqual([true, 1]);
	await aMinuteLater(here);
	expect(await logged(here)).toEqual(['Case #1 | Ban', 'Case #2 | Ban']);
});

test.each([
	['ban', 'PUT', 'bans/'],
	['softban', 'PUT', 'bans/'],
	['kick', 'DELETE', 'members/']
])('what %s tells somebody is taken back when Discord refuses it', async (command, method, path) => {
	const here = await place('ana');
	const [ana] = here.members;
	if (ana === undefined) throw new Error('Somebody is missing');
	await house.discord.faults.rest('status', { method, path: `${path}${ana.id}$`, ...refusal, times: 1 });
	await asks(here.owner, here.log, `;${command} ${ana.mention}`, /.+/);
	expect([await told(ana), await isBanned(here, ana), await casesOf(here)]).toEqual([[], false, []]);
	const { id } = await ana.dm({ id: house.discord.description.applicationId });
	const said = await house.discord.requests(({ method, path }) => method !== 'GET' && path.startsWith(`/channels/${id}/messages`));
	expect(said.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
});

test('picked as a slash command too; where that is not possible either, the message stays and nothing else happens', async () => {
	const here = await place('ana', 'bea');
	const [ana, bea] = people(here);
	for (const { id } of [ana, bea]) await house.discord.faults.rest('status', { method: 'PUT', path: `bans/${id}$`, ...refusal, times: 1 });
	const { mod, channel } = here.turn();
	await mod.slash(channel, 'ban', { user: ana.id });
	expect(await told(ana)).toEqual([]);
	await house.discord.faults.rest('status', { method: 'DELETE', path: 'messages/', status: 500, times: everyTry });
	await mod.slash(channel, 'ban', { user: bea.id });
	expect((await told(bea)).length).toBe(1);
	expect([await isBanned(here, ana), await isBanned(here, bea)]).toEqual([false, false]);
});

test('what was told of a ban that nobody could answer for is taken back when it is refused a minute later', async () => {
	const here = await place('ana');
	const [ana] = here.members;
	if (ana === undefined) throw new Error('Somebody is missing');
	await house.discord.faults.rest('status', { method: 'PUT', path: `bans/${ana.id}$`, status: 503, times: everyTry });
	await here.says(`;ban ${ana.mention} spam`, notKnown);
	expect(await told(ana)).toHaveLength(1);
	await house.discord.faults.rest('status', { method: 'PUT', path: `bans/${ana.id}$`, ...refusal, times: 1 });
	await aMinuteLater(here);
	expect([await told(ana), await isBanned(here, ana), await casesOf(here)]).toEqual([[], false, []]);
});

test.each(['user', 'shared', 'global'] as const)('a ban that meets a %s rate limit waits for its end: one ban, one case', async (scope) => {
	const here = await place('ana');
	const [ana] = here.members;
	if (ana === undefined) throw new Error('Somebody is missing');
	await house.discord.faults.rest('rate-limit', { method: 'PUT', path: `bans/${ana.id}$`, scope, retryAfter: 1, times: 1 });
	await here.says(`;ban ${ana.mention} spam`, /\*\*ana\*\* was banned[\s\S]*Case #1/);
	expect(await tries(here, ana)).toEqual(['PUT 429', 'PUT 204']);
	await aMinuteLater(here);
	expect([await told(ana), await logged(here)].map((texts) => texts.length)).toEqual([1, 1]);
});

test('a message in the log channel comes once, whether Discord fails at first or its answer is lost', async () => {
	const here = await place('ana', 'bea');
	const [ana, bea] = people(here);
	const path = `channels/${here.log.id}/messages$`;
	await house.discord.faults.rest('status', { method: 'POST', path, status: 502, times: everyTry });
	await here.says(`;ban ${ana.mention} spam`, /Case #1/);
	await hasFailed(here);
	await aMinuteLater(here);
	await house.discord.faults.rest('lost-answer', { method: 'POST', path, times: 1 });
	await here.says(`;ban ${bea.mention} spam`, /Case #2/);
	await hasFailed(here);
	await aMinuteLater(here);
	expect(await logged(here)).toEqual(['Case #1 | Ban', 'Case #2 | Ban']);
});

test('when the database goes away between the ban and its case the moderator is told the truth, and the case is written once when it is back', async () => {
	const here = await place('ana', 'bea');
	const [ana, bea] = people(here);
	onChange = ({ server, what }) => {
		if (server === 'discord' && what.startsWith('PUT ') && what.endsWith(`/bans/${ana.id}`)) servers.postgres.cut();
	};
	await here.says(`;ban ${ana.mention} spam`, /It is done, but I could not write the case down\. I will as soon as my storage is back/);
	expect(await isBanned(here, ana)).toBe(true);
	await here.says(`;ban ${bea.mention} spam`, /can't reach my storage/);
	expect(await tries(here, bea)).toEqual([]);
	servers.postgres.restore();
	await house.becomesReady();
	expect(await casesOf(here)).toEqual([]);
	await aMinuteLater(here);
	expect((await casesOf(here)).map(({ number, userId, reason }) => [number, String(userId), reason])).toEqual([[1, ana.id, 'spam']]);
	expect(await tries(here, ana)).toEqual(['PUT 204']);
	expect(await logged(here)).toEqual(['Case #1 | Ban']);
	await here.says(`;ban ${ana.mention} again`, /\*\*ana\*\* is banned already/);
});
