import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BlobStore, bytesOf, openBlobStore, textOf, use } from './_store.js';

describe.each(['PostgreSQL', 'a bucket'] as const)('files in %s', (place) => {
	let store: BlobStore;
	beforeAll(async () => {
		store = await openBlobStore(place);
	});
	afterAll(() => store[Symbol.asyncDispose]());
	beforeEach(async () => {
		const { prisma } = store.database;
		await prisma.blobUse.deleteMany();
		await prisma.blob.deleteMany();
		await prisma.blobRemoval.deleteMany();
		store.objects?.objects.clear();
	});
	/** Rows of blobs and, in a bucket, objects: they must say the same. */
	const kept = async () => {
		const rows = await store.database.prisma.blob.count();
		if (store.objects !== null) expect(store.objects.objects.size).toBe(rows);
		return rows;
	};

	test('what was put is given back, to its owner alone', async () => {
		const { blobs } = store;
		const ref = await blobs.put(bytesOf('hello'), use('case:1:1'));
		expect(ref).toEqual({ hash: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', size: 5 });
		expect(await blobs.get(ref.hash, 'case:1:1')).toEqual({
			...ref,
			bytes: expect.any(Uint8Array),
			name: 'case:1:1.txt',
			contentType: 'text/plain'
		});
		expect(textOf(await blobs.get(ref.hash, 'case:1:1'))).toBe('hello');
		expect(await blobs.get(ref.hash, 'case:1:2')).toBeNull();
		expect(await blobs.get('0'.repeat(64), 'case:1:1')).toBeNull();
	});

	test('every byte comes back as it was, none at all too', async () => {
		for (const bytes of [new Uint8Array(), Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256)]) {
			const { hash } = await store.blobs.put(bytes, use('a'));
			expect(Buffer.compare(bytes, (await store.blobs.get(hash, 'a'))?.bytes ?? bytesOf('lost'))).toBe(0);
		}
	});

	test('the same bytes are one object, with a name for each owner', async () => {
		const { blobs } = store;
		const { hash } = await blobs.put(bytesOf('same'), use('a', { name: 'one.png', contentType: 'image/png' }));
		expect((await blobs.put(bytesOf('same'), use('b'))).hash).toBe(hash);
		expect(await kept()).toBe(1);
		expect(await blobs.get(hash, 'a')).toMatchObject({ name: 'one.png', contentType: 'image/png' });
		expect(await blobs.get(hash, 'b')).toMatchObject({ name: 'b.txt', contentType: 'text/plain' });
	});

	test('the last owner takes it along, and letting go twice is nothing', async () => {
		const { blobs } = store;
		const { hash } = await blobs.put(bytesOf('shared'), use('a'));
		await blobs.put(bytesOf('shared'), use('b'));
		await blobs.release(hash, 'a');
		await blobs.release(hash, 'a');
		await blobs.release(hash, 'nobody');
		expect([await blobs.get(hash, 'a'), textOf(await blobs.get(hash, 'b'))]).toEqual([null, 'shared']);
		await blobs.release(hash, 'b');
		expect(await kept()).toBe(0);
		await blobs.put(bytesOf('shared'), use('c'));
		expect([await kept(), textOf(await blobs.get(hash, 'c'))]).toEqual([1, 'shared']);
	});

	test('what must not be kept is deleted for all', async () => {
		const { blobs } = store;
		const { hash } = await blobs.put(bytesOf('unwanted'), use('a'));
		await blobs.put(bytesOf('unwanted'), use('b'));
		await blobs.delete(hash);
		await blobs.delete(hash);
		expect([await kept(), await blobs.get(hash, 'a'), await blobs.get(hash, 'b')]).toEqual([0, null, null]);
	});

	test('too large a file is refused and nothing of it is kept', async () => {
		await expect(store.blobs.put(new Uint8Array(100_001), use('a'))).rejects.toThrow('100001 bytes are more than the 100000');
		await store.blobs.put(new Uint8Array(100_000), use('a'));
		expect(await kept()).toBe(1);
	});

	test('an expired use is not given out and goes with the chore; the others stay', async () => {
		const { blobs, clock } = store;
		const soon = { expiresAt: clock.now() + 10 };
		const { hash } = await blobs.put(bytesOf('timed'), use('a', soon));
		await blobs.put(bytesOf('timed'), use('b'));
		const alone = await blobs.put(bytesOf('alone'), use('a', soon));
		clock.advance(9);
		expect(textOf(await blobs.get(hash, 'a'))).toBe('timed');
		expect(await blobs.purgeExpired(clock.now(), 100)).toBe(0);
		clock.advance(1);
		expect(await blobs.get(hash, 'a')).toBeNull();
		expect(await blobs.purgeExpired(clock.now(), 100)).toBe(2);
		expect([await kept(), textOf(await blobs.get(hash, 'b')), await blobs.get(alone.hash, 'a')]).toEqual([1, 'timed', null]);
	});

	test('put again, the last expiry counts', async () => {
		const { blobs, clock } = store;
		const { hash } = await blobs.put(bytesOf('again'), use('a', { expiresAt: clock.now() + 10 }));
		await blobs.put(bytesOf('again'), use('a', { name: 'new.txt' }));
		clock.advance(20);
		expect(await blobs.purgeExpired(clock.now(), 100)).toBe(0);
		expect(await blobs.get(hash, 'a')).toMatchObject({ name: 'new.txt' });
	});

	test('the chore ends no more than it may, and all of them in the end', async () => {
		const { blobs, clock } = store;
		for (let index = 0; index < 120; index += 1) await blobs.put(bytesOf(`${index}`), use('a', { expiresAt: clock.now() }));
		const ended = [await blobs.purgeExpired(clock.now(), 70), await blobs.purgeExpired(clock.now(), 70)];
		expect(ended).toEqual([70, 50]);
		if (store.objects !== null) await blobs.purgeExpired(clock.now(), 70);
		expect(await kept()).toBe(0);
	});

	test('with a server goes what was kept for it', async () => {
		const { prisma } = store.database;
		await prisma.guild.create({ data: { guildId: 7n, joinedAt: new Date(0) } });
		const { hash } = await store.blobs.put(bytesOf('of the server'), use('case:7:1', { guildId: '7' }));
		await store.blobs.put(bytesOf('of another'), use('a'));
		await prisma.guild.delete({ where: { guildId: 7n } });
		expect(await store.blobs.get(hash, 'case:7:1')).toBeNull();
		expect([await store.blobs.purgeExpired(store.clock.now(), 100), await kept()]).toEqual([1, 1]);
	});

	test('put by many at once, in two processes, it is one', async () => {
		const second = await store.another();
		const refs = await Promise.all(
			Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store.blobs : second).put(bytesOf('crowd'), use(`owner:${index}`)))
		);
		expect(new Set(refs.map(({ hash }) => hash)).size).toBe(1);
		expect([await kept(), await store.database.prisma.blobUse.count()]).toEqual([1, 20]);
	});

	test('put and let go at the same time: whoever holds it in the end can read it, and without anybody it is gone', async () => {
		const second = await store.another();
		for (let round = 0; round < 25; round += 1) {
			const { hash } = await store.blobs.put(bytesOf('contended'), use('old'));
			await Promise.all([
				store.blobs.release(hash, 'old'),
				second.put(bytesOf('contended'), use('new')),
				second.put(bytesOf('contended'), use('passing')).then(() => second.release(hash, 'passing')),
				store.blobs.purgeExpired(store.clock.now(), 10)
			]);
			expect(textOf(await store.blobs.get(hash, 'new'))).toBe('contended');
			expect(await kept()).toBe(1);
			await Promise.all([store.blobs.release(hash, 'new'), second.release(hash, 'new'), second.delete(hash)]);
			expect(await kept()).toBe(0);
		}
	});
});
