import type { Database, Transaction } from '#lib/data/database.js';
import type { BlobUse } from './blobs.js';

/** A blob as its row says it: the bytes, or where they lie. */
export interface BlobRow {
	readonly size: number;
	readonly data: Uint8Array | null;
	readonly objectKey: string | null;
	readonly name: string;
	readonly contentType: string;
}

/** What became of an upload when its row was to be written. */
export type Claim = 'stored' | 'known' | 'late';

/**
 * The rows of blobs. Whoever adds a use locks the row of the blob against its end, and whoever ends it locks it against new uses:
 * PostgreSQL decides who was first, and the other one sees what is left.
 */
export class BlobRows {
	public constructor(private readonly database: Pick<Database, 'prisma' | 'transaction'>) {}

	/** Adds the use if there is such a blob. */
	public async attach(hash: string, use: BlobUse): Promise<boolean> {
		return attach(this.database.prisma, hash, use);
	}

	/** The same in the caller's transaction. */
	public attachIn(tx: Transaction, hash: string, use: BlobUse): Promise<boolean> {
		return attach(tx, hash, use);
	}

	public async storeHere(hash: string, bytes: Uint8Array, use: BlobUse, now: number): Promise<void> {
		await this.database.transaction(async (tx) => {
			await tx.$executeRaw`/* blobs: store */
				INSERT INTO blob (hash, size, data, created_at) VALUES (${hash}, ${bytes.byteLength}, ${bytes}, ${new Date(now)})
				ON CONFLICT (hash) DO UPDATE SET size = EXCLUDED.size`;
			await attach(tx, hash, use);
		});
	}

	/** Before an upload: without a row by then, the object is removed at `dueAt`. */
	public async announce(objectKey: string, dueAt: number): Promise<void> {
		await this.database.prisma.blobRemoval.create({ data: { objectKey, dueAt: new Date(dueAt), doomed: false } });
	}

	/** After an upload. `known`: another one was first, and ours is to be removed. `late`: ours is being removed already. */
	public async storeThere(hash: string, size: number, objectKey: string, use: BlobUse, now: number): Promise<Claim> {
		return this.database.transaction(async (tx) => {
			const { count } = await tx.blobRemoval.deleteMany({ where: { objectKey, doomed: false } });
			if (count === 0) return 'late';
			const [row] = await tx.$queryRaw<{ objectKey: string | null }[]>`/* blobs: store in the bucket */
				INSERT INTO blob (hash, size, object_key, created_at) VALUES (${hash}, ${size}, ${objectKey}, ${new Date(now)})
				ON CONFLICT (hash) DO UPDATE SET size = EXCLUDED.size RETURNING object_key AS "objectKey"`;
			await attach(tx, hash, use);
			if (row?.objectKey === objectKey) return 'stored';
			await doom(tx, [objectKey], now);
			return 'known';
		});
	}

	/** Null when `owner` does not hold it, or no longer. */
	public async find(hash: string, owner: string, now: number): Promise<BlobRow | null> {
		const [row] = await this.database.prisma.$queryRaw<BlobRow[]>`/* blobs: read */
			SELECT blob.size, blob.data, blob.object_key AS "objectKey", held.name, held.content_type AS "contentType"
			FROM blob_use AS held JOIN blob USING (hash)
			WHERE hash = ${hash} AND held.owner = ${owner} AND (held.expires_at IS NULL OR held.expires_at > ${new Date(now)})`;
		return row ?? null;
	}

	/** Ends the use of one owner, or of all. Answers the objects that are now to be removed. */
	public async release(hash: string, owner: string | null, now: number): Promise<readonly string[]> {
		return this.database.transaction(async (tx) => {
			await tx.$queryRaw`/* blobs: lock */ SELECT hash FROM blob WHERE hash = ${hash} FOR UPDATE`;
			await tx.blobUse.deleteMany({ where: { hash, ...(owner === null ? {} : { owner }) } });
			return (await endUnheld(tx, [hash], now)).objectKeys;
		});
	}

