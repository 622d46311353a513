import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Discord } from '../discord.js';
import { Connection } from './connection.js';
import { receive } from './receive.js';
import { endSession } from './sessions.js';
import { isRefusal, readTransport } from './transport.js';

/** How long a lost session can be resumed; Discord does not say, some minutes by experience. */
const RESUMABLE_MS = 5 * 60_000;

/** Takes websockets and speaks Discord's gateway protocol on them. */
export class GatewayServer {
	readonly connections = new Set<Connection>();
	readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 16 << 20 });

	constructor(private readonly discord: Discord) {}

	/** Handles the upgrade of `/gateway`. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		this.#sockets.handleUpgrade(request, socket, head, (webSocket) =>
			this.#welcome(webSocket, socket, new URL(request.url ?? '/', 'http://x'))
		);
	}

	/** Ends every socket at once. */
	close(): void {
		for (const connection of this.connections) connection.socket.terminate();
		this.#sockets.close();
	}

	#welcome(socket: WebSocket, wire: Duplex, url: URL): void {
		socket.on('error', () => socket.terminate());
		const transport = readTransport(url.searchParams);
		if (isRefusal(transport)) {
			socket.close(transport.code, transport.reason);
			return;
		}
		const connection = new Connection(socket, wire, transport);
		this.connections.add(connection);
		socket.on('close', (code) => this.#lost(connection, code));
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

	/**
	 * Discord closes a connection whose client has not beaten for a while. People are spared: tests drive them from the process of the emulator, and when that is busy for a moment
	 * nobody could beat in time.
	 */
	#watchHeartbeat(connection: Connection): void {
		const interval = this.discord.heartbeatInterval;
		const watch = setInterval(() => {
			if (connection.session?.account.kind === 'user') return;
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
