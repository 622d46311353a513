import { expect } from 'vitest';
import type { ModerationCase, PrismaClient } from '#generated/prisma/client.js';
import type { SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { type Crewed, crewedServer } from './crew.js';
import { eventually } from './eventually.js';
import type { KillableHouse } from './killAtEveryStep.js';
import { asks } from './staff.js';

/** Who does what to whom in one round, and where. */
export interface Round {
	readonly target: UserDriver;
	readonly mod: UserDriver;
	readonly channel: { readonly id: string };
}

/** A server with a log channel, and with somebody new to be punished in each round of a bot that dies. */
export interface Courtroom {
	readonly crew: Crewed;
	readonly id: string;
	next(): Round;
	/**
	 * The one case about somebody whom it happened to, and none about somebody whom it did not: with a number of its own and one message
	 * in the log channel. Nothing about this server is still to come.
	 */
	oneCase(target: UserDriver, happened: boolean): Promise<ModerationCase | undefined>;
	/** How often the bot has answered something about somebody, where it was asked to. */
	answers(round: Round, what: RegExp): Promise<number>;
	isBanned(target: UserDriver): Promise<boolean>;
	/** The messages about a case in its log channel. */
	logged(number: number): Promise<readonly SeenMessage[]>;
	/** What the bot has said to somebody, and he alone reads it. */
	told(target: UserDriver): Promise<readonly SeenMessage[]>;
	/** What the bot has changed in Discord, and was answered well for: `PUT bans/5`, seen from the server. */
	done(part: RegExp): Promise<readonly { readonly what: string; readonly at: number }[]>;
	/** Waits until nothing is due any more. */
	settled(): Promise<void>;
	/** An order that was cut short is looked after a minute later: waits for that, and for all that follows from it. */
	afterwards(): Promise<void>;
	/** Brings the world to the end of what somebody was given, once everything that is due before it is done. */
	comesToItsEnd(target: UserDriver): Promise<void>;
	/** Within five seconds after it was due, or after the bot was back. */
	expectInTime(at: number | undefined, due: Date | null): void;
}

/** More people than a scenario has steps. */
const people = Array.from({ length: 45 }, (_, index) => `person-${index}`);

/** `setUp` makes the log channel, and more where that is needed; otherwise the owner chooses one. */
export async function courtroom(
	killable: KillableHouse,
	db: PrismaClient,
	{ holding = [], setUp }: { readonly holding?: readonly string[]; readonly setUp?: (crew: Crewed) => Promise<{ id: string }> } = {}
): Promise<Courtroom> {
	const { house, killer } = killable;
	const roles = holding.map((name) => ({ name, holders: people }));
	const crew = await crewedServer(house.discord, { members: people, roles, channels: ['mod-log'] });
	const { guild, owner } = crew;
	const { id } = guild;
	const log = await (setUp ?? chooseLog)(crew);
	const where = { guildId: BigInt(id) };
	let rounds = 0;
	const casesOf = (target: UserDriver) => db.moderationCase.findMany({ where: { ...where, userId: BigInt(target.id) } });
	const logged = async (number: number) =>
		(await owner.messages(log)).filter(({ isBot, text }) => isBot && text.includes(`Case #${number} |`));
	const settled = () =>
		eventually(
			'nothing is due any more',
			async () => {
				const dueAt = { lte: new Date(await house.discord.clock.now()) };
				return (await db.scheduledTask.count({ where: { ...where, dueAt, failedAt: null } })) === 0;
			},
			20_000
		);
	const afterwards = async () => {
		await settled();
		await house.passTime({ minutes: 2 });
		await settled();
	};
	return {
		...{ crew, id, logged, settled, afterwards },
		next() {
			const target = crew.members[rounds++];
			if (target === undefined) throw new Error('Nobody is left');
			return { target, ...crew.turn() };
		},
		async oneCase(target, happened) {
			const cases = await casesOf(target);
			expect(cases).toHaveLength(happened ? 1 : 0);
			const numbers = (await db.moderationCase.findMany({ where, orderBy: { number: 'asc' } })).map(({ number }) => number);
			expect(numbers).toEqual(numbers.map((_, index) => index + 1));
			expect((await db.scheduledTask.findMany({ where })).map(({ kind, key }) => `${kind} ${key}`)).toEqual([]);
			const [one] = cases;
			if (one !== undefined) expect(await logged(one.number)).toHaveLength(1);
			return one;
		},
		async answers({ mod, channel, target }, what) {
			const isAbout = (text: string) => text.includes(`**${target.name}**`) && what.test(text);
			return (await mod.messages(channel)).filter(({ isBot, text }) => isBot && isAbout(text)).length;
		},
		async isBanned(target) {
			const bans = await owner.api.get(`/guilds/${id}/bans?limit=1000`);
			return Array.isArray(bans) && bans.some((ban) => Object(Object(ban).user).id === target.id);
		},
		async told(target) {
			const direct = await target.dm({ id: house.discord.description.applicationId });
			return (await target.messages(direct)).filter(({ isBot }) => isBot);
		},
		async done(part) {
			const start = `/guilds/${id}/`;
			const changes = await house.discord.requests(
				({ method, path, status }) => method !== 'GET' && status < 300 && path.startsWith(start)
			);
			return changes
				.map(({ method, path, at }) => ({ what: `${method} ${path.slice(start.length)}`, at }))
				.filter(({ what }) => part.test(what));
		},
		async comesToItsEnd(target) {
			if (killer.victim !== null) await afterwards();
			const [one] = await casesOf(target);
			if (one?.expiresAt) await house.discord.clock.set(one.expiresAt.getTime());
		},
		expectInTime(at, due) {
			const earliest = due?.getTime() ?? Number.NaN;
			expect(at).toBeGreaterThanOrEqual(earliest);
			expect(at).toBeLessThanOrEqual(Math.max(earliest, killable.readyAt) + 5_000);
		}
	};
}

async function chooseLog({ guild, owner }: Crewed): Promise<{ id: string }> {
	const log = guild.channel('mod-log');
	await asks(owner, guild.channel('room-1'), `;modlog <#${log.id}>`, /Cases are now shown here/);
	return log;
}
