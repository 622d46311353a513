import { once } from 'node:events';
import { openEmbeddedServer } from '#lib/data/embedded/embeddedServer.js';
import { withSession } from '#lib/data/session.js';
import { StartFailure } from '#lib/errors/startFailure.js';

const [folder = '', mode] = process.argv.slice(2);
const say = (line: string) => new Promise<void>((resolve) => process.stdout.write(`${line}\n`, () => resolve()));
const quiet = { info: () => undefined, warn: () => undefined };

try {
	const server = await openEmbeddedServer({ folder, log: quiet });
	await say(`port ${server.connection.port}`);
	if (mode === 'write') {
		await withSession(server.connection, 'evict test', async (session) => {
			await session.query('CREATE TABLE IF NOT EXISTS acknowledged (id int)');
			for (let id = 1; ; id++) {
				await session.query('INSERT INTO acknowledged VALUES ($1)', [id]);
				await say(`row ${id}`);
			}
		});
	}
	process.stdin.resume();
	await once(process.stdin, 'end');
	await server.stop();
} catch (error) {
	if (!(error instanceof StartFailure)) throw error;
	await say(error.message);
	process.exitCode = 1;
}
