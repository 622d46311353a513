import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** `TEST_REDIS_URL`, otherwise a server of our own on a free port that forgets; undefined where there is no binary. */
export async function startRedisServer(): Promise<{ url: string; stop(): Promise<void> } | undefined> {
	const given = process.env['TEST_REDIS_URL'];
	if (given !== undefined) return { url: given, stop: async () => undefined };
	if (spawnSync('redis-server', ['--version']).status !== 0) return undefined;
	const port = await freePort();
	const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
	const child = spawn('redis-server', options, { stdio: 'ignore' });
	const ended = once(child, 'exit');
	const end = performance.now() + 10_000;
	while (!(await accepts(port))) {
		if (performance.now() > end || child.exitCode !== null) throw new Error('The Redis of this run did not start');
		await wait(20);
	}
	return {
		url: `redis://127.0.0.1:${port}`,
		async stop() {
			child.kill();
			await ended;
		}
	};
}

export async function freePort(): Promise<number> {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new TypeError('The system gave no port');
	return address.port;
}

function accepts(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
