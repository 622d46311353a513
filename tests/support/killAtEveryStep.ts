import { Redis } from 'ioredis';
import { type House, openHouse } from './house.js';
import { type Asked, isHousekeeping, type TappedServers, tapServers } from './tappedServers.js';

/** What people do, told so that the bot may die in between. */
export interface Scenario<T> {
	/** Fresh people and places, for each telling anew. What the bot does here is not counted. */
	begin(): Promise<T>;
	/** What people do, one after another, and how they see that the bot is done with it. After a death nobody waits for that. */
	readonly steps: readonly { act(told: T): Promise<unknown>; done(told: T): Promise<unknown> }[];
}

/** A house whose bot can be killed at a step. */
export interface KillableHouse extends AsyncDisposable {
	readonly house: House;
	readonly killer: Killer;
	/** When the bot was ready last, by the clock of its world. */
	readonly readyAt: number;
	/** Starts the bot with its ways through the taps. */
	start(): Promise<void>;
}

/** More steps than any scenario has. */
const most = 40;

export async function openKillableHouse({ redis = false }: { readonly redis?: boolean } = {}): Promise<KillableHouse> {
	const house = await openHouse({ redis, start: false });
	const killer = new Killer(house);
	const servers = await tapServers(house, { changed: (asked) => killer.onChange(asked) });
	killer.servers = servers;
	const { prisma } = await house.database.open();
	const killable = {
		house,
		killer,
		readyAt: 0,
		async start() {
			servers.all((proxy) => proxy.restore());
			await endLeases(house);
			await prisma.$executeRaw`UPDATE scheduled_task SET leased_until = clock_timestamp() - interval '1 second' WHERE leased_until IS NOT NULL`;
			await house.start(servers.env);
			killable.readyAt = await house.discord.clock.now();
		},
		async [Symbol.asyncDispose]() {
			await house[Symbol.asyncDispose]();
			await servers.close();
		}
	};
	await killable.start();
	return killable;
}

/** The lease of a shard and the locks that a process held, as its leases of timers, outlive it by seconds: this saves each round the wait. */
async function endLeases({ redisPrefix, redisUrl }: House): Promise<void> {
	if (redisUrl === undefined) return;
	const redis = new Redis(redisUrl);
	try {
		const leases = (await Promise.all(['shard-lease:', 'lock:'].map((name) => redis.keys(`${redisPrefix}*${name}*`)))).flat();
		if (leases.length > 0) await redis.del(leases);
	} finally {
		redis.disconnect();
	}
}

/**
 * Plays the scenario again and again: the bot is killed (SIGKILL) right after the k-th thing that it changed in Discord, the database
 * or Redis, before it hears that this was done; it is started again, people go on, and `invariant` is checked. k grows until the
 * scenario ends without a death. Answers what was changed in that last round, in order.
 *
 * What changes nothing (reads, statements of an open transaction) is no step: to be killed there leaves the world as the step before.
 * Nor are locks and leases, which end by themselves after seconds of the machine's time: here they are ended before the next start. That
 * who stands still or is killed with one in hand loses it is told by the stories of two processes.
 *
 * One bot lives from the middle of a round to the middle of the next, so it is started once for each k.
 */
export async function killAtEveryStep<T>(
	{ house, killer, start }: KillableHouse,
	{ begin, steps }: Scenario<T>,
	invariant: (told: T) => Promise<void>
): Promise<readonly string[]> {
	for (let k = 1; k <= most; k += 1) {
		if (house.bot === null) await start();
		const told = await begin();
		killer.arm(k);
		try {
			for (const { act, done } of steps) {
				const seen = async () => {
					await act(told);
					if (killer.victim === null) await done(told);
				};
				// A press whose bot dies is waited for by nobody; after the death people act as if nothing had been.
				await (killer.victim === null ? killer.unlessKilled(seen()) : act(told));
				if (house.bot === null) await start();
			}
			await killer.disarm();
			if (house.bot === null) await start();
			await invariant(told);
		} catch (error) {
			await killer.disarm();
			const where = killer.victim === null ? 'without a death' : `with a death at step ${k}`;
			throw new Error(`It does not end well ${where}:\n${killer.steps.join('\n')}\n${house.output.slice(-3_000)}`, { cause: error });
		}
		if (killer.victim === null) return killer.steps;
	}
	throw new Error(`The scenario has more than ${most} steps:\n${killer.steps.join('\n')}`);
}

/** Counts what the bot changes, and kills it at the number that it is armed with. */
export class Killer {
	public servers: TappedServers | null = null;
	/** What was changed since it was armed. */
	public steps: string[] = [];
	/** The step at which the bot was killed. */
	public victim: string | null = null;
	#at = 0;
	#armed = false;
	#shot = Promise.withResolvers<void>();
	#death: Promise<void> = Promise.resolve();

	public constructor(private readonly house: House) {}

	public arm(at: number): void {
		this.steps = [];
		this.victim = null;
		this.#at = at;
		this.#armed = true;
		this.#shot = Promise.withResolvers<void>();
	}

	/** Waits for `what`, or until the process is gone. */
	public async unlessKilled(what: Promise<unknown>): Promise<void> {
		await Promise.race([what, this.#shot.promise]);
		await this.#death;
		// Left behind by a death: it will fail, and nobody asks for it any more.
		if (this.victim !== null) what.catch(() => undefined);
	}

	public async disarm(): Promise<void> {
		this.#armed = false;
		await this.#death;
	}

	public onChange(asked: Asked): void {
		if (!this.#armed || isUnconcerned(asked)) return;
		const step = `${asked.server}: ${asked.what.replaceAll(/\s+/g, ' ').slice(0, 120)}`;
		this.steps.push(step);
		if (this.steps.length !== this.#at) return;
		this.#armed = false;
		this.victim = step;
		this.#death = this.house.kill();
		// Keeps the answer from a process that may still be dying.
		this.servers?.all((proxy) => proxy.cut());
		this.#shot.resolve();
	}
}

/** `start` ends locks and leases, so to die with one in hand is to die before it was taken. What timers write else are steps. */
function isUnconcerned(asked: Asked): boolean {
	const { server, client, what } = asked;
	if (server === 'postgres' && client === 'evict' && what.startsWith('/* timers */')) return what.includes('SET leased_until');
	return isHousekeeping(asked) || (server === 'redis' && what.includes(':lock:'));
}
