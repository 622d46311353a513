import { LRUCache } from 'lru-cache';
import type { Clock } from '#lib/core/clock.js';
import type { Database } from '#lib/data/database.js';
import { isStorageAway, StorageAway } from '#lib/data/storageAway.js';
import { retryDelay } from '#lib/timers/retryDelay.js';
import { type DueTimer, LeaseLost, type TimerResult } from '#lib/timers/types.js';
import type { JobBoard } from './board.js';
import { discordFailure, isDiscordAway } from './failure.js';
import { inTime, TookTooLong } from './inTime.js';
import type { Ending, JobRows } from './jobRows.js';
import type { Pace } from './pace.js';
import { handledOf, type Stretch, timeLeft } from './progress.js';
import { allFailed, recordOf, type TakenItem } from './results.js';
import type { FinishedJob, ItemResult, Job, JobKind } from './types.js';

export interface RunnerOptions {
	readonly kinds: ReadonlyMap<string, JobKind>;
	readonly rows: JobRows;
	readonly board: Pick<JobBoard, 'progress' | 'summary' | 'announce'>;
	/** It was started here, and will be told where it is shown. */
	readonly isBeingShown: (jobId: number) => boolean;
	readonly database: Pick<Database, 'transaction' | 'state'>;
	readonly clock: Clock;
	readonly pace: Pace;
	readonly log: { warn(details: object, message: string): void };
	/** A fault of ours. */
	readonly report: (error: unknown, job: Job) => void;
}

/** One slice: leases stay short, and the jobs of other servers get their turn. */
const sliceMs = 20_000;
const showEveryMs = 5_000;
/** Whoever started a job has said by then where it is shown, or has died. */
const messageWithinMs = 30_000;
const again: TimerResult = { later: 0 };
/** This process is ending: another one, or the next, goes on. */
const elsewhere: TimerResult = { later: 1_000 };
/** discord.js waits as long as Discord asks for, and the loop gives a row up after ten minutes: before that, we do. */
const longestBatchMs = 300_000;

/** What this process knows of a job that it works on. */
interface Sight {
	stretch: Stretch;
	shownAt: number;
	showing: Promise<void>;
}

/** Works on due jobs, a slice at a time. All that counts lies in the database: the process may be killed anywhere. */
export class JobRunner {
	readonly #options: RunnerOptions;
	readonly #closing = new AbortController();
	readonly #sights = new LRUCache<number, Sight>({ max: 1_000 });

	public constructor(options: RunnerOptions) {
		this.#options = options;
	}

	/** Lets the batches under way end and takes no more. */
	public close(): void {
		this.#closing.abort();
	}

