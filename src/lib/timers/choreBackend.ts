import { createPostgresBackend, type QueueOptions, setDefaultBackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import type { ConnectionFields } from '#lib/data/connection.js';

/** Where the chores' queue lies: what BullMQ connects to, and how to let go of it at once. */
export interface ChoreBackend {
	/** Both the queue and its worker take their connections from here. */
	readonly connection: QueueOptions['connection'];
	disconnect(): void;
}

/** Redis, when there is one; its keys begin with `bull:<queue>:`. */
export function redisBackend(url: string): ChoreBackend {
	let closed = false;
	const redis = new Redis(url, {
		connectionName: 'evict-chores',
		// BullMQ waits for its commands, and asks for this.
		maxRetriesPerRequest: null,
		// The worker's own connection is made from these options too: after the end none of them may try again.
		retryStrategy: (times) => (closed ? null : Math.min(2_000, 100 * 2 ** Math.min(times, 10)))
	});
	setDefaultBackendFactory();
	return {
		connection: redis,
		disconnect() {
			closed = true;
			redis.disconnect();
		}
	};
}

/** The bot's own database, when there is no Redis: BullMQ keeps its tables in the schema `bullmq` and makes them itself. */
export function postgresBackend(fields: ConnectionFields): ChoreBackend {
	// A queue and a worker, each with a pool of its own and one listening session.
	const connection = {
		...fields,
		application_name: 'evict-chores',
		schema: 'bullmq',
		migrate: true,
		max: 2,
		connectionTimeoutMillis: 5_000
	};
	setDefaultBackendFactory(createPostgresBackend);
	return { connection, disconnect: () => undefined };
}
