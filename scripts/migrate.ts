// npm run migrate [deploy | create <name> | status]
import { connectionFields } from '#lib/data/connection.js';
import { createMigration, deployMigrations } from '#lib/data/migrations/deploy.js';
import { readHistory } from '#lib/data/migrations/history.js';

const fields = connectionFields(process.env['DATABASE_URL'] ?? '');
const [command, name] = process.argv.slice(2);
if (command === 'create') console.log(await createMigration(fields, name ?? 'x', new Date()));
else if (command === 'deploy') console.log(await deployMigrations(fields));
else console.log(await readHistory(fields));
