import pg from 'pg';
import { type ConnectionFields, sessionOptions } from '#lib/data/connection.js';

/** Runs `work` on one session of its own, outside the pool: for locks and for what no transaction may hold. */
export async function withSession<T>(
	fields: ConnectionFields,
	applicationName: string,
	work: (client: pg.Client) => Promise<T>
): Promise<T> {
	const client = new pg.Client({ ...fields, ...sessionOptions, application_name: applicationName });
	await client.connect();
	// A session that breaks while idle is an event; the next query rejects, and that is what callers see.
	client.on('error', () => undefined);
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}
