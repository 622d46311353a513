// npm run migrate [deploy | create <name> | status]: works offline, on the same _prisma_migrations as `npx prisma migrate`.
import type { ConnectionFields } from '#lib/data/connection.js';
import { createMigration, deployMigrations } from '#lib/data/migrations/deploy.js';
import { readHistory } from '#lib/data/migrations/history.js';
import { withConnection } from './withConnection.js';

const [command = 'deploy', name = '', ...rest] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

async function deploy(connection: ConnectionFields): Promise<void> {
	const applied = await deployMigrations(connection);
	say(applied.length === 0 ? 'Nothing to do: the database has all migrations.' : `Applied: ${applied.join(', ')}`);
}

async function create(connection: ConnectionFields): Promise<void> {
	const made = await createMigration(connection, name, new Date());
	say(made === undefined ? 'Nothing to do: the migrations say what the schema says.' : `Written: prisma/migrations/${made}/migration.sql`);
}

/** Exit code 1 unless all is well, so that scripts can ask. */
async function status(connection: ConnectionFields): Promise<void> {
	const history = await readHistory(connection);
	const faults = (['pending', 'unknown', 'failed', 'edited'] as const).filter((kind) => history[kind].length > 0);
	say(`applied: ${history.applied.length}`);
	for (const kind of faults) say(`${kind}: ${history[kind].join(', ')}`);
	if (faults.length > 0) process.exitCode = 1;
}

if (command === 'deploy' && name === '') await withConnection(deploy);
else if (command === 'status' && name === '') await withConnection(status);
else if (command === 'create' && /^[a-z][a-z0-9_]*$/.test(name) && rest.length === 0) await withConnection(create);
else {
	process.stderr.write('npm run migrate [deploy | create <name_in_small_letters> | status]\n');
	process.exitCode = 1;
}
