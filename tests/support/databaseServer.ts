import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { type ConnectionFields, connectionFields } from '#lib/data/connection.js';
import { openEmbeddedServer } from '#lib/data/embedded/embeddedServer.js';
import { stopServer } from '#lib/data/embedded/serverProcess.js';
import { deployMigrations } from '#lib/data/migrations/deploy.js';
import { withSession } from '#lib/data/session.js';
import { postgresBackend } from '#lib/timers/choreBackend.js';

const quiet = { info: () => undefined, warn: () => undefined };
const prefix = 'evict-test-server-';

/** The address of a server for tests and how to end it: `TEST_DATABASE_URL`, otherwise an embedded one that forgets. */
export async function startDatabaseServer(): Promise<{ url: string; stop(): Promise<void> }> {
	const given = process.env['TEST_DATABASE_URL'];
	if (given !== undefined) return { url: given, stop: async () => undefined };
	await removeLeftovers();
	const parent = join(tmpdir(), `${prefix}${process.pid}-${randomBytes(4).toString('hex')}`);
	const server = await openEmbeddedServer({ folder: join(parent, 'postgres'), log: quiet, durable: false, maxConnections: 200 });
	const { host, port, user, password, database } = server.connection;
	return {
		url: `postgresql://${user}:${String(password)}@${host}:${port}/${database}`,
		async stop() {
			await server.stop();
			await rm(parent, { recursive: true, force: true });
		}
	};
}

/** A database with all migrations, for the others of this run to be copied from. */
export async function makeTemplate(url: string): Promise<{ name: string; drop(): Promise<void> }> {
	const name = `evict_test_${randomBytes(6).toString('hex')}`;
	const server = connectionFields(url);
	await withSession(server, 'evict test', (session) => session.query(`CREATE DATABASE ${name}`));
	await deployMigrations({ ...server, database: name });
	await makeChoreTables({ ...server, database: name });
	return {
		name,
		async drop() {
			await withSession(server, 'evict test', (session) => session.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
		}
	};
}

/** What the bot's chores make at their first start; a fifth of a second of each copy's. */
async function makeChoreTables(connection: ConnectionFields): Promise<void> {
	const queue = new Queue('template', { connection: postgresBackend(connection).connection });
	await queue.waitUntilReady();
	await queue.close();
}

/** Servers of runs that were killed. */
async function removeLeftovers(): Promise<void> {
	for (const name of await readdir(tmpdir())) {
		const pid = Number(name.slice(prefix.length).split('-')[0]);
		if (!name.startsWith(prefix) || isAlive(pid)) continue;
		const parent = join(tmpdir(), name);
		await stopServer(join(parent, 'postgres'), 2_000).catch(() => undefined);
		await rm(parent, { recursive: true, force: true });
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
