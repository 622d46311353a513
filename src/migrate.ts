import { connectionFields } from '#lib/data/connection.js';
import { deployMigrations } from '#lib/data/migrations/deploy.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import { StartFailure } from '#lib/errors/startFailure.js';
import { loadEnvironmentFile, readConfig } from './config.js';

/** `node dist/migrate.js`: applies pending migrations to DATABASE_URL and ends; what the compose file runs before the bot. */
try {
	loadEnvironmentFile();
	const { databaseUrl } = readConfig(process.env, { token: 'optional' });
	if (databaseUrl === null) throw new StartFailure('DATABASE_URL is not set: there is no database to migrate.');
	const applied = await deployMigrations(connectionFields(databaseUrl.reveal()));
	process.stdout.write(applied.length === 0 ? 'Nothing to do: the database has all migrations.\n' : `Applied: ${applied.join(', ')}\n`);
} catch (error) {
	if (!(error instanceof StartFailure) && !isStorageAway(error)) throw error;
	process.stderr.write(
		`${error instanceof StartFailure ? error.message : 'The database in DATABASE_URL cannot be reached: start it, or correct the address.'}\n`
	);
	process.exitCode = 1;
}
