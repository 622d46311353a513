import type pg from 'pg';
import type { ConnectionFields } from '#lib/data/connection.js';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import { withSession } from '#lib/data/session.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import { readMigrations, readSchema, writeMigration } from './files.js';
import { assertNotFailed, assertNotNewer, readHistory } from './history.js';
import { withSchemaEngine } from './schemaEngine.js';

/** Ours alone ("EVIC"); the engine takes Prisma's own below it, so that `npx prisma migrate` waits too. */
const lockId = 0x45564943;

/** Of Prisma's schema engine. */
const prismaLockId = 72707369;

const filters = { externalTables: [], externalEnums: [] };

/**
 * Applies what is pending, and answers the names of what it applied.
 *
 * Of several processes that ask at once, one works and the others wait and then find nothing to do.
 * @throws DatabaseFault when the database is newer than the code, or a migration fails.
 */
export async function deployMigrations(fields: ConnectionFields, folder?: string): Promise<readonly string[]> {
	return withSession(fields, 'evict migrate', async (client) => {
		await client.query('SELECT pg_advisory_lock($1)', [lockId]);
		const migrationsList = await readMigrations(folder);
		const history = await readHistory(fields, migrationsList);
		assertNotNewer(history);
		assertNotFailed(history);
		if (history.pending.length === 0) return [];
		await forgetInterrupted(client);
		try {
			const { appliedMigrationNames } = await withSchemaEngine(fields, (engine) => engine.applyMigrations({ migrationsList, filters }));
			return appliedMigrationNames;
		} catch (error) {
			if (isStorageAway(error)) throw error;
			const { failed } = await readHistory(fields, migrationsList);
			throw new DatabaseFault('migration-failed', `The migration ${failed[0] ?? ''} failed: ${reasonOf(error)}`, { cause: error });
		}
	});
}

/**
 * A migration that was under way when its process was killed was not applied: it is marked in its own transaction. The engine
 * would refuse to go on until somebody had a look; what the database itself refused stays for that.
 */
async function forgetInterrupted(client: pg.Client): Promise<void> {
	const { rows } = await client.query<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`);
	if (rows[0]?.there !== true) return;
	await client.query('BEGIN');
	// Prisma's own tool holds this while it works.
	await client.query('SELECT pg_advisory_xact_lock($1)', [prismaLockId]);
	await client.query(
		`UPDATE _prisma_migrations SET rolled_back_at = clock_timestamp()
		WHERE finished_at IS NULL AND rolled_back_at IS NULL AND coalesce(logs, '') = ''`
	);
	await client.query('COMMIT');
}

/** Writes the migration that leads from the existing ones to the schema; answers its name, or undefined when there is nothing to do. */
export async function createMigration(fields: ConnectionFields, name: string, now: Date): Promise<string | undefined> {
	const script = await differenceToSchema(fields);
	return script === undefined ? undefined : writeMigration(name, script, now);
}

/** The SQL between the migrations and the schema, worked out in a shadow database; undefined when they say the same. */
export async function differenceToSchema(fields: ConnectionFields): Promise<string | undefined> {
	const [migrations, schema] = await Promise.all([readMigrations(), readSchema()]);
	const from = { tag: 'migrations' as const, ...migrations };
	const to = { tag: 'schemaDatamodel' as const, ...schema };
	const { exitCode, stdout } = await withSchemaEngine(fields, (engine) => engine.diff({ from, to, script: true, exitCode: true, filters }));
	return exitCode === 0 || stdout === null ? undefined : stdout;
}

/** The last line of the engine's message, without its Rust trace: what PostgreSQL said. */
function reasonOf(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return (
		message
			.split(/\n\s+\d+: /)[0]
			?.trim()
			.split('\n')
			.at(-1) ?? message
	);
}
