import type { ChannelLock } from '#generated/prisma/client.js';
import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { Layer } from '../domain/layers.js';
import type { LayerKind } from '../domain/permissions.js';
import { isKind } from '../domain/remember.js';

/** A layer that lies on a channel, and who laid it. */
export interface Lock {
	readonly channelId: string;
	readonly layer: Layer;
	/** Made for all channels. */
	readonly everywhere: boolean;
	readonly jobId: number | null;
	readonly actorId: string | null;
}

/** Who lays what on which channel, and when. */
export interface NewLocks {
	readonly guildId: string;
	readonly channelId: string;
	readonly layers: readonly Layer[];
	readonly actorId: string | null;
	/** Milliseconds since 1970. */
	readonly now: number;
	/** The mass work that does it, in all channels. */
	readonly jobId?: number;
}

/** Which locks of a server. */
export interface LockChoice {
	readonly guildId: string;
	readonly kind: LayerKind;
	readonly channelId?: string;
	readonly userId?: string;
	readonly everywhere?: boolean;
	readonly jobId?: number;
}

export interface LockRepository {
	/** Everything that lies on a channel, the latest last. */
	on(guildId: string, channelId: string): Promise<readonly Lock[]>;
	choose(choice: LockChoice): Promise<readonly Lock[]>;
	/** Answers how many were written: what is there already stays as it is, so that nobody remembers a locked channel as the open one. */
	add(locks: NewLocks, tx?: Transaction): Promise<number>;
	/** All of them, or none when somebody else was faster. */
	addAll(locks: NewLocks): Promise<boolean>;
	remove(choice: LockChoice, tx?: Transaction): Promise<number>;
	forgetChannels(guildId: string, channelIds: readonly string[]): Promise<void>;
	/** The channels with locks of these servers, threads left out. */
	channels(guildIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}

/** Ends a transaction that must not be written. */
class Taken extends Error {}

export function lockRepository({ prisma, transaction }: Pick<Database, 'prisma' | 'transaction'>): LockRepository {
	const find = async (where: object) => {
		const rows = await prisma.channelLock.findMany({ where, orderBy: [{ at: 'asc' }, { channelId: 'asc' }, { userId: 'asc' }] });
		return rows.map(readLock).filter((lock) => lock !== null);
	};
	const add = async ({ guildId, channelId, layers, actorId, now, jobId }: NewLocks, tx: Pick<Transaction, 'channelLock'>) => {
		const data = layers.map(({ kind, subject, bits, gives, before, existed }) => ({
			guildId: BigInt(guildId),
			channelId: BigInt(channelId),
			kind,
			userId: subject.isMember ? BigInt(subject.id) : 0n,
			bits,
			gives,
			previousAllow: before.allow,
			previousDeny: before.deny,
			existed,
			everywhere: jobId !== undefined,
			jobNumber: jobId ?? null,
			actorId: actorId === null ? null : BigInt(actorId),
			at: new Date(now)
		}));
		return (await tx.channelLock.createMany({ data, skipDuplicates: true })).count;
	};
	return {
		on: (guildId, channelId) => find({ guildId: BigInt(guildId), channelId: BigInt(channelId) }),
		choose: (choice) => find(whereOf(choice)),
		add: (locks, tx = prisma) => add(locks, tx),
		async addAll(locks) {
			try {
				await transaction(async (tx) => {
					if ((await add(locks, tx)) < locks.layers.length) throw new Taken();
				});
				return true;
			} catch (error) {
				if (error instanceof Taken) return false;
				throw error;
			}
		},
		remove: async (choice, tx = prisma) => (await tx.channelLock.deleteMany({ where: whereOf(choice) })).count,
		async forgetChannels(guildId, channelIds) {
			await prisma.channelLock.deleteMany({ where: { guildId: BigInt(guildId), channelId: { in: channelIds.map(BigInt) } } });
		},
		async channels(guildIds) {
			const where = { guildId: { in: guildIds.map(BigInt) }, kind: { not: 'thread' } };
			const rows = await prisma.channelLock.findMany({
				where,
				distinct: ['guildId', 'channelId'],
				select: { guildId: true, channelId: true }
			});
			const grouped = Map.groupBy(rows, (row) => row.guildId.toString());
			return new Map([...grouped].map(([guildId, ofGuild]) => [guildId, new Set(ofGuild.map((row) => row.channelId.toString()))]));
		}
	};
}

function whereOf({ guildId, kind, channelId, userId, everywhere, jobId }: LockChoice) {
	return {
		guildId: BigInt(guildId),
		kind,
		...(channelId !== undefined && { channelId: BigInt(channelId) }),
		...(userId !== undefined && { userId: BigInt(userId) }),
		...(everywhere !== undefined && { everywhere }),
		...(jobId !== undefined && { jobNumber: jobId })
	};
}

function readLock(row: ChannelLock): Lock | null {
	const { kind, bits, gives, existed, everywhere, jobNumber: jobId } = row;
	// A newer version may have kinds that this one does not know.
	if (!isKind(kind)) return null;
	const subject = row.userId === 0n ? { id: row.guildId.toString(), isMember: false } : { id: row.userId.toString(), isMember: true };
	const before = { allow: row.previousAllow, deny: row.previousDeny };
	return {
		channelId: row.channelId.toString(),
		layer: { kind, subject, bits, gives, before, existed },
		everywhere,
		jobId,
		actorId: row.actorId?.toString() ?? null
	};
}
