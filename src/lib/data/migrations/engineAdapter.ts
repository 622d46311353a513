import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
	ColumnTypeEnum,
	type SqlDriverAdapter,
	type SqlMigrationAwareDriverAdapterFactory,
	type SqlQuery
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { type ConnectionFields, sessionOptions } from '#lib/data/connection.js';
import { withSession } from '#lib/data/session.js';

/** OID of the one-byte "char" of the system catalogues, which adapter-pg cannot read; it takes 1042 (bpchar) for text. */
const charOid = 18;
const bpcharOid = 1042;

/** Columns of the query under way that were "char": the engine wants them as characters, not as text. */
const charColumns = new AsyncLocalStorage<Set<number>>();

const applicationName = 'evict migrate';

/**
 * The engine marks a migration in a statement of its own, so that a process that dies before it leaves one of which nobody knows
 * whether it was applied. Marked in the migration's own transaction it is either both or neither.
 */
const markFinished = 'UPDATE _prisma_migrations SET finished_at = clock_timestamp() WHERE finished_at IS NULL AND rolled_back_at IS NULL';

/** adapter-pg as the schema engine needs it; `close` ends every session it opened. */
export interface EngineAdapter extends SqlMigrationAwareDriverAdapterFactory {
	close(): Promise<void>;
}

/**
 * Goes around faults of adapter-pg 7.10: it splits scripts at every `;`, cannot read "char" columns, drops the shadow
 * database before it lets go of it, and gives the engine many sessions where its lock wants one. The engine itself
 * disposes of the shadow's connection only.
 */
export function engineAdapter(fields: ConnectionFields): EngineAdapter {
	const opened = new Set<() => Promise<void>>();

	async function connect(to: ConnectionFields, afterScript = '', afterwards?: () => Promise<void>): Promise<SqlDriverAdapter> {
		const pool = new pg.Pool({ ...to, ...sessionOptions, application_name: applicationName, max: 1 });
		readCharColumns(pool);
		const adapter = await new PrismaPg(pool).connect();
		const dispose = async () => {
			if (!opened.delete(dispose)) return;
			await pool.end();
			await afterwards?.();
		};
		opened.add(dispose);
		// Without arguments a statement goes by the simple protocol, which takes a whole script and runs it as one transaction.
		const executeScript = async (script: string) => {
			await adapter.executeRaw({ sql: `${script}\n;${afterScript}`, args: [], argTypes: [] });
		};
		const read = adapter.queryRaw.bind(adapter);
		const queryRaw = async (query: SqlQuery) => {
			const found = new Set<number>();
			const result = await charColumns.run(found, () => read(query));
			const columnTypes = result.columnTypes.map((type, index) => (found.has(index) ? ColumnTypeEnum.Character : type));
			return { ...result, columnTypes };
		};
		return Object.assign(adapter, { queryRaw, executeScript, dispose });
	}

	return {
		provider: 'postgres',
		adapterName: '@prisma/adapter-pg',
		connect: () => connect(fields, markFinished),
		async connectToShadowDb() {
			const database = `evict_shadow_${randomUUID().replaceAll('-', '')}`;
			await once(fields, `CREATE DATABASE "${database}"`);
			return connect({ ...fields, database }, '', () => once(fields, `DROP DATABASE IF EXISTS "${database}"`));
		},
		async close() {
			await Promise.all([...opened].map((dispose) => dispose()));
		}
	};
}

async function once(fields: ConnectionFields, sql: string): Promise<void> {
	await withSession(fields, applicationName, (client) => client.query(sql));
}

function readCharColumns(pool: pg.Pool): void {
	const query = pool.query.bind(pool);
	const patched = async (...parameters: Parameters<typeof query>) => {
		const result: unknown = await query(...parameters);
		if (!hasFields(result)) return result;
		for (const [index, field] of result.fields.entries()) {
			if (field.dataTypeID !== charOid) continue;
			field.dataTypeID = bpcharOid;
			charColumns.getStore()?.add(index);
		}
		return result;
	};
	Object.assign(pool, { query: patched });
}

function hasFields(result: unknown): result is pg.QueryResult {
	return typeof result === 'object' && result !== null && 'fields' in result && Array.isArray(result.fields);
}
