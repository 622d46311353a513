import PQueue from 'p-queue';
import type { Clock } from '#lib/core/clock.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import { retryDelay } from './retryDelay.js';
import type { TimerQueue } from './timerQueue.js';
import type { LeasedRow } from './timerRows.js';
import { LeaseLost, type TimerPool, type TimerResult, type TimerRunner } from './types.js';
import { within } from './within.js';

/** What the loop writes to: pino's shape. */
export interface TimerLog {
	debug(details: object, message: string): void;
	warn(details: object, message: string): void;
	error(details: object, message: string): void;
}

export interface TimerLoopOptions {
	readonly queue: TimerQueue;
	readonly clock: Clock;
	readonly log: TimerLog;
	/** How many rows run at once. */
	readonly places?: Readonly<Record<TimerPool, number>>;
	/** Milliseconds between two looks. */
	readonly tickMs?: number;
}

/** Work that takes longer is counted as failed: discord.js gives a request up after 15 s, three tries included this is ample. */
const longestRunMs: Readonly<Record<TimerPool, number>> = { normal: 60_000, mass: 600_000 };

/** Looks once a second for due rows and runs them, a bounded number at once. */
export class TimerLoop {
	readonly #options: TimerLoopOptions;
	readonly #pools: Readonly<Record<TimerPool, PQueue>>;
	readonly #runners = new Map<string, TimerRunner>();
	readonly #held = new Set<LeasedRow>();
	readonly #tickMs: number;
	#spinning: Promise<void> | null = null;
	#unsubscribe: (() => void) | null = null;
	#wakeSleeper: (() => void) | null = null;
	#awake = false;
	#closing = false;
	#stopped = false;
	/** There was more due than there were places: a free place looks at once instead of at the next tick. */
	#crowded = false;
	#outages = 0;

	public constructor(options: TimerLoopOptions) {
		// Mass work mostly waits for its pace: four jobs are 16 of Discord's 50 requests a second.
		const { normal, mass } = options.places ?? { normal: 16, mass: 4 };
		this.#options = options;
		this.#tickMs = options.tickMs ?? 1_000;
		this.#pools = { normal: new PQueue({ concurrency: normal }), mass: new PQueue({ concurrency: mass }) };
	}

	/** Starts to run the rows of these kinds; rows of other kinds are left to processes that know them. */
	public start(runners: Iterable<TimerRunner>): void {
		for (const runner of runners) this.#runners.set(runner.name, runner);
		this.#unsubscribe = this.#options.clock.onJump(() => this.wake());
		this.#spinning ??= this.#spin();
	}

	/** Looks at once. */
	public wake(): void {
		this.#awake = true;
		this.#wakeSleeper?.();
	}

	/** Takes no more rows and waits for those that run, at most `graceMs`; what is left then is taken up elsewhere when its lease ends. */
	public async stop(graceMs: number): Promise<void> {
		this.#closing = true;
		this.#unsubscribe?.();
		this.wake();
		const idle = Promise.all([this.#pools.normal.onIdle(), this.#pools.mass.onIdle()]);
		// Until then the loop goes on, since it renews the leases.
		await within(idle, graceMs);
		this.#stopped = true;
		this.wake();
		if (this.#spinning) await within(this.#spinning, 1_000);
	}

	async #spin(): Promise<void> {
		while (!this.#stopped) {
			this.#awake = false;
			const pause = await this.#turn();
			if (!this.#awake) await this.#sleep(pause);
		}
	}

	async #sleep(ms: number): Promise<void> {
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, ms);
			this.#wakeSleeper = () => {
				clearTimeout(timer);
				resolve();
			};
		});
		this.#wakeSleeper = null;
	}

	/** One look; answers how long to sleep until the next, in milliseconds. */
	async #turn(): Promise<number> {
		try {
			if (this.#held.size > 0) await this.#options.queue.renew([...this.#held]);
			this.#crowded = false;
			if (!this.#closing) await Promise.all([this.#fill('normal'), this.#fill('mass')]);
			this.#outages = 0;
			return this.#tickMs;
		} catch (error) {
			const away = isStorageAway(error);
			if (!away) this.#options.log.error({ err: error }, 'The timer loop could not look for due rows');
			else if (this.#outages === 0) this.#options.log.warn({}, 'Timers wait until the database is back');
			// Up to 5 s: a wait that a person hardly notices, and no hammering on a server that is starting.
			return Math.min(this.#tickMs * 2 ** this.#outages++, 5_000);
		}
	}

	async #fill(pool: TimerPool): Promise<void> {
		const kinds = [...this.#runners.values()].filter((runner) => runner.pool === pool).map((runner) => runner.name);
		const queue = this.#pools[pool];
		const free = queue.concurrency - queue.pending - queue.size;
		if (kinds.length === 0 || free <= 0) return;
		const rows = await this.#options.queue.claim(kinds, this.#options.clock.now(), free);
		// Closing began while we asked: another process takes them.
		if (this.#closing) return void (await Promise.all(rows.map((row) => this.#options.queue.postpone(row, row.dueAt, row.attempts, null))));
		if (rows.length === free) this.#crowded = true;
		for (const row of rows) this.#launch(row, queue, pool);
	}

	#launch(row: LeasedRow, queue: PQueue, pool: TimerPool): void {
		this.#held.add(row);
		queue
			.add(() => this.#work(row), { timeout: longestRunMs[pool] })
			.then((result) => this.#settle(row, result))
			.catch((error: unknown) => this.#settleError(row, error))
			.catch((error: unknown) => this.#options.log.warn({ err: error, ...named(row) }, 'A timer could not be put away; it will run again'))
			.finally(() => {
				this.#held.delete(row);
				if (this.#crowded) this.wake();
			});
	}

	async #work(row: LeasedRow): Promise<TimerResult> {
		const runner = this.#runners.get(row.kind);
		if (!runner) throw new Error(`No piece runs timers of the kind ${row.kind}`);
		return runner.run(this.#options.queue.handle(row));
	}

	async #settle(row: LeasedRow, result: TimerResult): Promise<void> {
		if (result === 'done') return this.#options.queue.remove(row);
		if (result === 'retry') return this.#retry(row, null);
		return this.#options.queue.postpone(row, this.#options.clock.now() + result.later, 0, null);
	}

	async #settleError(row: LeasedRow, error: unknown): Promise<void> {
		const { log } = this.#options;
		if (error instanceof LeaseLost) return log.debug(named(row), error.message);
		// The lease ends by itself, and an outage of ours does not count as a try.
		if (isStorageAway(error)) return log.warn({ err: error, ...named(row) }, 'A timer waits until the database is back');
		log.error({ err: error, ...named(row) }, 'A timer failed');
		await this.#retry(row, error instanceof Error ? error.message : String(error));
	}

	async #retry(row: LeasedRow, reason: string | null): Promise<void> {
		const delay = retryDelay(row.attempts);
		const now = this.#options.clock.now();
		if (delay !== null) return this.#options.queue.postpone(row, now + delay, row.attempts + 1, reason);
		this.#options.log.error({ ...named(row), reason }, 'A timer was given up');
		await this.#options.queue.giveUp(row, now, reason);
	}
}

function named({ kind, key, guildId, attempts }: LeasedRow) {
	return { timer: kind, key, guildId, attempts };
}
