import zlib from 'node:zlib';
import { WebSocket } from 'ws';

export interface Payload {
	op: number;
	t: string | null;
	s: number | null;
	d: Record<string, unknown>;
}

function decompressor(query: string): zlib.Inflate | zlib.ZstdDecompress | null {
	if (query.includes('zlib-stream')) return zlib.createInflate({ flush: zlib.constants.Z_SYNC_FLUSH });
	return query.includes('zstd-stream') ? zlib.createZstdDecompress({ flush: zlib.constants.ZSTD_e_flush }) : null;
}

/** A gateway client without any library: every payload it got, and ways to wait for the next. */
export class RawGateway {
	readonly payloads: Payload[] = [];
	readonly socket: WebSocket;
	closed: { code: number; reason: string } | null = null;
	readonly #wake = new Set<() => void>();

	constructor(url: string, query = 'v=10&encoding=json') {
		this.socket = new WebSocket(`${url}/?${query}`);
		const inflate = decompressor(query);
		inflate?.on('data', (chunk: Buffer) => this.#take(chunk.toString('utf8')));
		this.socket.on('message', (data: Buffer) => {
			if (inflate === null) this.#take(String(data));
			else inflate.write(data);
		});
		this.socket.on('close', (code, reason) => {
			this.closed = { code, reason: String(reason) };
			this.#tell();
		});
	}

	send(op: number, d: unknown): void {
		this.socket.send(JSON.stringify({ op, d }));
	}

	identify(token: string, fields: Record<string, unknown> = {}): void {
		this.send(2, { token, intents: 33_281, properties: { os: 'linux', browser: 'test', device: 'test' }, ...fields });
	}

	/** The first payload that fits, come or coming. */
	async next(fits: (payload: Payload) => boolean, within = 3_000): Promise<Payload> {
		await this.#until(
			() => this.payloads.some(fits) || this.closed !== null,
			within,
			() => `payload; got ${this.#summary()}`
		);
		const found = this.payloads.find(fits);
		if (found === undefined) throw new Error(`Closed with ${JSON.stringify(this.closed)} before the payload came; got ${this.#summary()}`);
		return found;
	}

	event(type: string, fits: (data: Record<string, unknown>) => boolean = () => true): Promise<Payload> {
		return this.next((payload) => payload.t === type && fits(payload.d));
	}

	op(op: number): Promise<Payload> {
		return this.next((payload) => payload.op === op);
	}

	async end(within = 3_000): Promise<{ code: number; reason: string }> {
		await this.#until(
			() => this.closed !== null,
			within,
			() => 'close'
		);
		return this.closed ?? { code: 0, reason: '' };
	}

	close(code = 1000): void {
		this.socket.close(code);
	}

	events(type: string): Payload[] {
		return this.payloads.filter((payload) => payload.t === type);
	}

	#summary(): string {
		return this.payloads.map((payload) => payload.t ?? `op ${payload.op}`).join(', ');
	}

	#take(text: string): void {
		this.payloads.push(JSON.parse(text));
		this.#tell();
	}

	#tell(): void {
		for (const wake of [...this.#wake]) wake();
	}

	#until(done: () => boolean, within: number, what: () => string): Promise<void> {
		if (done()) return Promise.resolve();
		return new Promise((resolve, reject) => {
			const check = () => {
				if (!done()) return;
				clearTimeout(timer);
				this.#wake.delete(check);
				resolve();
			};
			const timer = setTimeout(() => {
				this.#wake.delete(check);
				reject(new Error(`Waited ${within} ms for a ${what()}`));
			}, within);
			this.#wake.add(check);
		});
	}
}
