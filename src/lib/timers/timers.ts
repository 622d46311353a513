import type { Clock } from '#lib/core/clock.js';
import type { Database } from '#lib/data/database.js';
import type { Json } from '#lib/data/keyValue.js';
import { type TimerLog, TimerLoop } from './timerLoop.js';
import { databaseQueue } from './timerQueue.js';
import * as rows from './timerRows.js';
import type { TimerRequest, TimerRunner, Transaction } from './types.js';

/** Timers of the whole bot: rows that modules write in the transaction of what they belong to. */
export interface Timers {
	/** Sets the timer of this kind and key, or moves it. Whoever runs it at this moment can no longer record anything. */
	schedule(tx: Transaction, request: TimerRequest): Promise<void>;
	/** Lets a timer that waits come at `dueAt`; unlike `schedule` it takes nothing from whoever runs it at this moment. */
	hurry(tx: Transaction, kind: string, key: string, dueAt: number): Promise<void>;
	/** Whether the timer is there and was not given up. */
	isSet(tx: Transaction, kind: string, key: string): Promise<boolean>;
	/** Takes timers back; answers how many there were. */
	cancel(tx: Transaction, kind: string, ...keys: string[]): Promise<number>;
	/** Takes a timer back if it still carries `payload`, or more besides; answers how many there were. */
	cancelOnly(tx: Transaction, kind: string, key: string, payload: Json): Promise<number>;
	/** Starts to run due timers: when the bot may talk to Discord. */
	start(runners: Iterable<TimerRunner>): void;
	/** Looks for due timers at once instead of within a second. */
	wake(): void;
	/** Deletes at most `limit` rows that were given up before `before` (milliseconds since 1970); answers how many. */
	deleteGivenUp(before: number, limit: number): Promise<number>;
	/** Takes no more and waits for those that run, at most `graceMs`. */
	close(graceMs: number): Promise<void>;
}

export interface TimersOptions {
	readonly database: Pick<Database, 'prisma' | 'onStateChange'>;
	readonly clock: Clock;
	readonly log: TimerLog;
}

export function createTimers({ database, ...options }: TimersOptions): Timers {
	const loop = new TimerLoop({ ...options, queue: databaseQueue(database.prisma) });
	const stopListening = database.onStateChange((state) => {
		if (state === 'up') loop.wake();
	});
	return {
		schedule: rows.schedule,
		hurry: rows.hurry,
		isSet: rows.isSet,
		cancel: (tx, kind, ...keys) => rows.cancel(tx, kind, keys),
		cancelOnly: rows.cancelOnly,
		start: (runners) => loop.start(runners),
		wake: () => loop.wake(),
		deleteGivenUp: (before, limit) => rows.deleteGivenUp(database.prisma, before, limit),
		async close(graceMs) {
			stopListening();
			await loop.stop(graceMs);
		}
	};
}
