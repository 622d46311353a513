import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { backOff } from '#lib/core/backOff.js';
import type { ConnectionFields } from '#lib/data/connection.js';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import { openSession } from '#lib/data/session.js';
import { isStorageAway } from '#lib/data/storageAway.js';

export interface ProcessLockOptions {
	readonly connection: ConnectionFields;
	/** Discord's id of the application: one process for each, on one database. */
	readonly applicationId: string;
	readonly log: { info(details: object, message: string): void; warn(details: object, message: string): void };
	/** While the lock could not be held (the database was away) another process took it: this one must end. */
	readonly onLost: (fault: DatabaseFault) => void;
	/** How long a predecessor that is just ending is waited for. */
	readonly patienceMs?: number;
	/** How often the session is asked whether it still lives. */
	readonly heartbeatMs?: number;
}

export interface ProcessLock {
	readonly held: boolean;
	release(): Promise<void>;
}

const sentence =
	'Another Evict is running with this bot account on this database: please end it first, or set REDIS_URL for both to run several processes.';

/**
 * Lets one process live per application where there is no Redis to share the work by: a session that holds a lock for
 * life. When the database is away the lock is taken as soon as it is back.
 * @throws DatabaseFault when another process holds it.
 */
export async function openProcessLock(options: ProcessLockOptions): Promise<ProcessLock> {
	const lock = new SessionLock(options);
	await lock.open();
	return lock;
}

/** `ending`: a session of our own has it still, and was told to end. */
type Attempt = 'held' | 'taken' | 'ending';

class SessionLock implements ProcessLock {
	readonly #options: ProcessLockOptions;
	/** Under this name the server knows our sessions, so that a dead one of ours is not taken for another process. */
	readonly #name = `evict lock ${randomBytes(8).toString('hex')}`;
	readonly #stop = new AbortController();
	#session: pg.Client | undefined;
	#search: Promise<void> | undefined;

	public constructor(options: ProcessLockOptions) {
		this.#options = options;
	}

	public get held(): boolean {
		return this.#session !== undefined;
	}

	public async open(): Promise<void> {
		const end = performance.now() + (this.#options.patienceMs ?? 3_000);
		for (;;) {
			try {
				if ((await this.#take()) === 'held') return;
			} catch (error) {
				if (!isStorageAway(error)) throw error;
				this.#searchAgain();
				return;
			}
			if (performance.now() > end) throw new DatabaseFault('already-running', sentence);
			await wait(100);
		}
	}

	public async release(): Promise<void> {
		this.#stop.abort();
		await this.#search;
		const session = this.#session;
		this.#session = undefined;
		await session?.end();
	}

	async #take(): Promise<Attempt> {
		const session = await openSession({ ...this.#options.connection, query_timeout: 5_000 }, this.#name);
		try {
			const attempt = await this.#lock(session);
			if (attempt === 'held') this.#keep(session);
			return attempt;
		} finally {
			if (this.#session !== session) await session.end();
		}
	}

	async #lock(session: pg.Client): Promise<Attempt> {
		const key = this.#options.applicationId;
		const { rows } = await session.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1::bigint) AS held', [key]);
		if (rows[0]?.held === true) return 'held';
		// The server may not know yet that our last session is gone: after a cut line it would believe in it for hours.
		const { rowCount } = await session.query(
			`SELECT pg_terminate_backend(holder.pid) FROM pg_locks AS holder JOIN pg_stat_activity AS activity USING (pid)
			WHERE holder.locktype = 'advisory' AND holder.objsubid = 1 AND holder.granted AND activity.application_name = $1
				AND (holder.classid::bigint << 32 | holder.objid::bigint) = $2::bigint AND holder.pid <> pg_backend_pid()`,
			[this.#name, key]
		);
		const again = await session.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1::bigint) AS held', [key]);
		if (again.rows[0]?.held === true) return 'held';
		return rowCount === 0 ? 'taken' : 'ending';
	}

	#keep(session: pg.Client): void {
		this.#session = session;
		let asked = false;
		const heartbeat = setInterval(() => {
			// A session that has not answered since the last time is as good as ended.
			if (asked) return void session.connection.stream.destroy();
			asked = true;
			const answered = () => {
				asked = false;
			};
			session.query('/* lock */ SELECT 1').then(answered, () => session.connection.stream.destroy());
		}, this.#options.heartbeatMs ?? 15_000);
		heartbeat.unref();
		session.once('end', () => {
			clearInterval(heartbeat);
			if (this.#session !== session) return;
			this.#session = undefined;
			this.#searchAgain();
		});
	}

	#searchAgain(): void {
		if (this.#stop.signal.aborted) return;
		this.#search ??= this.#takeAgain().finally(() => {
			this.#search = undefined;
		});
	}

	async #takeAgain(): Promise<void> {
		const { log, onLost } = this.#options;
		log.warn({}, 'The lock of this process is not held: taking it as soon as the database is there');
		for (let times = 1, refused = 0; !this.#stop.signal.aborted; times++) {
			try {
				const attempt = await this.#take();
				if (attempt === 'held') return log.info({}, 'The lock of this process is held');
				// Somebody may only have tried it; who is found again and again has it.
				if (attempt === 'taken' && ++refused >= 5) return onLost(new DatabaseFault('already-running', sentence));
			} catch (error) {
				if (!isStorageAway(error)) log.warn({ err: error }, 'The lock of this process could not be taken');
			}
			await this.#pause(backOff(times, { firstMs: 100, maxMs: 2_000 }));
		}
	}

	async #pause(milliseconds: number): Promise<void> {
		try {
			await wait(milliseconds, undefined, { signal: this.#stop.signal });
		} catch (error) {
			if (!this.#stop.signal.aborted) throw error;
		}
	}
}
