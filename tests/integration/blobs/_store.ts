import { Blobs, type BlobUse } from '#lib/blobs/blobs.js';
import { Bucket } from '#lib/blobs/bucket.js';
import { readBucketAddress } from '#lib/blobs/bucketAddress.js';
import type { Database } from '#lib/data/database.js';
import { createHttp, type Http } from '#lib/http/index.js';
import { testDatabase } from '../../support/databases.js';
import { FakeClock } from '../../support/fakeClock.js';
import { type ObjectStore, openObjectStore } from '../../support/objectStore.js';

export interface BlobStore extends AsyncDisposable {
	readonly database: Database;
	readonly blobs: Blobs;
	/** Null where the bytes lie in PostgreSQL. */
	readonly objects: ObjectStore | null;
	readonly clock: FakeClock;
	readonly warnings: string[];
	/** Another process. */
	another(): Promise<Blobs>;
	/** Another process with another BLOB_URL, or none. */
	with(url: string | null): Promise<Blobs>;
}

export async function openBlobStore(place: 'PostgreSQL' | 'a bucket'): Promise<BlobStore> {
	const objects = place === 'a bucket' ? await openObjectStore() : null;
	const there = await testDatabase();
	const database = await there.open();
	const clock = new FakeClock(1_000_000);
	const warnings: string[] = [];
	const opened: Http[] = [];
	const make = (of: Database, url: string | null) => {
		const options = { database: of, clock, log: { warn: (_: object, message: string) => void warnings.push(message) }, maxBytes: 100_000 };
		if (url === null) return new Blobs({ ...options, bucket: null });
		const address = readBucketAddress(url);
		if (typeof address === 'string') throw new Error(address);
		const http = createHttp({ proxies: [], trustedOrigins: [address.origin], userAgent: 'Evict test' });
		opened.push(http);
		return new Blobs({ ...options, bucket: new Bucket(address, http.trusted) });
	};
	const url = objects?.url ?? null;
	return {
		database,
		blobs: make(database, url),
		objects,
		clock,
		warnings,
		another: async () => make(await there.open(), url),
		with: async (other) => make(await there.open(), other),
		async [Symbol.asyncDispose]() {
			await Promise.all(opened.map((http) => http.close()));
			await there[Symbol.asyncDispose]();
			await objects?.[Symbol.asyncDispose]();
		}
	};
}

export const textOf = (blob: { readonly bytes: Uint8Array } | null): string | null => blob && Buffer.from(blob.bytes).toString();
export const bytesOf = (text: string): Uint8Array => Buffer.from(text);
export const use = (owner: string, more: Partial<BlobUse> = {}): BlobUse => ({
	owner,
	guildId: null,
	name: `${owner}.txt`,
	contentType: 'text/plain',
	expiresAt: null,
	...more
});
