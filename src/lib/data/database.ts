import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from '#generated/prisma/client.js';
import { type Availability, AvailabilityWatcher } from '#lib/data/availability.js';
import { type ConnectionFields, sessionOptions } from '#lib/data/connection.js';
import { connectionFault } from '#lib/data/connectionFault.js';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import { withSession } from '#lib/data/session.js';
import { isStorageAway, StorageAway } from '#lib/data/storageAway.js';
import { runTransaction, type Transaction } from '#lib/data/transaction.js';
import { type Statement, watchedClient } from '#lib/data/watchedClient.js';

export type { Transaction };

export interface DatabaseLog {
	info(details: object, message: string): void;
	warn(details: object, message: string): void;
	error(details: object, message: string): void;
}

export interface DatabaseOptions {
	readonly connection: ConnectionFields;
	/** Sessions at most. */
	readonly poolSize: number;
	readonly log: DatabaseLog;
	/** Told of every statement before it is sent: for counting. */
	readonly onStatement?: (statement: Statement) => void;
	/** Runs at the first contact, before anything else may ask: migrations. A DatabaseFault from it at the start is the caller's. */
	readonly prepare?: (connection: ConnectionFields) => Promise<void>;
	readonly timeouts?: Partial<Timeouts>;
}

interface Timeouts {
	readonly connectMs: number;
	/** The server gives up; a little later so do we, in case it no longer answers at all. */
	readonly statementMs: number;
	/** How long an idle session is kept. */
	readonly idleMs: number;
	readonly retry: { readonly firstMs: number; readonly maxMs: number };
}

export interface Database {
	readonly prisma: PrismaClient;
	/**
	 * All or nothing. Run again, a few times, when it collided with another one: `work` may touch nothing but `tx`.
	 * Anything raw goes through tagged `$queryRaw` and `$executeRaw`, with a name for the counters as its leading comment.
	 */
	transaction<T>(
		work: (tx: Transaction) => Promise<T>,
		options?: { readonly isolationLevel?: Prisma.TransactionIsolationLevel }
	): Promise<T>;
	readonly state: Availability;
	/** Answers how to stop listening. */
	onStateChange(listener: (state: Availability) => void): () => void;
	/** The database's time, milliseconds since 1970. */
	time(): Promise<number>;
	/** Ends every session, within about three seconds. */
	close(): Promise<void>;
}

const defaultTimeouts: Timeouts = { connectMs: 5_000, statementMs: 10_000, idleMs: 30_000, retry: { firstMs: 200, maxMs: 3_000 } };

/**
 * The one pool of this process.
 *
 * Does not reject when the database is away: it is then `down`, statements are refused at once, and it is looked for.
 * @throws DatabaseFault when the database is there but does not want us, or `prepare` says so.
 */
export async function openDatabase({ connection, poolSize, log, onStatement, prepare, timeouts }: DatabaseOptions): Promise<Database> {
	const limits = { ...defaultTimeouts, ...timeouts };
	const listeners = new Set<(state: Availability) => void>();
	let prepared = false;
	let opened = false;

	const probe = async () => {
		await withSession({ ...connection, connectionTimeoutMillis: limits.connectMs, query_timeout: limits.connectMs }, 'evict', (session) =>
			session.query('/* probe */ SELECT 1')
		);
		if (!prepared) await prepare?.(connection);
		prepared = true;
	};
	let told: string | undefined;
	const tellFault = (error: unknown) => {
		// A database that came back in a state that we cannot work with: said once, and looked at again.
		if (!(error instanceof DatabaseFault) || error.message === told) return;
		told = error.message;
		log.error({ code: error.code }, error.message);
	};
	const watcher = new AvailabilityWatcher({
		probe: () =>
			probe().catch((error: unknown) => {
				if (opened) tellFault(error);
				throw error;
			}),
		retry: limits.retry,
		onChange(state, error) {
			if (state === 'up') log.info({}, 'The database is there');
			else log.warn(whyAway(error, connection), 'The database is away: looking for it');
			for (const listener of listeners) listener(state);
		}
	});
	const clients = new Set<pg.Client>();
	const pool = new pg.Pool({
		...connection,
		...sessionOptions,
		max: poolSize,
		connectionTimeoutMillis: limits.connectMs,
		idleTimeoutMillis: limits.idleMs,
		statement_timeout: limits.statementMs,
		query_timeout: limits.statementMs + 2_000,
		idle_in_transaction_session_timeout: limits.statementMs * 3,
		Client: watchedClient({
			onOpen(client) {
				clients.add(client);
				client.once('end', () => clients.delete(client));
			},
			gate: () => (watcher.state === 'up' ? undefined : new StorageAway('The database is away')),
			onStatement: (statement) => onStatement?.(statement),
			onError: (error) => {
				if (isStorageAway(error) && !(error instanceof StorageAway)) watcher.doubt();
			}
		})
	});
	// What breaks an idle session is told to the watcher; without a listener it would end the process.
	pool.on('error', () => undefined);
	const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: statementNames() }) });

	let closing: Promise<void> | undefined;
	const close = async () => {
		await watcher.close();
		await prisma.$disconnect();
		await endPool(pool, clients);
	};
	const database: Database = {
		prisma,
		transaction: (work, options) => runTransaction(prisma, work, options),
		get state() {
			return watcher.state;
		},
		onStateChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		async time() {
			const rows = await prisma.$queryRaw<
				{ now: number }[]
			>`/* clock */ SELECT (extract(epoch FROM clock_timestamp()) * 1000)::double precision AS now`;
			const [row] = rows;
			if (row === undefined) throw new Error('The database did not tell its time');
			return row.now;
		},
		close() {
			closing ??= close();
			return closing;
		}
	};
	try {
		await watcher.look();
	} catch (error) {
		const fault = error instanceof DatabaseFault ? error : connectionFault(error, connection);
		if (fault !== undefined || !isStorageAway(error)) {
			await database.close();
			throw fault ?? error;
		}
		log.warn(whyAway(error, connection), 'The database is away: looking for it');
	}
	opened = true;
	return database;
}

/** What whoever runs the bot needs to see whether DATABASE_URL is right. */
function whyAway(error: unknown, { host, port }: ConnectionFields) {
	// Node's own errors have a code, and no words where it tried several addresses.
	const words = error instanceof Error ? error.message : String(error);
	const reason = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : words;
	return { host, port, reason };
}

/** Waits for what is under way, but not for ever. */
async function endPool(pool: pg.Pool, clients: ReadonlySet<pg.Client>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const tooLong = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, 3_000);
	});
	await Promise.race([pool.end(), tooLong]);
	clearTimeout(timer);
	for (const client of clients) client.connection.stream.destroy();
}

/** Names let PostgreSQL keep the plan: about a fifth more upserts a second. Bounded, since each session keeps all it has seen. */
function statementNames(): (query: { readonly sql: string }) => string {
	const names = new Map<string, string>();
	return ({ sql }) => {
		const known = names.get(sql);
		if (known !== undefined) return known;
		// An empty name is PostgreSQL's word for "do not keep it".
		if (names.size >= 300) return '';
		const name = `evict_${names.size}`;
		names.set(sql, name);
		return name;
	};
}
