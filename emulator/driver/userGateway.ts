import { WebSocket } from 'ws';
import type { JsonObject } from '../state/types.js';
import { asObject } from './api.js';

export type GatewayListener = (type: string, data: JsonObject) => void;

/** A person's client on the gateway: told everything he may see. */
export class UserGateway {
	readonly #listeners = new Set<GatewayListener>();
	#socket: WebSocket | null = null;
	#heartbeat: NodeJS.Timeout | null = null;
	#seq: number | null = null;
	sessionId = '';

	constructor(
		readonly url: string,
		readonly token: string
	) {}

	/** Logs in; settles when READY came. */
	connect(): Promise<void> {
		const socket = new WebSocket(`${this.url}/?v=10&encoding=json`);
		this.#socket = socket;
		return new Promise((resolve, reject) => {
			socket.on('error', reject);
			socket.on('close', (code) => {
				this.#stopHeartbeat();
				reject(new Error(`The gateway closed the connection: ${code}`));
			});
			socket.on('message', (frame) => this.#receive(JSON.parse(String(frame)), resolve));
		});
	}

	/** Leaves. Who listens hears more after the next login. */
	close(): void {
		this.#stopHeartbeat();
		this.#socket?.close(1000);
		this.#socket = null;
	}

	listen(listener: GatewayListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	send(op: number, data: JsonObject | number | null): void {
		if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ op, d: data }));
	}

	#receive(payload: JsonObject, ready: () => void): void {
		const data = asObject(payload['d']);
		if (typeof payload['s'] === 'number') this.#seq = payload['s'];
		if (payload['op'] === 10) this.#start(Number(data['heartbeat_interval']));
		if (payload['op'] !== 0) return;
		const type = String(payload['t']);
		if (type === 'READY') {
			this.sessionId = String(data['session_id']);
			ready();
		}
		for (const listener of [...this.#listeners]) listener(type, data);
	}

	#start(interval: number): void {
		this.#heartbeat = setInterval(() => this.send(1, this.#seq), interval);
		this.#heartbeat.unref();
		this.send(2, { token: this.token, properties: { os: 'linux', browser: 'driver', device: '' } });
	}

	#stopHeartbeat(): void {
		if (this.#heartbeat !== null) clearInterval(this.#heartbeat);
		this.#heartbeat = null;
	}
}