	public async run(timer: DueTimer): Promise<TimerResult> {
		const found = await this.#options.rows.open(Number(timer.key));
		if (found === null) return 'done';
		const { job, left } = found;
		if (isFinished(job)) return this.#tell(job);
		try {
			if (left || job.cancelledAt !== null) return await this.#stop(job);
			const kind = this.#options.kinds.get(job.kind);
			// A process of an older version may meet it while a newer one is started.
			return kind === undefined ? await this.#putOff(job, 'unknown-work', timer) : await this.#work(job, kind, timer);
		} catch (error) {
			if (error instanceof LeaseLost || this.#isStorageAway(error)) throw error;
			const away = isDiscordAway(error) || error instanceof TookTooLong;
			if (away) this.#options.log.warn({ err: error, job: job.id, kind: job.kind }, 'Discord is away: a job waits');
			else this.#options.report(error, job);
			return this.#putOff(job, away ? 'discord-away' : 'unexpected', timer);
		}
	}

	async #work(begun: Job, kind: JobKind, timer: DueTimer): Promise<TimerResult> {
		const { pace, rows } = this.#options;
		const { batch = 1, paceMs = 250 } = kind;
		if (this.#closing.signal.aborted) return elsewhere;
		const until = pace.now() + sliceMs;
		let job = begun;
		let queue: readonly TakenItem[] = [];
		let position = 0;
		this.#look(job);
		while (job.cancelledAt === null) {
			if (queue.length === 0) queue = await rows.pending(job.id, position, Math.max(batch, 200));
			const items = queue.slice(0, batch);
			queue = queue.slice(batch);
			position = items.at(-1)?.position ?? position;
			if (items.length === 0) return this.#end(job, { state: 'done' });
			const start = pace.now();
			const recorded = await rows.record(job.id, recordOf(items, await this.#runBatch(kind, items, job)));
			// Another process has ended it: we had stood still for too long.
			if (recorded === null) throw new LeaseLost(timer.kind, timer.key);
			job = recorded;
			this.#show(job, kind);
			await pace.wait(start + paceMs - pace.now(), this.#closing.signal);
			if (this.#closing.signal.aborted) return elsewhere;
			if (pace.now() >= until) return again;
		}
		return this.#stop(job);
	}

	#stop(job: Job): Promise<TimerResult> {
		return this.#end(job, { state: handledOf(job) < job.total ? 'cancelled' : 'done' });
	}

	/** What Discord refuses, or what goes wrong with us, costs these items and not the job. */
	async #runBatch(kind: JobKind, items: readonly TakenItem[], job: Job): Promise<readonly ItemResult[]> {
		try {
			return await inTime(kind.run(items, job), longestBatchMs);
		} catch (error) {
			if (error instanceof LeaseLost || error instanceof TookTooLong || this.#isStorageAway(error)) throw error;
			const why = discordFailure(error);
			if (why === null) this.#options.report(error, job);
			return allFailed(items, why ?? 'unexpected');
		}
	}

	/** The timer stays until `#tell` has done its part too. */
	async #end(job: Job, ending: Omit<Ending, 'now'>): Promise<TimerResult> {
		const { clock, database, kinds, rows } = this.#options;
		const ended = await database.transaction(async (tx) => {
			const finished = await rows.end(tx, job.id, { ...ending, now: clock.now() });
			if (finished !== null) await kinds.get(job.kind)?.finish?.(tx, finished);
			return finished;
		});
		return ended === null ? again : this.#tell(ended);
	}

	/** After the end; again after a crash, or when Discord was away. */
	async #tell(job: FinishedJob): Promise<TimerResult> {
		const { board, clock, isBeingShown, kinds, log } = this.#options;
		const kind = kinds.get(job.kind);
		// What is still on its way would stand above the summary.
		await this.#sights.get(job.id)?.showing;
		this.#sights.delete(job.id);
		try {
			const isUnshown = job.messageId === null && !job.isHidden && !isBeingShown(job.id);
			const wait = isUnshown ? job.startedAt + messageWithinMs - clock.now() : 0;
			if (wait <= 0) await (isUnshown ? board.announce(job, kind) : board.summary(job, kind));
			await kind?.finished?.(job);
			return wait > 0 ? { later: wait } : 'done';
		} catch (error) {
			if (!isDiscordAway(error) || this.#isStorageAway(error)) throw error;
			log.warn({ err: error, job: job.id, kind: job.kind }, 'Discord is away: the end of a job is told later');
			return 'retry';
		}
	}

	/** Tries again later, or gives up: a job that hangs would keep its kind from the server for ever. */
	async #putOff(begun: Job, why: string, timer: DueTimer): Promise<TimerResult> {
		const { board, clock, database, rows } = this.#options;
		this.#sights.delete(begun.id);
		const now = clock.now();
		const { job, delay } = await database.transaction(async (tx) => {
			const counted = await rows.countTry(tx, begun.id);
			// Counted from what was done last, which may be in this slice. Stopped while we tried, it need not wait.
			const stopped = counted === null || (counted.cancelledAt !== null && begun.cancelledAt === null);
			const wait = stopped ? 0 : retryDelay(counted.attempts - 1);
			if (wait !== null) await timer.moveTo(tx, now + wait);
			return { job: counted, delay: wait };
		});
		if (job === null || delay === 0) return again;
		if (delay === null) return this.#giveUp(job, why);
		await board.progress(job, { triesAt: now + delay });
		return { later: delay };
	}

	async #giveUp(job: Job, why: string): Promise<TimerResult> {
		const { clock, database, report, rows } = this.#options;
		// With nothing left to do it is the module's part at the end that fails: then without it.
		const nothingLeft = job.cancelledAt !== null || handledOf(job) >= job.total;
		try {
			if (!nothingLeft) return await this.#end(job, { state: 'failed', restFails: why });
		} catch (error) {
			if (error instanceof LeaseLost || this.#isStorageAway(error)) throw error;
			report(error, job);
		}
		const state = job.cancelledAt === null ? 'done' : 'cancelled';
		const ending: Omit<Ending, 'now'> = nothingLeft ? { state } : { state: 'failed', restFails: why };
		const ended = await database.transaction((tx) => rows.end(tx, job.id, { ...ending, now: clock.now() }));
		return ended === null ? again : this.#tell(ended);
	}

	#look(job: Job): Sight {
		const now = this.#options.pace.now();
		const known = this.#sights.get(job.id);
		if (known !== undefined) return known;
		const sight = { stretch: { since: now, handled: handledOf(job) }, shownAt: now, showing: Promise.resolve() };
		this.#sights.set(job.id, sight);
		return sight;
	}

	/** Does not wait for Discord: showing must not slow the work down. */
	#show(job: Job, { batch = 1, paceMs = 250 }: JobKind): void {
		const { board, clock, pace } = this.#options;
		const sight = this.#look(job);
		const now = pace.now();
		const handled = handledOf(job);
		if (now - sight.shownAt < showEveryMs || handled >= job.total) return;
		sight.shownAt = now;
		const left = timeLeft({ total: job.total, handled }, sight.stretch, now, { batch, paceMs });
		sight.showing = sight.showing.then(() => board.progress(job, { readyAt: clock.now() + left }));
	}

	/** An outage of ours counts as no try. The line to Discord can break in the same ways: then the database is there. */
	#isStorageAway(error: unknown): boolean {
		return error instanceof StorageAway || (isStorageAway(error) && this.#options.database.state === 'down');
	}
}

function isFinished(job: Job): job is FinishedJob {
	return job.state !== 'running';
}
