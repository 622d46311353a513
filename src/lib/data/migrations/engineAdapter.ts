import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { type ConnectionFields, sessionOptions } from '#lib/data/connection.js';
import { withSession } from '#lib/data/session.js';

/** OID of the one-byte "char" of the system catalogues, which adapter-pg cannot read; it can read 1042 (bpchar). */
const charOid = 18;
const bpcharOid = 1042;

const applicationName = 'evict migrate';

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

	async function connect(to: ConnectionFields, afterwards?: () => Promise<void>): Promise<SqlDriverAdapter> {
		const pool = new pg.Pool({ ...to, ...sessionOptions, application_name: applicationName, max: 1 });
		readCharColumns(pool);
		const adapter = await new PrismaPg(pool).connect();
		const dispose = async () => {
			if (!opened.delete(dispose)) return;
			await pool.end();
			await afterwards?.();
		};
		opened.add(dispose);
		const executeScript = async (script: string) => {
			await pool.query(script);
		};
		return Object.assign(adapter, { executeScript, dispose });
	}

	return {
		provider: 'postgres',
		adapterName: '@prisma/adapter-pg',
		connect: () => connect(fields),
		async connectToShadowDb() {
			const database = `evict_shadow_${randomUUID().replaceAll('-', '')}`;
			await once(fields, `CREATE DATABASE "${database}"`);
			return connect({ ...fields, database }, () => once(fields, `DROP DATABASE IF EXISTS "${database}"`));
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
		if (hasFields(result)) for (const field of result.fields) if (field.dataTypeID === charOid) field.dataTypeID = bpcharOid;
		return result;
	};
	Object.assign(pool, { query: patched });
}

function hasFields(result: unknown): result is pg.QueryResult {
	return typeof result === 'object' && result !== null && 'fields' in result && Array.isArray(result.fields);
}
