import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Runs `work` while no other process of this machine starts or stops a server in this folder.
 *
 * An abstract socket is the lock: the system lets go of it when its process dies in whatever way, so none is ever left over.
 */
export async function withStartLock<T>(folder: string, limitMs: number, work: () => Promise<T>, onTimeout: () => Error): Promise<T> {
	const address = `\0evict-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
	const end = performance.now() + limitMs;
	let lock = await listen(address);
	while (lock === undefined) {
		if (performance.now() > end) throw onTimeout();
		await wait(25);
		lock = await listen(address);
	}
	const held = lock;
	try {
		return await work();
	} finally {
		await new Promise((resolve) => held.close(resolve));
	}
}

function listen(address: string): Promise<Server | undefined> {
	return new Promise((resolve, reject) => {
		const server = createServer((socket) => socket.destroy());
		server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
		server.listen(address, () => resolve(server));
	});
}
