import { fileURLToPath } from 'node:url';
import { makeTemplate, startDatabaseServer } from './databaseServer.js';
import { startRedisServer } from './redisServer.js';

/** What Node compiled once is not compiled again at each of the many starts of a process: a fifth of their time. */
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/evict-tests', import.meta.url));

/** Starts what the tests need, or takes what the environment names; workers and the bots they start read it from there. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
	// Both projects with servers ask for this; one of them starts it for both.
	if (process.env['TEST_DATABASE_TEMPLATE'] !== undefined) return undefined;
	const [database, redis] = await Promise.all([startDatabaseServer(), startRedisServer()]);
	const template = await makeTemplate(database.url);
	process.env['NODE_COMPILE_CACHE'] = compileCache;
	process.env['TEST_DATABASE_URL'] = database.url;
	process.env['TEST_DATABASE_TEMPLATE'] = template.name;
	if (redis !== undefined) process.env['TEST_REDIS_URL'] = redis.url;
	return async () => {
		await template.drop();
		await Promise.all([database.stop(), redis?.stop()]);
	};
}
