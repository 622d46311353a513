import pg from 'pg';
import { sessionOptions } from '#lib/data/connection.js';

/** Runs `work` on one session of its own, outside the pool: for locks and for what no transaction may hold. */
export async function withSession<T>(
	fields: pg.ClientConfig,
	applicationName: string,
	work: (client: pg.Client) => Promise<T>
): Promise<T> {
	const client = await openSession(fields, applicationName);
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

/** The caller ends it. */
export async function openSession(fields: pg.ClientConfig, applicationName: string): Promise<pg.Client> {
	const client = new pg.Client({ ...sessionOptions, ...fields, application_name: applicationName });
	// A session that breaks while idle is an event; the next query rejects, and that is what callers see.
	client.on('error', () => undefined);
	await client.connect();
	return client;
}
