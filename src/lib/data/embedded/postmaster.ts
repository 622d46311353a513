import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What `postmaster.pid` says; its lines are documented in PostgreSQL's miscadmin.h. */
export interface Postmaster {
	readonly pid: number;
	readonly port: number;
	readonly status: 'starting' | 'stopping' | 'ready' | 'standby' | 'unknown';
}

/** The server of this data folder, when its process is really there. */
export async function readPostmaster(folder: string): Promise<Postmaster | undefined> {
	const lines = await readLines(folder);
	const pid = pidOf(lines);
	// A number alone proves nothing: after a restart of the machine it is soon somebody else's.
	if (pid === undefined || !(await worksIn(pid, await realpath(folder)))) return undefined;
	return { pid, port: Number(lines[3]), status: statusOf(lines[7]) };
}

/** The number in the file, whether or not a process has it. */
export async function readPidFile(folder: string): Promise<number | undefined> {
	return pidOf(await readLines(folder));
}

export function isProcess(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// Another user's process is one too.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/** Every process of PostgreSQL that still works in this folder: the children of a killed server live on for a moment. */
export async function processesIn(folder: string): Promise<readonly number[]> {
	const real = await realpath(folder).catch(() => undefined);
	if (real === undefined) return [];
	const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
	const inside = await Promise.all(pids.map((pid) => worksIn(pid, real)));
	return pids.filter((pid, index) => inside[index] && pid !== process.pid);
}

/** Only when no process is left: PostgreSQL would take any process with that number for the old server. */
export async function removeStalePid(folder: string): Promise<void> {
	await rm(join(folder, 'postmaster.pid'), { force: true });
}

async function readLines(folder: string): Promise<readonly string[]> {
	const content = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
	return content.split('\n').map((line) => line.trim());
}

function pidOf(lines: readonly string[]): number | undefined {
	const pid = Number(lines[0]);
	return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** A server's working directory is its data folder, always. */
async function worksIn(pid: number, realFolder: string): Promise<boolean> {
	return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === realFolder;
}

function statusOf(line: string | undefined): Postmaster['status'] {
	return line === 'starting' || line === 'stopping' || line === 'ready' || line === 'standby' ? line : 'unknown';
}
