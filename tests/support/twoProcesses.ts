import { afterAll, beforeAll } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import type { GuildHandle, UserDriver } from '../../emulator/driver/index.js';
import { type House, openHouse } from './house.js';
import { type Asked, type TappedServers, tapServers } from './tappedServers.js';

type GuildSpec = Parameters<House['discord']['guild']>[0];

/** A bot in two processes that share a Redis; each serves a shard. */
export interface TwoProcesses {
	/** Of shard 0. What it asks its servers can be watched. */
	readonly first: House;
	/** Of shard 1. */
	readonly second: House;
	readonly db: PrismaClient;
	/** Runs the bot. */
	readonly chief: UserDriver;
	/** Told of everything that a server did for the first and that it does not know yet. */
	onChange: (asked: Asked) => void;
	/** Starts those that do not run. Say it at the beginning of a story. */
	bothRun(): Promise<void>;
	/** Starts the first, and kills the second if it runs. */
	onlyFirstRuns(): Promise<void>;
	/** A server that the process of that shard serves. */
	serverOn(shard: 0 | 1, spec?: GuildSpec): Promise<GuildHandle>;
}

/** Variables of the process for a shard. */
export const half = (shard: 0 | 1) => ({ SHARDS: String(shard), SHARD_COUNT: '2' });
/** Discord decides by its id which of the two shards a server is on. */
export const shardOf = (guildId: string) => Number((BigInt(guildId) >> 22n) % 2n);

/** For the stories of a file, which start the processes as they need them. The test must be below `describeWithRedis`. */
export function twoProcesses(): TwoProcesses {
	let opened: { first: House; second: House; db: PrismaClient; chief: UserDriver; servers: TappedServers } | null = null;
	const there = () => {
		if (opened === null) throw new Error('The house is not open yet');
		return opened;
	};
	/** Also when a story before failed while it stood still, or was about to. */
	const firstRuns = async () => {
		const { first, servers } = there();
		pair.onChange = () => undefined;
		first.bot?.child.kill('SIGCONT');
		if (first.bot?.running !== true) await first.start(servers.env);
	};
	const pair: TwoProcesses = {
		get first() {
			return there().first;
		},
		get second() {
			return there().second;
		},
		get db() {
			return there().db;
		},
		get chief() {
			return there().chief;
		},
		onChange: () => undefined,
		async bothRun() {
			await firstRuns();
			const { second } = there();
			if (second.bot?.running !== true) await second.start();
		},
		async onlyFirstRuns() {
			await firstRuns();
			const { second } = there();
			if (second.bot?.running === true) await second.kill();
		},
		async serverOn(shard, spec) {
			for (;;) {
				const guild = await there().first.discord.guild(spec);
				if (shardOf(guild.id) === shard) return guild;
			}
		}
	};
	beforeAll(async () => {
		const runners: UserDriver[] = [];
		const first = await openHouse({
			redis: true,
			start: false,
			async env(discord) {
				runners.push(await discord.user('chief'));
				return { ...half(0), OWNER_IDS: runners[0]?.id };
			}
		});
		const [chief] = runners;
		if (chief === undefined) throw new Error('Nobody runs the bot');
		const second = await openHouse({ redis: true, beside: first, start: false, env: { ...half(1), OWNER_IDS: chief.id } });
		const servers = await tapServers(first, { changed: (asked) => pair.onChange(asked) });
		opened = { first, second, db: (await first.database.open()).prisma, chief, servers };
	});
	afterAll(async () => {
		const { first, second, servers } = there();
		await first.discord.expectNoFaults();
		await second[Symbol.asyncDispose]();
		await first[Symbol.asyncDispose]();
		await servers.close();
	});
	return pair;
}
