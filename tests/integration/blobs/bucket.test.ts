import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ObjectStore } from '../../support/objectStore.js';
import { type BlobStore, bytesOf, openBlobStore, textOf, use } from './_store.js';

const hour = 3_600_000;
let store: BlobStore;
let bucket: ObjectStore;

beforeEach(async () => {
	store = await openBlobStore('a bucket');
	if (store.objects === null) throw new Error('no bucket');
	bucket = store.objects;
});
afterEach(() => store[Symbol.asyncDispose]());

/** Resolves once a request of that method is in the bucket's hands; it stays there until `go`. */
function held(method: string) {
	const arrived = Promise.withResolvers<void>();
	const released = Promise.withResolvers<void>();
	bucket.before = async (asked) => {
		if (asked !== method) return;
		arrived.resolve();
		await released.promise;
	};
	return { arrived: arrived.promise, go: () => released.resolve() };
}

test('bytes that are there already are not sent again', async () => {
	await store.blobs.put(bytesOf('once'), use('a'));
	await store.blobs.put(bytesOf('once'), use('b'));
	expect(bucket.asked).toEqual(['PUT']);
});

test('an upload whose row was never written is removed an hour later', async () => {
	const upload = held('PUT');
	const put = store.blobs.put(bytesOf('half'), use('a'));
	await upload.arrived;
	// This process ends here, as far as the database can tell; the bucket still gets the object.
	await store.database.close();
	upload.go();
	await expect(put).rejects.toThrow();
	expect(bucket.objects.size).toBe(1);

	const next = await store.another();
	await next.purgeExpired(store.clock.now(), 100);
	expect(bucket.objects.size).toBe(1);
	store.clock.advance(hour);
	await next.purgeExpired(store.clock.now(), 100);
	expect(bucket.objects.size).toBe(0);
});

test('an upload that is still under way when it is taken for left over does not become a blob without bytes', async () => {
	const upload = held('PUT');
	const put = store.blobs.put(bytesOf('slow'), use('a'));
	await upload.arrived;
	store.clock.advance(hour);
	const second = await store.another();
	await second.purgeExpired(store.clock.now(), 100);
	upload.go();
	await expect(put).rejects.toThrow('took more than an hour');
	expect(await store.database.prisma.blob.count()).toBe(0);
	const { hash } = await store.blobs.put(bytesOf('slow'), use('a'));
	expect(textOf(await store.blobs.get(hash, 'a'))).toBe('slow');
});

test('a removal that arrives late does not take the bytes that were put since', async () => {
	const { hash } = await store.blobs.put(bytesOf('back'), use('a'));
	const removal = held('DELETE');
	const release = store.blobs.release(hash, 'a');
	await removal.arrived;
	await store.blobs.put(bytesOf('back'), use('b'));
	removal.go();
	await release;
	expect(textOf(await store.blobs.get(hash, 'b'))).toBe('back');
	expect(bucket.objects.size).toBe(1);
});

test('letting go while the bucket is away is done for the owner, and the object goes with the next chore', async () => {
	const { hash } = await store.blobs.put(bytesOf('away'), use('a'));
	bucket.fault = 403;
	await store.blobs.release(hash, 'a');
	expect(await store.blobs.get(hash, 'a')).toBeNull();
	expect(store.warnings).toEqual(['An object could not be removed from the bucket; it is tried again within a day']);
	await expect(store.blobs.purgeExpired(store.clock.now(), 100)).rejects.toMatchObject({ code: 'bad-status', status: 403 });
	bucket.fault = null;
	await store.blobs.purgeExpired(store.clock.now(), 100);
	expect([bucket.objects.size, await store.database.prisma.blobRemoval.count()]).toEqual([0, 0]);
});

test('a file that cannot be uploaded is not kept, and may be put again', async () => {
	bucket.fault = 400;
	await expect(store.blobs.put(bytesOf('later'), use('a'))).rejects.toMatchObject({ code: 'bad-status' });
	expect(await store.database.prisma.blob.count()).toBe(0);
	bucket.fault = null;
	const { hash } = await store.blobs.put(bytesOf('later'), use('a'));
	expect(textOf(await store.blobs.get(hash, 'a'))).toBe('later');
});

test('an object that was changed or lost outside is an error, not an answer', async () => {
	const { hash } = await store.blobs.put(bytesOf('original'), use('a'));
	for (const key of bucket.objects.keys()) bucket.objects.set(key, Buffer.from('tampered'));
	await expect(store.blobs.get(hash, 'a')).rejects.toThrow('other bytes');
	bucket.objects.clear();
	await expect(store.blobs.get(hash, 'a')).rejects.toThrow('has lost the blob');
});

test('what was put before there was a bucket is still read, and what lies in a bucket is missed without one', async () => {
	const before = await store.with(null);
	const { hash } = await before.put(bytesOf('in PostgreSQL'), use('a'));
	expect(textOf(await store.blobs.get(hash, 'a'))).toBe('in PostgreSQL');
	const other = await store.blobs.put(bytesOf('in the bucket'), use('a'));
	await expect(before.get(other.hash, 'a')).rejects.toThrow('BLOB_URL is not set');
	await before.release(other.hash, 'a');
	await before.purgeExpired(store.clock.now(), 100);
	expect(store.warnings).toEqual(['Objects are to be removed from the bucket, but BLOB_URL is not set']);
	await store.blobs.purgeExpired(store.clock.now(), 100);
	expect(bucket.objects.size).toBe(0);
});

test('the start says where files are kept, and what is wrong with it', async () => {
	const host = new URL(bucket.url).host;
	expect(await store.blobs.state()).toEqual({ ok: true, detail: `bucket files at ${host}` });
	expect(bucket.objects.size).toBe(0);
	const stateOf = async (url: string | null) => (await store.with(url)).state();
	expect(await stateOf(null)).toEqual({ ok: true, detail: 'in the database (BLOB_URL is not set)' });
	expect(await stateOf(bucket.url.replace(/:[^:@]+@/, ':wrong@'))).toMatchObject({ ok: false, detail: expect.stringMatching(/refuses/) });
	expect(await stateOf(bucket.url.replace('here-1', 'there-1'))).toMatchObject({ ok: false, detail: expect.stringMatching(/refuses/) });
	expect(await stateOf(bucket.url.replace('/files', '/other'))).toMatchObject({
		ok: false,
		detail: expect.stringMatching(/no such bucket/)
	});
	expect(await stateOf('http://key:secret@127.0.0.1:9/files')).toMatchObject({ ok: false, detail: expect.stringMatching(/ECONNREFUSED/) });
	bucket.fault = 500;
	expect(await store.blobs.state()).toMatchObject({ ok: false, detail: expect.stringMatching(/status 500/) });
});

test('an upload under way ends with the bot', async () => {
	const upload = held('PUT');
	const put = store.blobs.put(bytesOf('cut off'), use('a'));
	await upload.arrived;
	store.blobs.close();
	await expect(put).rejects.toMatchObject({ code: 'aborted' });
	upload.go();
});
