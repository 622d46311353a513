import { randomUUID } from 'node:crypto';
import type { Clock } from '#lib/core/clock.js';
import type { Database, Transaction } from '#lib/data/database.js';
import { HttpError } from '#lib/http/index.js';
import { BlobRows } from './blobRows.js';
import type { Bucket } from './bucket.js';

/** What somebody holds a blob for. */
export interface BlobUse {
	/** A thing of the bot, such as `case:<server>:<number>`; never a person, since it is not erased with one. */
	readonly owner: string;
	/** The use ends with the data of this server. */
	readonly guildId: string | null;
	readonly name: string;
	readonly contentType: string;
	/** Milliseconds since 1970. From then on it is not given out any more. */
	readonly expiresAt: number | null;
}

export interface BlobRef {
	/** SHA-256 of the bytes, in hexadecimal. */
	readonly hash: string;
	readonly size: number;
}

export interface HeldBlob extends BlobRef {
	readonly bytes: Uint8Array;
	readonly name: string;
	readonly contentType: string;
}

export interface BlobsOptions {
	readonly database: Pick<Database, 'prisma' | 'transaction'>;
	readonly clock: Pick<Clock, 'now'>;
	readonly log: { warn(details: object, message: string): void };
	/** Null: the bytes lie in PostgreSQL. */
	readonly bucket: Bucket | null;
	readonly maxBytes?: number;
}

export class BlobTooLarge extends Error {
	public override readonly name = 'BlobTooLarge';

	public constructor(size: number, maxBytes: number) {
		super(`${size} bytes are more than the ${maxBytes} that a blob may have`);
	}
}

/** An upload ends, one way or the other, long before. */
const uploadMs = 3_600_000;
const defaultMaxBytes = 25_000_000;
/** Large rows take their time to be deleted: few a statement. */
const batch = 50;

/**
 * Bytes by their SHA-256, each kept once however many hold them. An owner ends its own use, and the last use takes the bytes along.
 *
 * The rows are always in PostgreSQL; the bytes are there too, or in a bucket. There each blob has an object of a name of its own, so
 * that removing an old one never harms a new one of the same bytes, and what may be left over is written down before it is uploaded.
 */
export class Blobs {
	readonly #rows: BlobRows;
	readonly #closing = new AbortController();
	readonly maxBytes: number;

	public constructor(private readonly options: BlobsOptions) {
		this.#rows = new BlobRows(options.database);
		this.maxBytes = options.maxBytes ?? defaultMaxBytes;
	}

