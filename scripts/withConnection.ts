import { type ConnectionFields, connectionFields } from '#lib/data/connection.js';
import { scriptFault } from '#lib/data/connectionFault.js';
import { openEmbeddedServer } from '#lib/data/embedded/embeddedServer.js';
import { defaultDataFolder } from '#lib/data/embedded/folder.js';
import { StartFailure } from '#lib/errors/startFailure.js';
import { loadEnvironmentFile, readConfig } from '../src/config.js';

const quiet = { info: () => undefined, warn: () => undefined };

/** Runs a script's work on the database that the bot would use; what goes wrong for a known reason is one sentence and exit code 1. */
export async function withConnection(work: (connection: ConnectionFields) => Promise<void>): Promise<void> {
	try {
		loadEnvironmentFile();
		const { databaseUrl, databaseFolder } = readConfig(process.env, { token: 'optional' });
		if (databaseUrl !== null) return await workOn(connectionFields(databaseUrl.reveal()), work);
		const server = await openEmbeddedServer({ folder: databaseFolder ?? (await defaultDataFolder()), log: quiet });
		try {
			await work(server.connection);
		} finally {
			await server.stop();
		}
	} catch (error) {
		const known = error instanceof StartFailure || (error instanceof Error && 'code' in error);
		if (!known) throw error;
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
	}
}

async function workOn(connection: ConnectionFields, work: (connection: ConnectionFields) => Promise<void>): Promise<void> {
	try {
		await work(connection);
	} catch (error) {
		throw scriptFault(error, connection) ?? error;
	}
}
