import { type ConnectionFields, connectionFields } from '#lib/data/connection.js';
import { type Database, type DatabaseLog, openDatabase } from '#lib/data/database.js';
import { type EmbeddedServer, openEmbeddedServer } from '#lib/data/embedded/embeddedServer.js';
import { defaultDataFolder } from '#lib/data/embedded/folder.js';
import { deployMigrations } from '#lib/data/migrations/deploy.js';
import { assertMigrated } from '#lib/data/migrations/history.js';
import type { Statement } from '#lib/data/watchedClient.js';

export interface StorageOptions {
	/** Null: the embedded server. */
	readonly url: string | null;
	/** Where the embedded server keeps its data; null: `.evict/postgres`. */
	readonly folder: string | null;
	readonly poolSize: number;
	/** Null: only where the database is our own. Otherwise pending migrations refuse the start. */
	readonly migrate: boolean | null;
	readonly log: DatabaseLog;
	readonly onStatement?: (statement: Statement) => void;
}

export interface Storage {
	readonly connection: ConnectionFields;
	readonly database: Database;
	/** To be stopped after everything else; null when the database is not our own. */
	readonly server: EmbeddedServer | null;
}

/**
 * The database that the bot was told to use, or its own, with the migrations that this code wants.
 *
 * A database that is away does not reject: it is `down`, and its migrations are looked at when it comes.
 * @throws DatabaseFault in one sentence. Nothing is left open then.
 */
export async function openStorage({ url, folder, poolSize, migrate, log, onStatement }: StorageOptions): Promise<Storage> {
	const server = url === null ? await ownServer(folder, poolSize, log) : null;
	try {
		const connection = server?.connection ?? connectionFields(url ?? '');
		const prepare = (migrate ?? server !== null) ? (to: ConnectionFields) => deployAndTell(to, log) : assertMigrated;
		const database = await openDatabase({ connection, poolSize, log, prepare, ...(onStatement ? { onStatement } : {}) });
		return { connection, database, server };
	} catch (error) {
		await server?.stop();
		throw error;
	}
}

/** Room for the pool, the chores' sessions, and somebody who looks in. */
async function ownServer(folder: string | null, poolSize: number, log: DatabaseLog): Promise<EmbeddedServer> {
	return openEmbeddedServer({ folder: folder ?? (await defaultDataFolder()), log, maxConnections: Math.max(50, poolSize * 2 + 20) });
}

async function deployAndTell(connection: ConnectionFields, log: DatabaseLog): Promise<void> {
	const applied = await deployMigrations(connection);
	if (applied.length > 0) log.info({ migrations: applied }, `Migrations applied: ${applied.length}`);
}
