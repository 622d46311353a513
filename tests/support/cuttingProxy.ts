import { connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
	readonly port: number;
	/** Ends every connection and refuses new ones. */
	cut(): void;
	/** Keeps the connections open but lets nothing through; new ones are taken and get no answer. */
	stall(): void;
	/** Lets everything through again; stalled connections are ended. */
	restore(): void;
	/** Stops listening, so that connections are refused; `restore` listens on the same port again. */
	refuse(): Promise<void>;
	/** From now on every chunk of either direction waits this long. */
	delay(milliseconds: number): void;
	close(): Promise<void>;
}

/** Reads the bytes of one connection: of the client, and of the server before the client has them. */
export interface Tap {
	sent(bytes: Buffer): void;
	answered?(bytes: Buffer): void;
}

/**
 * A TCP proxy on a free port of loopback before `target`, through which a test makes an outage.
 *
 * `tap` makes, for each connection, a reader of what the client sends (postgresTap, redisTap), or of both directions: for counting.
 */
export async function cuttingProxy(
	target: { host: string; port: number },
	tap?: () => ((bytes: Buffer) => void) | Tap
): Promise<CuttingProxy> {
	let delayMs = 0;
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
	const pass = (bytes: Buffer, to: Socket): void => {
		if (mode !== 'open') return;
		if (delayMs === 0) to.write(bytes);
		// Timers of one length fire in order, so the bytes stay in order.
		else setTimeout(() => to.writable && to.write(bytes), delayMs);
	};
	const server = createServer((client) => {
		keep(client);
		if (mode === 'cut') return void client.destroy();
		const upstream = connect(target.port, target.host);
		keep(upstream);
		client.on('close', () => upstream.destroy());
		upstream.on('close', () => client.destroy());
		const reader = tap?.();
		const { sent, answered }: Partial<Tap> = typeof reader === 'function' ? { sent: reader } : (reader ?? {});
		client.on('data', (bytes) => {
			sent?.(bytes);
			pass(bytes, upstream);
		});
		upstream.on('data', (bytes) => {
			answered?.(bytes);
			pass(bytes, client);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The proxy has no port');

	const { port } = address;
	const close = async (): Promise<void> => {
		endAll();
		if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
	};

	return {
		port,
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
			if (!server.listening) server.listen(port, '127.0.0.1');
		},
		refuse: close,
		delay(milliseconds) {
			delayMs = milliseconds;
		},
		close
	};
}
