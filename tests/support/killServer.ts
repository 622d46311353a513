import { processesIn } from '#lib/data/embedded/postmaster.js';

/** kill -9 for every process of the embedded server in this folder. */
export async function killServer(folder: string): Promise<void> {
	for (const pid of await processesIn(folder)) {
		try {
			process.kill(pid, 'SIGKILL');
		} catch (error) {
			// The children of a killed server end by themselves, at times before their turn comes.
			if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
		}
	}
}