	/** Ends at most `limit` uses whose time has come. Answers how many blobs were looked at. */
	public async endExpired(now: number, limit: number): Promise<number> {
		return this.database.transaction(async (tx) => {
			const rows = await tx.$queryRaw<{ hash: string }[]>`/* blobs: expired */
				SELECT hash FROM blob
				WHERE hash IN (SELECT hash FROM blob_use WHERE expires_at <= ${new Date(now)} ORDER BY expires_at LIMIT ${limit})
				ORDER BY hash FOR UPDATE`;
			const hashes = rows.map(({ hash }) => hash);
			const { count } = await tx.blobUse.deleteMany({ where: { hash: { in: hashes }, expiresAt: { lte: new Date(now) } } });
			await endUnheld(tx, hashes, now);
			return count;
		});
	}

	/** Ends at most `limit` blobs that nobody holds: uses go with their server, without a word to the blob. */
	public async endForgotten(now: number, limit: number): Promise<number> {
		return this.database.transaction(async (tx) => {
			const rows = await tx.$queryRaw<{ hash: string }[]>`/* blobs: without a use */
				SELECT hash FROM blob WHERE NOT EXISTS (SELECT FROM blob_use WHERE blob_use.hash = blob.hash)
				ORDER BY hash LIMIT ${limit} FOR UPDATE`;
			const ended = await endUnheld(
				tx,
				rows.map(({ hash }) => hash),
				now
			);
			return ended.count;
		});
	}

	/** Objects that are to be removed by now; no upload can claim one of them any more. */
	public async takeRemovals(now: number, limit: number): Promise<readonly string[]> {
		const rows = await this.database.prisma.$queryRaw<{ objectKey: string }[]>`/* blobs: take removals */
			UPDATE blob_removal SET doomed = true
			WHERE object_key IN (SELECT object_key FROM blob_removal WHERE due_at <= ${new Date(now)} ORDER BY due_at LIMIT ${limit})
			RETURNING object_key AS "objectKey"`;
		return rows.map(({ objectKey }) => objectKey);
	}

	public async removed(objectKey: string): Promise<void> {
		await this.database.prisma.blobRemoval.deleteMany({ where: { objectKey } });
	}
}

async function attach(tx: Transaction, hash: string, { owner, guildId, name, contentType, expiresAt }: BlobUse): Promise<boolean> {
	const count = await tx.$executeRaw`/* blobs: attach */
		INSERT INTO blob_use (hash, owner, guild_id, name, content_type, expires_at)
		SELECT hash, ${owner}, ${guildId === null ? null : BigInt(guildId)}::bigint, ${name}, ${contentType},
			${expiresAt === null ? null : new Date(expiresAt)}::timestamptz
		FROM (SELECT hash FROM blob WHERE hash = ${hash} FOR KEY SHARE) AS held
		ON CONFLICT (hash, owner) DO UPDATE
			SET guild_id = EXCLUDED.guild_id, name = EXCLUDED.name, content_type = EXCLUDED.content_type, expires_at = EXCLUDED.expires_at`;
	return count === 1;
}

/** Ends those of `hashes`, locked by the caller, that nobody holds. */
async function endUnheld(
	tx: Transaction,
	hashes: readonly string[],
	now: number
): Promise<{ readonly count: number; readonly objectKeys: readonly string[] }> {
	const rows = await tx.$queryRaw<{ objectKey: string | null }[]>`/* blobs: end */
		DELETE FROM blob
		WHERE hash = ANY (${[...hashes]}::text[]) AND NOT EXISTS (SELECT FROM blob_use WHERE blob_use.hash = blob.hash)
		RETURNING object_key AS "objectKey"`;
	const objectKeys = rows.flatMap(({ objectKey }) => (objectKey === null ? [] : [objectKey]));
	await doom(tx, objectKeys, now);
	return { count: rows.length, objectKeys };
}

async function doom(tx: Transaction, objectKeys: readonly string[], now: number): Promise<void> {
	if (objectKeys.length === 0) return;
	await tx.blobRemoval.createMany({ data: objectKeys.map((objectKey) => ({ objectKey, dueAt: new Date(now), doomed: true })) });
}
