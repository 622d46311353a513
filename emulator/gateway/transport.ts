import zlib from 'node:zlib';

/** How a client wants its frames. https://discord.com/developers/docs/events/gateway#transport-compression */
export type Compression = 'none' | 'zlib-stream' | 'zstd-stream';

/** What the query of a gateway address asks for. */
export interface Transport {
	version: number;
	compression: Compression;
}

/** A close code with its reason. */
export interface Refusal {
	code: number;
	reason: string;
}

/** True where Node has zstd built in: from 22.15 and 23.8 on. */
export const hasZstd = typeof zlib.createZstdCompress === 'function';

/**
 * Reads `v`, `encoding` and `compress`. What the emulator does not speak is refused with a sentence: a client that asked for ETF and got JSON would fail in a way that
 * nobody understands.
 */
export function readTransport(query: URLSearchParams, zstd: boolean = hasZstd): Transport | Refusal {
	const version = Number(query.get('v') ?? '10');
	if (version !== 9 && version !== 10) return { code: 4012, reason: 'Invalid API version.' };
	const encoding = query.get('encoding') ?? 'json';
	if (encoding !== 'json') return { code: 4002, reason: `The emulator speaks encoding=json, not ${encoding.slice(0, 20)}.` };
	const compression = query.get('compress') ?? 'none';
	if (compression === 'zstd-stream' && !zstd) {
		return { code: 4002, reason: `compress=zstd-stream needs Node 22.15 or newer; this is ${process.version}.` };
	}
	if (compression !== 'none' && compression !== 'zlib-stream' && compression !== 'zstd-stream') {
		return { code: 4002, reason: `There is no compress=${compression.slice(0, 20)}.` };
	}
	return { version, compression };
}

export function isRefusal(transport: Transport | Refusal): transport is Refusal {
	return 'code' in transport;
}

/** One stream for a whole connection: each frame goes out flushed, and later ones use what earlier ones said. */
export class Squeezer {
	readonly #pending: Buffer[] = [];
	readonly #stream: zlib.Deflate | zlib.ZstdCompress;
	readonly #flush: number;

	constructor(
		compression: 'zlib-stream' | 'zstd-stream',
		private readonly send: (data: Buffer) => void
	) {
		const isZlib = compression === 'zlib-stream';
		this.#flush = isZlib ? zlib.constants.Z_SYNC_FLUSH : zlib.constants.ZSTD_e_flush;
		this.#stream = isZlib ? zlib.createDeflate({ flush: this.#flush, chunkSize: 65_535 }) : zlib.createZstdCompress({ chunkSize: 65_535 });
		this.#stream.on('data', (chunk: Buffer) => this.#pending.push(chunk));
	}

	/** Compresses one frame and sends it as one message (zlib's ends with the flush marker 00 00 ff ff). */
	write(frame: string): void {
		this.#stream.write(frame);
		this.#stream.flush(this.#flush, () => {
			if (this.#pending.length > 0) this.send(Buffer.concat(this.#pending.splice(0)));
		});
	}

	/** Gives the memory back. */
	end(): void {
		this.#stream.destroy();
	}
}
