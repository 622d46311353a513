import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { HttpError } from './errors.js';
import { bodyFailure } from './failures.js';

/**
 * Above this many bytes a body may be at most `BOMB_RATIO` times as large as what came over the line.
 * Ordinary text packs 3 to 20 times; only emptiness packs 100 times.
 */
const BOMB_FROM_BYTES = 10_000_000;
const BOMB_RATIO = 100;

export interface RawBody {
	readonly stream: Readable;
	readonly encoding: string | undefined;
	/** As the header says it. */
	readonly contentLength: string | undefined;
	readonly origin: string;
}

/**
 * The body, decompressed, piece by piece, never more than `maxBytes`. The connection is let go however reading ends.
 *
 * @throws HttpError `too-large` | `truncated` | `invalid-body` | `timeout`
 */
export async function* readBody(body: RawBody, maxBytes: number): AsyncGenerator<Buffer, void, undefined> {
	const { stream, origin } = body;
	let size = 0;
	try {
		if (Number(body.contentLength ?? 0) > maxBytes) throw new HttpError('too-large', { origin });
		const { decoded, received } = decode(body);
		for await (const chunk of decoded) {
			if (!Buffer.isBuffer(chunk)) throw new TypeError('A body is read as bytes');
			size += chunk.length;
			if (size > maxBytes || (size > BOMB_FROM_BYTES && size > received() * BOMB_RATIO)) throw new HttpError('too-large', { origin });
			yield chunk;
		}
	} catch (error) {
		throw bodyFailure(error, origin);
	} finally {
		discard(stream);
	}
}

/** All of it in one buffer that grows by doubling: a body sent byte by byte must not become millions of small objects. */
export async function collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
	let buffer = Buffer.allocUnsafe(0);
	let size = 0;
	for await (const chunk of chunks) {
		if (size + chunk.length > buffer.length) {
			const larger = Buffer.allocUnsafe(Math.max(size + chunk.length, buffer.length * 2));
			buffer.copy(larger, 0, 0, size);
			buffer = larger;
		}
		size += chunk.copy(buffer, size);
	}
	return buffer.subarray(0, size);
}

/** Ends a body that nobody reads. */
export function discard(stream: Readable): void {
	stream.on('error', () => undefined).destroy();
}

function decode({ stream, encoding, origin }: RawBody): { decoded: Readable; received: () => number } {
	const decoder = decoderFor(encoding?.trim().toLowerCase() ?? '', origin);
	if (decoder === null) return { decoded: stream, received: () => Number.POSITIVE_INFINITY };
	// A failure of either side reaches the reader through the decoder.
	pipeline(stream, decoder, () => undefined);
	return { decoded: decoder, received: () => decoder.bytesWritten };
}

function decoderFor(encoding: string, origin: string) {
	switch (encoding) {
		case '':
		case 'identity':
			return null;
		case 'gzip':
		case 'x-gzip':
			return createGunzip();
		case 'deflate':
			return createInflate();
		case 'br':
			return createBrotliDecompress();
		default:
			// Also two encodings on top of each other, which only a bomb needs.
			throw new HttpError('invalid-body', { origin, reason: 'UNKNOWN_ENCODING' });
	}
}
