import type { EventEmitter } from 'node:events';
import { ScheduledTaskEvents, ScheduledTaskHandler } from '@sapphire/plugin-scheduled-tasks';
import { untilDone } from '#lib/settings/retry.js';
import type { Chore, ChoreSchedule } from './chore.js';
import type { ChoreBackend } from './choreBackend.js';
import type { TimerLog } from './timerLoop.js';
import { within } from './within.js';

export interface ChoresOptions {
	/** Made at the first use: BullMQ remembers for ever that a database was away when it asked first. */
	readonly backend: () => ChoreBackend;
	/** The plugin's handler tells its troubles as events of the client. */
	readonly events: EventEmitter;
	readonly log: TimerLog;
	/** Tests give each queue a name of its own. No colon. */
	readonly queue?: string;
}

/** Everything that is run again and again: by BullMQ, through the scheduled-tasks plugin. */
export interface Chores {
	/** Starts the queue and tells it what to run when. Call it once the database answers; it does not wait for Redis. */
	start(chores: Iterable<Chore>): ScheduledTaskHandler;
	/** Resolves when the queue knows all chores. */
	readonly scheduled: Promise<void>;
	/** Lets the running chore end, within `graceMs`. */
	close(graceMs: number): Promise<void>;
}

/** A chore that failed is tried twice more, after 1 and 2 minutes; nothing is kept of it afterwards. */
const jobOptions = {
	attempts: 3,
	backoff: { type: 'exponential', delay: 60_000 },
	removeOnComplete: true,
	removeOnFail: true
} as const;

const noticeEveryMs = 60_000;

export function createChores({ backend, events, log, queue = 'evict-chores' }: ChoresOptions): Chores {
	const { promise: scheduled, resolve } = Promise.withResolvers<void>();
	let running: { handler: ScheduledTaskHandler; backend: ChoreBackend } | null = null;
	const scheduling = new AbortController();
	let stopTelling: (() => void) | null = null;
	return {
		scheduled,
		start(chores) {
			if (running) return running.handler;
			stopTelling = tellTroubles(events, log);
			const opened = backend();
			const handler = new ScheduledTaskHandler({ queue, bull: { connection: opened.connection } });
			running = { handler, backend: opened };
			// With Redis away these wait until it is back; nobody waits for them.
			const wanted = [...chores];
			const failed = (error: unknown) => log.warn({ err: error }, 'The chores could not be scheduled; it is tried again');
			void untilDone(() => scheduleAll(handler, wanted), scheduling.signal, failed).then(() => {
				if (!scheduling.signal.aborted) resolve();
			});
			return handler;
		},
		async close(graceMs) {
			scheduling.abort();
			if (!running) return;
			const { handler, backend: opened } = running;
			await within(
				handler.close().catch((error: unknown) => log.warn({ err: error }, 'The chores did not close well')),
				graceMs
			);
			opened.disconnect();
			stopTelling?.();
		}
	};
}

/** Brings the queue in line with the pieces. A schedule that is right stays, so that a restart never puts a chore off. */
async function scheduleAll({ client }: ScheduledTaskHandler, chores: readonly Chore[]): Promise<void> {
	const known = new Map((await client.getJobSchedulers()).map((scheduler) => [scheduler.key, scheduler]));
	const names = new Set(chores.map((chore) => chore.name));
	for (const key of known.keys()) if (!names.has(key)) await client.removeJobScheduler(key);
	for (const { name, schedule } of chores) {
		const wanted = repetition(schedule);
		const present = known.get(name);
		if (present && present.every === wanted.every && present.pattern === wanted.pattern) continue;
		await client.upsertJobScheduler(name, wanted.every === undefined ? { pattern: wanted.pattern, tz: 'UTC' } : { every: wanted.every }, {
			name,
			opts: jobOptions
		});
	}
}

function repetition(schedule: ChoreSchedule): { every: number; pattern?: undefined } | { every?: undefined; pattern: string } {
	return 'everyMs' in schedule ? { every: Math.round(schedule.everyMs) } : { pattern: schedule.pattern };
}

/** One line a minute however often the connection fails; a chore that failed is always told. */
function tellTroubles(events: EventEmitter, log: TimerLog): () => void {
	let quietUntil = 0;
	const trouble = (error: unknown) => {
		if (Date.now() < quietUntil) return;
		quietUntil = Date.now() + noticeEveryMs;
		log.warn({ err: error }, 'The queue of the chores is not reachable; it tries again');
	};
	const failed = (error: unknown, chore: { name: string }) => log.error({ err: error, chore: chore.name }, 'A chore failed');
	const listeners = [
		[ScheduledTaskEvents.ScheduledTaskStrategyConnectError, trouble],
		[ScheduledTaskEvents.ScheduledTaskStrategyClientError, trouble],
		[ScheduledTaskEvents.ScheduledTaskStrategyWorkerError, trouble],
		[ScheduledTaskEvents.ScheduledTaskError, failed]
	] as const;
	for (const [event, listener] of listeners) events.on(event, listener);
	return () => {
		for (const [event, listener] of listeners) events.off(event, listener);
	};
}
