import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { createHttp, type Endpoint, type Http, type HttpOptions, type Network, type Timing } from '#lib/http/index.js';

/** An address that passes as public; the fake network brings it to a server of the test. */
export const PUBLIC = '93.184.216.34';

export interface TestServer extends AsyncDisposable {
	readonly port: number;
	readonly origin: string;
	/** `METHOD /path` of each request, in order. */
	readonly hits: string[];
	readonly requests: IncomingMessage[];
	/** Connections, whether or not a request came over them. */
	connections(): number;
}

export async function startServer(listener: RequestListener, certificate?: { key: string; cert: string }): Promise<TestServer> {
	const hits: string[] = [];
	const requests: IncomingMessage[] = [];
	const recorded: RequestListener = (request, response) => {
		hits.push(`${request.method} ${request.url}`);
		requests.push(request);
		// A client that hangs up is a part of many of these stories.
		response.on('error', () => undefined);
		return listener(request, response);
	};
	const server = certificate === undefined ? createServer(recorded) : createTlsServer(certificate, recorded);
	let connections = 0;
	server.on('connection', () => connections++);
	const port = await listening(server);
	const origin = `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
	return { port, origin, hits, requests, connections: () => connections, [Symbol.asyncDispose]: () => stop(server) };
}

export interface TestProxy extends AsyncDisposable {
	readonly url: string;
	/** What it was asked to CONNECT to. */
	readonly asked: string[];
	readonly authorizations: (string | undefined)[];
}

/** A CONNECT proxy that leads every address to `port` on this machine, or refuses with `status`, or says `first` before the host does. */
export async function startProxy(port: number, status = 200, first = ''): Promise<TestProxy> {
	const asked: string[] = [];
	const authorizations: (string | undefined)[] = [];
	const tunnels = new Set<Duplex>();
	const server = createServer((_request, response) => response.writeHead(405).end());
	server.on('connect', (request, socket: Duplex) => {
		asked.push(request.url ?? '');
		authorizations.push(request.headers['proxy-authorization']);
		socket.on('error', () => undefined);
		if (status !== 200) {
			socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
			return;
		}
		const upstream = connect(port, '127.0.0.1', () => socket.write(`HTTP/1.1 200 OK\r\n\r\n${first}`));
		for (const end of [socket, upstream]) tunnels.add(end);
		upstream.on('error', () => socket.destroy());
		upstream.pipe(socket).pipe(upstream);
	});
	const own = await listening(server);
	return {
		url: `http://127.0.0.1:${own}`,
		asked,
		authorizations,
		async [Symbol.asyncDispose]() {
			for (const end of tunnels) end.destroy();
			await stop(server);
		}
	};
}

export interface TestNetwork extends Network {
	/** Names that were looked up, and endpoints to which a socket was opened. */
	readonly lookups: string[];
	readonly opened: Endpoint[];
}

/** Names as told; an array of arrays is answered one after the other. Every socket ends at `port` on this machine, whatever its address. */
export function fakeNetwork(
	port: number,
	names: Readonly<Record<string, readonly string[] | readonly (readonly string[])[]>> = {}
): TestNetwork {
	const lookups: string[] = [];
	const opened: Endpoint[] = [];
	return {
		lookups,
		opened,
		async resolve(host) {
			const times = lookups.filter((name) => name === host).length;
			lookups.push(host);
			const answer = names[host] ?? [PUBLIC];
			const turn = answer[Math.min(times, answer.length - 1)];
			return Array.isArray(turn) ? turn : answer.map(String);
		},
		open(endpoint) {
			opened.push(endpoint);
			return connect(port, '127.0.0.1');
		},
		ownAddresses: () => []
	};
}

/** Time that passes when it is waited for, with the middle of every chance. */
export function fakeTiming(): Timing & { readonly waits: number[] } {
	const waits: number[] = [];
	let now = Date.parse('2026-01-01T00:00:00Z');
	return {
		waits,
		now: () => now,
		random: () => 0.5,
		async wait(ms, signal) {
			signal.throwIfAborted();
			waits.push(ms);
			now += ms;
		}
	};
}

export function openHttp(options: Partial<HttpOptions>): Http & AsyncDisposable {
	const http = createHttp({ proxies: [], trustedOrigins: [], userAgent: 'Evict test', timing: fakeTiming(), ...options });
	return { ...http, [Symbol.asyncDispose]: () => http.close() };
}

async function listening(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeAllConnections();
	await closed;
}
