import { randomBytes } from 'node:crypto';
import { type ConnectionFields, connectionFields } from '#lib/data/connection.js';
import { type Database, type DatabaseOptions, openDatabase } from '#lib/data/database.js';
import { withSession } from '#lib/data/session.js';
import { eventually } from './eventually.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface TestDatabase {
	readonly name: string;
	readonly connection: ConnectionFields;
	readonly url: string;
	/** Another process, as far as the database can tell: a pool of its own, closed with the database. */
	open(options?: Partial<DatabaseOptions>): Promise<Database>;
	[Symbol.asyncDispose](): Promise<void>;
}

/** The server that the setup of this run started or was given. */
export function databaseServerUrl(): string {
	const url = process.env['TEST_DATABASE_URL'];
	if (url === undefined) throw new Error('No database server: this test belongs into tests/integration or tests/e2e');
	return url;
}

/** A database of its own, dropped at the end of the scope; `empty` has no migrations. */
export async function testDatabase({ empty = false }: { empty?: boolean } = {}): Promise<TestDatabase> {
	const url = new URL(databaseServerUrl());
	const server = connectionFields(url.href);
	const name = `evict_test_${randomBytes(6).toString('hex')}`;
	const template = empty ? 'template0' : process.env['TEST_DATABASE_TEMPLATE'];
	if (template === undefined) throw new Error('The setup of this run made no template');
	// Copied as files rather than through the log: three times as fast.
	const create = `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`;
	await withSession(server, 'evict test', (session) => session.query(create));
	url.pathname = `/${name}`;
	const connection = { ...server, database: name };
	const opened: Database[] = [];
	return {
		name,
		connection,
		url: url.href,
		async open(options = {}) {
			// A server takes a hundred sessions, and a file of tests opens a pool for each of its tests.
			const timeouts = { idleMs: 500, ...options.timeouts };
			const database = await openDatabase({ connection, poolSize: 5, log: quiet, ...options, timeouts });
			opened.push(database);
			return database;
		},
		async [Symbol.asyncDispose]() {
			await Promise.all(opened.map((database) => database.close()));
			await withSession(server, 'evict test', (session) => session.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
		}
	};
}

/** Sessions of that name in the database of `connection`, seen from outside. */
export async function sessionsOf(connection: ConnectionFields, applicationName: string): Promise<number> {
	return withSession({ ...connection, database: 'postgres' }, 'evict test', async (session) => {
		const { rows } = await session.query<{ count: number }>(
			'SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = $1 AND application_name = $2',
			[connection.database, applicationName]
		);
		return rows[0]?.count ?? 0;
	});
}

/** Waits until the bot has no session left in the database. */
export async function leavesNoSession({ connection }: TestDatabase): Promise<void> {
	for (const name of ['evict', 'evict-chores', 'evict migrate'])
		await eventually(`"${name}" has no session left`, async () => (await sessionsOf(connection, name)) === 0);
}
