import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Discord } from '../discord.js';
import { Connection } from './connection.js';
import { receive } from './receive.js';
import { endSession } from './sessions.js';

/** How long a lost session can be resumed; Discord does not say, some minutes by experience. */
const RESUMABLE_MS = 5 * 60_000;

/** Takes websockets and speaks Discord's gateway protocol on them. */
export class GatewayServer {
	readonly connections = new Set<Connection>();
	readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });

	constructor(private readonly discord: Discord) {}

	/** Handles the upgrade of `/gateway`. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#welcome(webSocket, new URL(request.url ?? '/', 'http://x')));
	}

	/** Ends every socket at once. */
	close(): void {
		for (const connection of this.connections) connection.socket.terminate();
		this.#sockets.close();
	}

	#welcome(socket: WebSocket, url: URL): void {
		const version = Number(url.searchParams.get('v') ?? '10');
		const connection = new Connection(socket, version, url.searchParams.get('compress') === 'zlib-stream');
		this.connections.add(connection);
		socket.on('error', () => socket.terminate());
		socket.on('close', (code) => this.#lost(connection, code));
		if (version < 9 || version > 10) {
			connection.close(4012, 'Invalid API version.');
			return;
		}
		socket.on('message', (data, isBinary) => {
			if (isBinary || !connection.countSend()) {
				connection.close(isBinary ? 4002 : 4008, isBinary ? 'Decode error.' : 'Rate limited.');
				return;
			}
			receive(this.discord, connection, String(data));
		});
		connection.op(10, { heartbeat_interval: this.discord.heartbeatInterval, _trace: ['["emulator"]'] });
		this.#watchHeartbeat(connection);
	}

	/** Discord closes a connection whose client has not beaten for a while. */
	#watchHeartbeat(connection: Connection): void {
		const interval = this.discord.heartbeatInterval;
		const watch = setInterval(() => {
			if (Date.now() - connection.lastHeartbeat > interval * 1.5) connection.close(4009, 'Session timed out.');
		}, interval / 2);
		watch.unref();
		connection.socket.once('close', () => clearInterval(watch));
	}

	#lost(connection: Connection, code: number): void {
		this.connections.delete(connection);
		const { session } = connection;
		if (session === null || session.connection !== connection) return;
		session.connection = null;
		// 1000 and 1001 sent by the client end the session. https://discord.com/developers/docs/events/gateway#disconnecting
		if (code === 1000 || code === 1001) endSession(this.discord, session);
		else {
			this.discord.world.clock.after(RESUMABLE_MS, () => {
				if (session.connection === null) endSession(this.discord, session);
			});
		}
	}
}
