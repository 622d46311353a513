import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { isProcess, processesIn, readPidFile, readPostmaster, removeStalePid } from './postmaster.js';
import { isGone, type ServerSettings, startServer } from './serverProcess.js';

/** The port of the server of this folder; it is started when none runs. The caller holds the start lock. */
export async function ensureRunning(
	binaries: Binaries,
	account: Account,
	settings: ServerSettings,
	wantedPort?: number
): Promise<{ readonly port: number; readonly started: boolean }> {
	const { folder, startLimitMs } = settings;
	const running = await readyServer(folder, startLimitMs);
	if (running !== undefined) return { port: running, started: false };
	// The children of a killed server notice it within moments, and hold its shared memory until then.
	if (!(await isGone(folder, 15_000))) {
		const pids = (await processesIn(folder)).join(', ');
		throw new DatabaseFault(
			'folder-in-use',
			`A PostgreSQL that does not answer works in ${folder} (process ${pids}): please end it first.`
		);
	}
	const pid = await readPidFile(folder);
	if (pid !== undefined && isProcess(pid)) await removeStalePid(folder);
	return { port: await startServer(binaries, account, settings, wantedPort), started: true };
}

/** Waits while a server starts; undefined when none runs, or it is on its way out. */
async function readyServer(folder: string, limitMs: number): Promise<number | undefined> {
	const end = performance.now() + limitMs;
	for (;;) {
		const postmaster = await readPostmaster(folder);
		if (postmaster === undefined || postmaster.status === 'stopping') return undefined;
		if (postmaster.status === 'ready') return postmaster.port;
		if (performance.now() > end) return undefined;
		await wait(50);
	}
}
