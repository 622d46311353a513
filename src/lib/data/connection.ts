import type pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

/** Where a PostgreSQL is and who asks: never a connection string below this file (adapter-pg would mistake it for its shadow). */
export type ConnectionFields = Pick<pg.ClientConfig, 'host' | 'port' | 'user' | 'password' | 'database' | 'ssl'>;

/** @throws TypeError without the address in its message, since it holds a password. */
export function connectionFields(url: string): ConnectionFields {
	let parsed: pg.ClientConfig;
	try {
		parsed = parseIntoClientConfig(url);
	} catch {
		throw new TypeError('The database address cannot be read: it should look like postgresql://user:password@host:5432/name.');
	}
	const { host, port, user, password, database, ssl } = parsed;
	return {
		host: host ?? '127.0.0.1',
		port: port ?? 5432,
		user: user ?? 'postgres',
		...(password === undefined ? {} : { password }),
		database: database ?? 'postgres',
		...(ssl === undefined ? {} : { ssl })
	};
}

/**
 * What every session of ours is opened with.
 *
 * UTC is not a matter of taste: adapter-pg sends and reads times without their offset.
 */
export const sessionOptions = {
	application_name: 'evict',
	options: '-c TimeZone=UTC',
	connectionTimeoutMillis: 5_000,
	keepAlive: true
} as const satisfies pg.ClientConfig;
