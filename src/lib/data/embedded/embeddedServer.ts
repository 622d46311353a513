import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { backOff } from '#lib/core/backOff.js';
import type { ConnectionFields } from '#lib/data/connection.js';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import { openSession, withSession } from '#lib/data/session.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import { accountFor, prepareParent } from './account.js';
import { nativeFolder, prepareBinaries } from './binaries.js';
import { clusterName, ensureCluster } from './cluster.js';
import { ensureRunning } from './ensureRunning.js';
import { readPostmaster } from './postmaster.js';
import { stopServer } from './serverProcess.js';
import { withStartLock } from './startLock.js';
import { superviseSession } from './supervise.js';

export interface EmbeddedOptions {
	/** The data folder; made when it is not there. */
	readonly folder: string;
	readonly log: { info(details: object, message: string): void; warn(details: object, message: string): void };
	/** False for tests: nothing is forced to disk, a crash of the machine may lose everything. */
	readonly durable?: boolean;
	readonly maxConnections?: number;
	/** After a crash PostgreSQL makes sure first that every file of its is on the disk, which a busy disk takes minutes for. */
	readonly startLimitMs?: number;
	/** How long one attempt to open a session waits. */
	readonly connectMs?: number;
}

export interface EmbeddedServer {
	readonly connection: ConnectionFields;
	/** Stops the server within seconds, unless another process of ours still uses it: the last one out does. */
	stop(): Promise<void>;
}

/** A session that holds this shared lock says "in use" for as long as its process lives, in whatever way that ends. */
const inUseLock = 0x45564955;
const applicationName = 'evict embedded';
const defaultStartLimitMs = 5 * 60_000;
const sessionAttempts = 12;
/** A start that takes longer than this is told. */
const longStartMs = 10_000;

/**
 * A real PostgreSQL on this machine, for whoever has none.
 *
 * A server that is running on this folder already, left over or another process's, is used as it is. One that dies
 * while we run is started again on its port.
 * @throws DatabaseFault in one sentence that names DATABASE_URL.
 */
export async function openEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
	const wanted = resolve(options.folder);
	const account = await accountFor(wanted);
	const native = nativeFolder();
	await prepareParent(dirname(wanted), account);
	// A link to a folder elsewhere means that folder.
	const folder = await realpath(wanted).catch(async () => join(await realpath(dirname(wanted)), basename(wanted)));
	const inUse = () =>
		new DatabaseFault('folder-in-use', `Another process is starting or stopping the database in ${folder} and does not finish.`);

	const startLimitMs = options.startLimitMs ?? defaultStartLimitMs;
	let stopping = false;
	// Whoever starts the server holds the lock meanwhile.
	const locked = <T>(work: () => Promise<T>) => withStartLock(folder, startLimitMs + 30_000, work, inUse);
	const enter = (port?: number) =>
		locked(async () => {
			const binaries = await prepareBinaries(native, account, dirname(folder));
			const password = await ensureCluster(folder, binaries, account);
			const settings = {
				folder,
				logFile: `${folder}.log`,
				durable: options.durable ?? true,
				maxConnections: options.maxConnections ?? 100,
				startLimitMs
			};
			const running = await ensureRunning(binaries, account, settings, port);
			const connection = { host: '127.0.0.1', port: running.port, user: clusterName, password, database: clusterName };
			return { connection, started: running.started, session: await markInUse(connection, folder, options) };
		});

	const slow = setTimeout(() => options.log.info({ folder }, 'The embedded PostgreSQL is still starting: the disk is busy'), longStartMs);
	const { connection, started, session } = await enter().finally(() => clearTimeout(slow));
	options.log.info(
		{ folder, port: connection.port },
		started ? 'The embedded PostgreSQL is running' : 'The embedded PostgreSQL was running already'
	);
	const supervision = superviseSession(session, {
		log: options.log,
		again: async () => (await enter(connection.port)).session,
		wanted: () => !stopping
	});
	return {
		connection,
		async stop() {
			if (stopping) return;
			stopping = true;
			await locked(async () => {
				await supervision.end();
				if (await isUnused(connection)) await stopServer(folder, 5_000);
			});
		}
	};
}

async function markInUse(connection: ConnectionFields, folder: string, options: EmbeddedOptions): Promise<pg.Client> {
	const session = await firstSession({ ...connection, database: 'postgres' }, folder, options);
	await session.query('SELECT pg_advisory_lock_shared($1)', [inUseLock]);
	const { rowCount } = await session.query('SELECT FROM pg_database WHERE datname = $1', [clusterName]);
	if (rowCount === 0) await session.query(`CREATE DATABASE ${clusterName}`);
	return session;
}

/** A server of ours that runs, and is too busy to answer within seconds, is no reason to give up. */
async function firstSession(connection: ConnectionFields, folder: string, { connectMs = 5_000, log }: EmbeddedOptions): Promise<pg.Client> {
	for (let times = 1; ; times++) {
		try {
			return await openSession({ ...connection, connectionTimeoutMillis: connectMs }, applicationName);
		} catch (error) {
			if (!isStorageAway(error) || times === sessionAttempts || (await readPostmaster(folder))?.status !== 'ready') throw error;
			log.warn({ err: error }, 'The embedded PostgreSQL does not answer yet');
			await wait(backOff(times, { firstMs: 100, maxMs: 2_000 }));
		}
	}
}

/** Nobody can enter meanwhile: that needs the start lock, which the caller holds. */
async function isUnused(connection: ConnectionFields): Promise<boolean> {
	const admin = { ...connection, database: 'postgres', connectionTimeoutMillis: 2_000, query_timeout: 2_000 };
	try {
		return await withSession(admin, applicationName, async (session) => {
			const { rows } = await session.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [inUseLock]);
			return rows[0]?.alone === true;
		});
	} catch {
		// It does not answer: nobody has any use of it.
		return true;
	}
}
