import { expect, test } from 'vitest';
import type { GuildHandle, UserDriver } from '../../../emulator/driver/index.js';
import { eventually } from '../../support/eventually.js';
import type { House } from '../../support/house.js';
import { asks } from '../../support/staff.js';
import { shardOf, type TwoProcesses } from '../../support/twoProcesses.js';

interface Banned {
	readonly guild: GuildHandle;
	readonly ana: UserDriver;
	readonly log: { readonly id: string };
}

/** A server with a log channel, in which somebody is banned for an hour; one of that shard where only that one runs. */
async function bannedForAnHour({ discord }: House, shard: number | null = null): Promise<Banned> {
	let guild: GuildHandle;
	do guild = await discord.guild({ members: ['ana'], channels: ['general', 'mod-log'] });
	while (shard !== null && shardOf(guild.id) !== shard);
	const [ana] = guild.members;
	if (ana === undefined) throw new Error('The server is not complete');
	const [general, log] = [guild.channel('general'), guild.channel('mod-log')];
	await asks(guild.owner, log, `;modlog <#${log.id}>`, /Cases are now shown here/);
	await asks(guild.owner, general, `;tempban ${ana.mention} 1h raid`, /\*\*ana\*\* was banned[\s\S]*Until/);
	return { guild, ana, log };
}

/** Servers of both processes. */
async function someOfBoth(house: House): Promise<readonly Banned[]> {
	const all: Banned[] = [];
	while (all.length < 4 || new Set(all.map(({ guild }) => shardOf(guild.id))).size < 2) all.push(await bannedForAnHour(house));
	return all;
}

async function isOver({ database }: House, bans: readonly Banned[]): Promise<void> {
	const { prisma } = await database.open();
	await eventually(
		'all of it is over',
		async () => (await prisma.scheduledTask.count({ where: { guildId: { in: bans.map(({ guild }) => BigInt(guild.id)) } } })) === 0,
		30_000
	);
}

/** One ban and one unban in Discord, one case that ended once, one message about it. */
async function endedOnce({ discord, database }: House, { guild, ana, log }: Banned): Promise<void> {
	const requests = await discord.requests(({ method, path }) => method !== 'GET' && path === `/guilds/${guild.id}/bans/${ana.id}`);
	expect(requests.map(({ method, status }) => `${method} ${status}`)).toEqual(['PUT 204', 'DELETE 204']);
	const { prisma } = await database.open();
	const where = { guildId: BigInt(guild.id) };
	expect(await prisma.moderationCase.findMany({ where })).toMatchObject([{ number: 1, type: 'ban', state: 'expired' }]);
	expect(await prisma.caseEvent.findMany({ where, select: { kind: true } })).toEqual([{ kind: 'expired' }]);
	const messages = (await guild.owner.messages(log)).filter(({ text }) => text.includes('Case #1 |'));
	expect(messages.map(({ text }) => text.includes('its time is over'))).toEqual([true]);
}

/** Nothing is due but the end of the ban. */
async function isSettled({ database }: House, { guild }: Banned): Promise<void> {
	const { prisma } = await database.open();
	const where = { guildId: BigInt(guild.id), kind: { not: 'moderationExpire' } };
	await eventually('the case is posted', async () => (await prisma.scheduledTask.count({ where })) === 0);
}

export function moderationStories(pair: TwoProcesses): void {
	test('of which one stands still with the end of a ban in its hands lift it once: the other takes it over, the first comes too late', async () => {
		const { first, second } = pair;
		await pair.onlyFirstRuns();
		let frozen = 0;
		const one = await bannedForAnHour(first, 0);
		await isSettled(first, one);
		pair.onChange = ({ server, what }) => {
			// It has taken the timer, and does not know yet.
			if (server !== 'postgres' || !what.startsWith('/* timers */ UPDATE scheduled_task AS task SET leased_until')) return;
			pair.onChange = () => undefined;
			frozen = Number(first.bot?.child.kill('SIGSTOP'));
		};
		await first.passTime({ minutes: 61 });
		await eventually('it stands still', () => frozen === 1);
		await second.start();
		await isOver(first, [one]);
		await endedOnce(first, one);
		first.bot?.child.kill('SIGCONT');
		// It is awake and has looked around when it answers again.
		await asks(one.guild.owner, one.guild.channel('general'), ';ping', /Pong/);
		await first.passTime({ minutes: 5 });
		await isOver(first, [one]);
		await endedOnce(first, one);
		expect((await second.readiness()).status).toBe(200);
		expect(first.output).not.toMatch(/Unexpected error/);
	});

	test('that see the end of the same bans at the same moment lift each of them once', async () => {
		await pair.bothRun();
		const { first } = pair;
		const bans = await someOfBoth(first);
		await first.passTime({ minutes: 61 });
		await isOver(first, bans);
		for (const one of bans) await endedOnce(first, one);
		await first.discord.expectNoFaults();
	});
}
