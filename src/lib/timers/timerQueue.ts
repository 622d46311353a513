import { randomUUID } from 'node:crypto';
import type { LeasedRow } from './timerRows.js';
import * as rows from './timerRows.js';
import type { DueTimer, Transaction } from './types.js';

/** The rows as the loop sees them. */
export interface TimerQueue {
	claim(kinds: readonly string[], now: number, limit: number): Promise<LeasedRow[]>;
	renew(held: readonly LeasedRow[]): Promise<void>;
	/** Deletes a row that is still ours; nothing happens when its own work already deleted or moved it. */
	remove(row: LeasedRow): Promise<void>;
	postpone(row: LeasedRow, dueAt: number, attempts: number, error: string | null): Promise<void>;
	giveUp(row: LeasedRow, now: number, error: string | null): Promise<void>;
	/** What the work of a row is given. */
	handle(row: LeasedRow): DueTimer;
}

/** The queue on the table. */
export function databaseQueue(db: Transaction): TimerQueue {
	return {
		claim: (kinds, now, limit) => rows.claim(db, kinds, now, limit, randomUUID()),
		renew: (held) => rows.renew(db, held),
		async remove(row) {
			await rows.remove(db, row);
		},
		postpone: (row, dueAt, attempts, error) => rows.postpone(db, row, dueAt, attempts, error),
		giveUp: (row, now, error) => rows.giveUp(db, row, now, error),
		handle: (row) => ({
			kind: row.kind,
			key: row.key,
			guildId: row.guildId,
			dueAt: row.dueAt,
			payload: row.payload,
			attempts: row.attempts,
			finish: (tx) => rows.finish(tx, row),
			moveTo: (tx, dueAt) => rows.moveTo(tx, row, dueAt)
		})
	};
}
