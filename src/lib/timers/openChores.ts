import type { EventEmitter } from 'node:events';
import type { ConnectionFields } from '#lib/data/connection.js';
import type { Database } from '#lib/data/database.js';
import type { Chore } from './chore.js';
import { postgresBackend, redisBackend } from './choreBackend.js';
import { type Chores, createChores } from './chores.js';
import type { TimerLog } from './timerLoop.js';

export interface OpenChoresOptions {
	/** Null: the chores' queue lies in the database. */
	readonly redisUrl: string | null;
	readonly connection: ConnectionFields;
	/** Stands before the keys of this bot on a shared Redis. */
	readonly prefix?: string;
	readonly events: EventEmitter;
	readonly log: TimerLog;
}

/** The chores on Redis where there is one, else on the database. */
export function openChores({ redisUrl, connection, prefix = 'evict:', events, log }: OpenChoresOptions): Chores {
	return createChores({
		backend: () => (redisUrl === null ? postgresBackend(connection) : redisBackend(redisUrl)),
		// BullMQ forbids colons here, and its own prefix reaches the queue but not the plugin's worker.
		queue: `${prefix.replaceAll(':', '-')}chores`,
		events,
		log
	});
}

/** Starts the chores as soon as the database answers. */
export function startWhenUp(chores: Chores, pieces: readonly Chore[], database: Pick<Database, 'state' | 'onStateChange'>): void {
	if (database.state === 'up') {
		chores.start(pieces);
		return;
	}
	const stop = database.onStateChange((state) => {
		if (state !== 'up') return;
		stop();
		chores.start(pieces);
	});
}
