import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { processesIn, readPostmaster } from './postmaster.js';

export interface ServerSettings {
	readonly folder: string;
	readonly logFile: string;
	/** False for tests: nothing is forced to disk. */
	readonly durable: boolean;
	readonly maxConnections: number;
	/** How long a server may take to its first session. */
	readonly startLimitMs: number;
}

/** Starts the server on a free port of loopback and answers the port once it takes sessions. */
export async function startServer(binaries: Binaries, account: Account, settings: ServerSettings, wantedPort?: number): Promise<number> {
	const end = performance.now() + settings.startLimitMs;
	for (let attempt = 1; ; attempt++) {
		const port = attempt === 1 && wantedPort !== undefined ? wantedPort : await freePort();
		const failure = await launch(binaries, account, settings, port, end);
		if (failure === undefined) return port;
		if (!failure.passing || performance.now() > end) {
			throw new DatabaseFault(
				'server-failed',
				`The embedded PostgreSQL did not start (${failure.reason}): see ${settings.logFile}, or set DATABASE_URL.`
			);
		}
		await wait(200);
	}
}

interface Failure {
	readonly reason: string;
	/** Trying again may help. */
	readonly passing: boolean;
}

/** Somebody took the port in between, or the children of a killed server have not noticed yet. */
const passingFailure = /could not bind|Address already in use|pre-existing shared memory|could not create any TCP/;

/** Answers why there is no server. */
async function launch(
	binaries: Binaries,
	account: Account,
	settings: ServerSettings,
	port: number,
	end: number
): Promise<Failure | undefined> {
	const log = await open(settings.logFile, 'w', 0o600);
	const child = spawn(binaries.postgres, argumentsOf(settings, port), {
		cwd: '/',
		// A session of its own: Ctrl+C in the terminal is for the bot, which still wants to write.
		detached: true,
		stdio: ['ignore', log.fd, log.fd],
		env: environmentOf(binaries),
		...(account.dropped ? { uid: account.uid, gid: account.gid } : {})
	});
	const ended = once(child, 'exit').then(
		() => 'ended' as const,
		(error: unknown) => `${String(error)}`
	);
	child.unref();
	await log.close();
	for (;;) {
		const outcome = await Promise.race([ended, wait(15, undefined)]);
		if (outcome === 'ended') return failureIn(await readFile(settings.logFile, 'utf8'));
		if (outcome !== undefined) return { reason: outcome, passing: false };
		const postmaster = await readPostmaster(settings.folder);
		if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return undefined;
		if (performance.now() > end) {
			child.kill('SIGQUIT');
			// So young that it may not have entered its folder yet, where its children are looked for.
			await hasEnded(child, 5_000);
			await isGone(settings.folder, 5_000);
			return { reason: `it was not ready within ${settings.startLimitMs / 1000} seconds`, passing: false };
		}
	}
}

/** Ends a server: clients are cut off and everything is written (fast shutdown); after `limitMs` at once. */
export async function stopServer(folder: string, limitMs: number): Promise<void> {
	for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
		const postmaster = await readPostmaster(folder);
		if (postmaster === undefined) return;
		process.kill(postmaster.pid, signal);
		if (await isGone(folder, limitMs)) return;
	}
}

/** Waits until no process works in the folder any more. */
export function isGone(folder: string, limitMs: number): Promise<boolean> {
	return within(limitMs, async () => (await processesIn(folder)).length === 0);
}

const hasEnded = (child: ChildProcess, limitMs: number) => within(limitMs, () => child.exitCode !== null || child.signalCode !== null);

async function within(limitMs: number, condition: () => boolean | Promise<boolean>): Promise<boolean> {
	const end = performance.now() + limitMs;
	while (!(await condition())) {
		if (performance.now() > end) return false;
		await wait(15);
	}
	return true;
}

export function environmentOf({ libraryPath }: Binaries): NodeJS.ProcessEnv {
	return { PATH: process.env['PATH'], LD_LIBRARY_PATH: libraryPath, LC_ALL: 'C', TZ: 'UTC' };
}

function argumentsOf({ folder, durable, maxConnections }: ServerSettings, port: number): string[] {
	const settings: Record<string, string | number> = {
		port,
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		max_connections: maxConnections,
		shared_buffers: '64MB',
		timezone: 'UTC',
		log_timezone: 'UTC',
		// Statements may hold what people wrote.
		log_min_error_statement: 'panic',
		...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' })
	};
	return ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function freePort(): Promise<number> {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new TypeError('The system gave no port');
	return address.port;
}

function failureIn(log: string): Failure {
	const words = log
		.trim()
		.split('\n')
		.findLast((line) => /FATAL|PANIC|rror/.test(line))
		?.replace(/^.*?(FATAL|PANIC):\s*/, '');
	return { reason: words ?? 'it ended at once', passing: passingFailure.test(log) };
}
