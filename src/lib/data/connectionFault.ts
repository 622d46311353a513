import type { ConnectionFields } from '#lib/data/connection.js';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import { isStorageAway } from '#lib/data/storageAway.js';

/** A database that is there and does not want us, in one sentence; undefined when the error says something else. */
export function connectionFault(error: unknown, { host, port, user, database }: ConnectionFields): DatabaseFault | undefined {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	const where = `The database server at ${host}:${port}`;
	switch (code) {
		case '28P01':
		case '28000':
			return refused(`${where} does not let the user "${user}" in: please check user and password in DATABASE_URL.`, error);
		case '3D000':
			return refused(`${where} has no database named "${database}": please create it, or correct DATABASE_URL.`, error);
		case '42501':
			return refused(`${where} does not give the user "${user}" the rights it needs on the database "${database}".`, error);
	}
	// pg's own words; there is no code.
	if (error instanceof Error && error.message.includes('password must be a string'))
		return refused(`${where} wants a password for the user "${user}": please add it to DATABASE_URL.`, error);
	if (error instanceof Error && error.message.includes('does not support SSL'))
		return refused(`${where} does not speak TLS: please remove sslmode from DATABASE_URL.`, error);
	return undefined;
}

/** The same for a script, which does not wait for a database that is away. */
export function scriptFault(error: unknown, connection: ConnectionFields): DatabaseFault | undefined {
	const fault = connectionFault(error, connection);
	if (fault !== undefined || !isStorageAway(error)) return fault;
	const { host, port } = connection;
	return refused(`The database server at ${host}:${port} cannot be reached: please start it, or correct DATABASE_URL.`, error);
}

function refused(sentence: string, cause: unknown): DatabaseFault {
	return new DatabaseFault('refused', sentence, { cause });
}
