import { constants, createDeflate, type Deflate, deflateSync } from 'node:zlib';
import type { WebSocket } from 'ws';
import type { Json } from '../state/types.js';
import type { Session } from './session.js';

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
	readonly #deflate: Deflate | null;

	constructor(
		readonly socket: WebSocket,
		readonly version: number,
		compress: boolean
	) {
		this.#deflate = compress ? createDeflate({ flush: constants.Z_SYNC_FLUSH, chunkSize: 65_535 }) : null;
		this.#deflate?.on('data', (chunk: Buffer) => this.#pending.push(chunk));
	}

	readonly #pending: Buffer[] = [];

	send(frame: string): void {
		if (this.socket.readyState !== this.socket.OPEN) return;
		const deflate = this.#deflate;
		if (deflate === null) {
			this.socket.send(this.compressPayloads && frame.length > WORTH_IT ? deflateSync(frame) : frame);
			return;
		}
		deflate.write(frame);
		// One websocket message must end with the flush marker 00 00 ff ff.
		deflate.flush(constants.Z_SYNC_FLUSH, () => {
			if (this.#pending.length === 0 || this.socket.readyState !== this.socket.OPEN) return;
			this.socket.send(Buffer.concat(this.#pending.splice(0)));
		});
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
