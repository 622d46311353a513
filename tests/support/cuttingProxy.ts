import { connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
	readonly port: number;
	/** Ends every connection and refuses new ones. */
	cut(): void;
	/** Keeps the connections open but lets nothing through; new ones are taken and get no answer. */
	stall(): void;
	/** Lets everything through again; stalled connections are ended. */
	restore(): void;
	close(): Promise<void>;
}

/** A TCP proxy on a free port of loopback before `target`, through which a test makes an outage. */
export async function cuttingProxy(target: { host: string; port: number }): Promise<CuttingProxy> {
	let mode: 'open' | 'cut' | 'stalled' = 'open';
	const sockets = new Set<Socket>();
	const endAll = (): void => {
		for (const socket of sockets) socket.destroy();
	};
	const keep = (socket: Socket): void => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.on('close', () => sockets.delete(socket));
	};
	const server = createServer((client) => {
		keep(client);
		if (mode === 'cut') return void client.destroy();
		const upstream = connect(target.port, target.host);
		keep(upstream);
		client.on('close', () => upstream.destroy());
		upstream.on('close', () => client.destroy());
		client.on('data', (bytes) => mode === 'open' && upstream.write(bytes));
		upstream.on('data', (bytes) => mode === 'open' && client.write(bytes));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The proxy has no port');

	return {
		port: address.port,
		cut() {
			mode = 'cut';
			endAll();
		},
		stall() {
			mode = 'stalled';
		},
		restore() {
			if (mode === 'stalled') endAll();
			mode = 'open';
		},
		async close() {
			endAll();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		}
	};
}
