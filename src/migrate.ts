import { connectionFields } from '#lib/data/connection.js';
import { scriptFault } from '#lib/data/connectionFault.js';
import { deployMigrations } from '#lib/data/migrations/deploy.js';
import { StartFailure } from '#lib/errors/startFailure.js';
import { loadEnvironmentFile, readConfig } from './config.js';

/** `node dist/migrate.js`: applies pending migrations to DATABASE_URL and ends; what the compose file runs before the bot. */
async function main(): Promise<void> {
	loadEnvironmentFile();
	const { databaseUrl } = readConfig(process.env, { token: 'optional' });
	if (databaseUrl === null) throw new StartFailure('DATABASE_URL is not set: there is no database to migrate.');
	const connection = connectionFields(databaseUrl.reveal());
	const applied = await deployMigrations(connection).catch((error: unknown) => {
		throw scriptFault(error, connection) ?? error;
	});
	process.stdout.write(applied.length === 0 ? 'Nothing to do: the database has all migrations.\n' : `Applied: ${applied.join(', ')}\n`);
}

try {
	await main();
} catch (error) {
	if (!(error instanceof StartFailure)) throw error;
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
}
