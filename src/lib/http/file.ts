import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { HttpError, reasonOf } from './errors.js';

/**
 * Streams to a file that appears complete or not at all: written beside it under another name, then renamed.
 * What was written is removed on any failure; a file that was there before stays as it was.
 *
 * @returns bytes written
 * @throws HttpError `write-failed`, and what `chunks` throws
 */
export async function writeFile(chunks: AsyncIterable<Buffer>, path: string, signal: AbortSignal): Promise<number> {
	const partial = `${path}.${randomUUID()}.part`;
	const file = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true });
	try {
		await pipeline(chunks, file, { signal });
		await rename(partial, path);
		return file.bytesWritten;
	} catch (error) {
		// The pipeline does not wait for a file that is still being opened: it would be there after its removal.
		if (!file.closed) await new Promise<void>((resolve) => file.once('close', () => resolve()));
		await rm(partial, { force: true });
		if (error instanceof HttpError || signal.aborted) throw error;
		throw new HttpError('write-failed', { reason: reasonOf(error) });
	}
}
