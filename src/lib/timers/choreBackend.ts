import { setTimeout as wait } from 'node:timers/promises';
import { createPostgresBackend, PostgresConnection, type QueueOptions, setDefaultBackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
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

/** BullMQ checks sessions out of its pool without listening for their errors: a lost line would be an uncaught exception. */
class ListeningClient extends pg.Client {
	public constructor(config?: string | pg.ClientConfig) {
		super(config);
		this.on('error', () => undefined);
	}
}

/**
 * BullMQ remembers for ever that its first contact failed, and its worker then asks again and again without a pause: the
 * process would hang. Here a failure is forgotten after a moment.
 */
const forgivingBackend: typeof createPostgresBackend = (...parameters) => {
	const backend = createPostgresBackend(...parameters);
	const connection: unknown = Reflect.get(backend, 'connection');
	if (connection instanceof PostgresConnection) {
		const ready = connection.waitUntilReady.bind(connection);
		connection.waitUntilReady = async () => {
			try {
				await ready();
			} catch (error) {
				await wait(1_000, undefined, { ref: false });
				Reflect.set(connection, 'readyPromise', undefined);
				throw error;
			}
		};
	}
	return backend;
};

/** The bot's own database, when there is no Redis: BullMQ keeps its tables in the schema `bullmq` and makes them itself. */
export function postgresBackend(fields: ConnectionFields): ChoreBackend {
	// A queue and a worker, each with a pool of its own and one listening session.
	const connection = {
		...fields,
		application_name: 'evict-chores',
		schema: 'bullmq',
		migrate: true,
		max: 2,
		connectionTimeoutMillis: 5_000,
		Client: ListeningClient
	};
	setDefaultBackendFactory(forgivingBackend);
	return { connection, disconnect: () => undefined };
}
