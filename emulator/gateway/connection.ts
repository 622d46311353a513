import type { Duplex } from 'node:stream';
import { deflateSync } from 'node:zlib';
import type { WebSocket } from 'ws';
import type { Json } from '../state/types.js';
import type { Session } from './session.js';
import { Squeezer, type Transport } from './transport.js';

/** Discord: 120 gateway sends a minute. https://discord.com/developers/docs/events/gateway#rate-limiting */
export const SENDS_PER_MINUTE = 120;

/** Characters from which a single payload is compressed, for those who asked. */
const WORTH_IT = 1_024;

/** One socket: writes frames (compressed when asked for) and counts what the client sends. */
export class Connection {
	session: Session | null = null;
	/** When the client last sent a heartbeat, in the machine's time. */
	lastHeartbeat = Date.now();
	/** The client said in IDENTIFY that single payloads may be compressed; a stream that is compressed already ignores it. */
	compressPayloads = false;
	/** A fault: heartbeats are taken and not answered. */
	ignoreHeartbeats = false;
	#windowStart = Date.now();
	#sentInWindow = 0;
	#isGathering = false;
	readonly #squeezer: Squeezer | null;

	constructor(
		readonly socket: WebSocket,
		/** What the frames of `socket` are written to. */
		private readonly wire: Duplex,
		readonly transport: Transport
	) {
		const { compression } = transport;
		this.#squeezer = compression === 'none' ? null : new Squeezer(compression, (data) => this.#put(data));
		if (this.#squeezer !== null) socket.once('close', () => this.#squeezer?.end());
	}

	send(frame: string): void {
		if (this.socket.readyState !== this.socket.OPEN) return;
		this.#gather();
		if (this.#squeezer !== null) this.#squeezer.write(frame);
		else this.socket.send(this.compressPayloads && frame.length > WORTH_IT ? deflateSync(frame) : frame);
	}

	/** What is sent before the event loop goes on leaves in one write: most of the time under load was spent on single ones. */
	#gather(): void {
		if (this.#isGathering) return;
		this.#isGathering = true;
		this.wire.cork();
		process.nextTick(() => {
			this.#isGathering = false;
			this.wire.uncork();
		});
	}

	#put(data: Buffer): void {
		if (this.socket.readyState === this.socket.OPEN) this.socket.send(data);
	}

	op(op: number, data: Json): void {
		this.send(JSON.stringify({ t: null, s: null, op, d: data }));
	}

	close(code: number, reason: string): void {
		this.socket.close(code, reason);
	}

	/** Counts one message of the client; false when it sent more than Discord takes. */
	countSend(): boolean {
		const now = Date.now();
		if (now - this.#windowStart >= 60_000) {
			this.#windowStart = now;
			this.#sentInWindow = 0;
		}
		return ++this.#sentInWindow <= SENDS_PER_MINUTE;
	}
}