	/** Again by the same owner: the last name and expiry count. @throws BlobTooLarge */
	public async put(bytes: Uint8Array, use: BlobUse): Promise<BlobRef> {
		const size = bytes.byteLength;
		if (size > this.maxBytes) throw new BlobTooLarge(size, this.maxBytes);
		const hash = await hashOf(bytes);
		if (!(await this.#rows.attach(hash, use))) {
			if (this.options.bucket === null) await this.#rows.storeHere(hash, bytes, use, this.options.clock.now());
			else await this.#upload(this.options.bucket, hash, bytes, use);
		}
		return { hash, size };
	}

	/**
	 * Adds a use, or changes its name and expiry, in the transaction of what it belongs to; false when there is no such blob. Put it first,
	 * for another owner and an hour: who is killed in between leaves nothing behind. An expiry that is over ends the use.
	 */
	public keep(tx: Transaction, hash: string, use: BlobUse): Promise<boolean> {
		return this.#rows.attachIn(tx, hash, use);
	}

	/** Null when `owner` does not hold it, or its time is over. */
	public async get(hash: string, owner: string): Promise<HeldBlob | null> {
		let tried: string | null = null;
		for (;;) {
			const row = await this.#rows.find(hash, owner, this.options.clock.now());
			if (row === null) return null;
			const { size, name, contentType, data, objectKey } = row;
			const bytes = data ?? (objectKey === null ? null : await this.#download(hash, objectKey));
			if (bytes !== null) return { hash, size, name, contentType, bytes };
			// It may have ended while we asked, and begun anew under another name.
			if (objectKey === tried) throw new Error(`The bucket has lost the blob ${hash}`);
			tried = objectKey;
		}
	}

	/** `owner` holds it no longer. Twice is as good as once. */
	public async release(hash: string, owner: string): Promise<void> {
		await this.#remove(await this.#rows.release(hash, owner, this.options.clock.now()));
	}

	/** Nobody holds it any longer. */
	public async delete(hash: string): Promise<void> {
		await this.#remove(await this.#rows.release(hash, null, this.options.clock.now()));
	}

	/** Ends what has expired and what went with a server, and removes objects that nobody holds. Answers how many uses and blobs ended. */
	public async purgeExpired(now: number, limit: number): Promise<number> {
		const expired = await inBatches(limit, (size) => this.#rows.endExpired(now, size));
		const forgotten = await inBatches(limit - expired, (size) => this.#rows.endForgotten(now, size));
		await this.#sweep(now, limit);
		return expired + forgotten;
	}

	/** Where the bytes are kept and whether that works, in a few words. */
	public async state(): Promise<{ readonly ok: boolean; readonly detail: string }> {
		const { bucket } = this.options;
		if (bucket === null) return { ok: true, detail: 'in the database (BLOB_URL is not set)' };
		const where = `bucket ${bucket.address.bucket} at ${bucket.address.host}`;
		const fault = await bucket.fault();
		return { ok: fault === null, detail: fault === null ? where : `${where} ${fault}` };
	}

	/** Ends uploads and downloads under way. */
	public close(): void {
		this.#closing.abort();
	}

	async #upload(bucket: Bucket, hash: string, bytes: Uint8Array, use: BlobUse): Promise<void> {
		const { clock } = this.options;
		const objectKey = `${hash}-${randomUUID()}`;
		await this.#rows.announce(objectKey, clock.now() + uploadMs);
		await bucket.write(objectKey, hash, bytes, this.#closing.signal);
		const claim = await this.#rows.storeThere(hash, bytes.byteLength, objectKey, use, clock.now());
		if (claim === 'late') throw new Error(`The upload of ${hash} took more than an hour`);
		if (claim === 'known') await this.#remove([objectKey]);
	}

	async #download(hash: string, objectKey: string): Promise<Uint8Array | null> {
		const { bucket } = this.options;
		if (bucket === null) throw new Error(`BLOB_URL is not set, but the blob ${hash} lies in a bucket`);
		const bytes = await bucket.read(objectKey, this.maxBytes, this.#closing.signal);
		if (bytes !== null && (await hashOf(bytes)) !== hash) throw new Error(`The bucket gives other bytes than those of ${hash}`);
		return bytes;
	}

	/** The rows are gone and nobody is given these any more; what cannot be removed now is removed by the daily chore. */
	async #remove(objectKeys: readonly string[]): Promise<void> {
		const { bucket, log } = this.options;
		for (const objectKey of objectKeys) {
			if (bucket === null) continue;
			try {
				await this.#removeObject(bucket, objectKey);
			} catch (error) {
				if (!(error instanceof HttpError)) throw error;
				log.warn({ err: error }, 'An object could not be removed from the bucket; it is tried again within a day');
			}
		}
	}

	async #sweep(now: number, limit: number): Promise<void> {
		const { bucket, log } = this.options;
		const objectKeys = await this.#rows.takeRemovals(now, limit);
		if (bucket === null && objectKeys.length > 0)
			log.warn({ objects: objectKeys.length }, 'Objects are to be removed from the bucket, but BLOB_URL is not set');
		if (bucket !== null) for (const objectKey of objectKeys) await this.#removeObject(bucket, objectKey);
	}

	async #removeObject(bucket: Bucket, objectKey: string): Promise<void> {
		await bucket.remove(objectKey, this.#closing.signal);
		await this.#rows.removed(objectKey);
	}
}

/** In a thread of its own: 25 MB would hold up everything for a while. */
async function hashOf(bytes: Uint8Array): Promise<string> {
	return Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');
}

async function inBatches(limit: number, end: (size: number) => Promise<number>): Promise<number> {
	let total = 0;
	while (total < limit) {
		const count = await end(Math.min(batch, limit - total));
		total += count;
		if (count === 0) break;
	}
	return total;
}
