import { createHash } from 'node:crypto';
import type { MigrationList } from '@prisma/schema-engine-wasm';
import type { ConnectionFields } from '#lib/data/connection.js';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import { withSession } from '#lib/data/session.js';
import { readMigrations } from './files.js';

/** How a database stands to the migrations of this code, by their names. */
export interface MigrationHistory {
	readonly applied: readonly string[];
	readonly pending: readonly string[];
	/** In the database and unknown to the code: the database is newer. */
	readonly unknown: readonly string[];
	/** Started, and the database said no. */
	readonly failed: readonly string[];
	/** Applied in another wording than the file has now. */
	readonly edited: readonly string[];
}

interface AppliedRow {
	readonly migration_name: string;
	readonly checksum: string;
	readonly finished_at: Date | null;
	readonly refused: boolean;
}

/** Reads `_prisma_migrations` without the engine, so that every start can afford it. */
export async function readHistory(fields: ConnectionFields, migrations?: MigrationList): Promise<MigrationHistory> {
	const [rows, list] = await Promise.all([readApplied(fields), migrations ?? readMigrations()]);
	const scripts = new Map(list.migrationDirectories.map(({ path, migrationFile }) => [path, migrationFile.content.value]));
	const finished = rows.filter((row) => row.finished_at !== null);
	const names = new Set(finished.map((row) => row.migration_name));
	return {
		applied: [...names].sort(),
		pending: [...scripts.keys()].filter((name) => !names.has(name)),
		unknown: [...names].filter((name) => !scripts.has(name)).sort(),
		failed: rows
			.filter((row) => row.finished_at === null && row.refused && !names.has(row.migration_name))
			.map((row) => row.migration_name),
		edited: finished.filter((row) => isEdited(row, scripts)).map((row) => row.migration_name)
	};
}

/** @throws DatabaseFault unless the database stands exactly where this code wants it. */
export async function assertMigrated(fields: ConnectionFields): Promise<void> {
	const history = await readHistory(fields);
	assertNotNewer(history);
	assertNotFailed(history);
	const count = history.pending.length;
	if (count === 0) return;
	const what = count === 1 ? `The migration ${history.pending[0]} is` : `${count} migrations are`;
	throw new DatabaseFault(
		'migrations-pending',
		`${what} not in the database yet: run "npm run migrate deploy", or set MIGRATE_ON_START=true.`
	);
}

export function assertNotNewer({ unknown }: MigrationHistory): void {
	if (unknown.length === 0) return;
	throw new DatabaseFault(
		'database-newer',
		`The database is newer than this version of Evict (it holds the migration ${unknown.at(-1)}): start the newer version, or restore a backup made before it.`
	);
}

export function assertNotFailed({ failed }: MigrationHistory): void {
	if (failed.length === 0) return;
	throw new DatabaseFault(
		'migration-failed',
		`The migration ${failed[0]} was started and did not finish: repair the database, then mark it with "npx prisma migrate resolve".`
	);
}

async function readApplied(fields: ConnectionFields): Promise<AppliedRow[]> {
	return withSession(fields, 'evict migrate', async (client) => {
		const { rows: tables } = await client.query<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`);
		if (tables[0]?.there !== true) return [];
		const { rows } = await client.query<AppliedRow>(
			`SELECT migration_name, checksum, finished_at, coalesce(logs, '') <> '' AS refused FROM _prisma_migrations
			WHERE rolled_back_at IS NULL ORDER BY started_at`
		);
		return rows;
	});
}

function isEdited(row: AppliedRow, scripts: ReadonlyMap<string, string>): boolean {
	const script = scripts.get(row.migration_name);
	return script !== undefined && createHash('sha256').update(script).digest('hex') !== row.checksum;
}
