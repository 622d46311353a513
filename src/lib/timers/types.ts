import type { Json } from '#lib/data/keyValue.js';
import type { Transaction } from '#lib/data/transaction.js';

export type { Transaction };

/** What is asked for: at `dueAt` (milliseconds since 1970) the piece named `kind` is run with `payload`. */
export interface TimerRequest {
	/** The name of the scheduled-task piece. */
	readonly kind: string;
	/** One row per kind and key: scheduling it again moves the row. */
	readonly key: string;
	readonly guildId?: string | null;
	readonly dueAt: number;
	readonly payload?: Json;
}

/**
 * What became of a due timer. `done`: the row goes. `later`: not yet, look again in so many milliseconds.
 * `retry`: the other side is away; tried again after 1 m, 5 m, 30 m and 2 h, then given up.
 */
export type TimerResult = 'done' | 'retry' | { readonly later: number };

/** A due row while its work runs. */
export interface DueTimer {
	readonly kind: string;
	readonly key: string;
	readonly guildId: string | null;
	readonly dueAt: number;
	readonly payload: Json;
	/** How often it was tried before. */
	readonly attempts: number;
	/** Deletes the row in the transaction that records the effect. Throws {@link LeaseLost} when the row is no longer ours. */
	finish(tx: Transaction): Promise<void>;
	/** Moves the row in the transaction that records the effect. Throws {@link LeaseLost} when the row is no longer ours. */
	moveTo(tx: Transaction, dueAt: number): Promise<void>;
}

/** Mass work (roles for all, a purge of thousands) must not keep small timers waiting: it has its own places. */
export type TimerPool = 'normal' | 'mass';

/** What runs the timers of one kind: a scheduled-task piece. */
export interface TimerRunner {
	readonly name: string;
	readonly pool: TimerPool;
	run(timer: DueTimer): Promise<TimerResult>;
}

/** The row was moved, cancelled or taken by another process while its work ran: nothing of it may be recorded here. */
export class LeaseLost extends Error {
	public override readonly name = 'LeaseLost';

	public constructor(kind: string, key: string) {
		super(`The timer ${kind} ${key} changed hands while it ran`);
	}
}
