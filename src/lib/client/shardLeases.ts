import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { KeyValue } from '#lib/data/keyValue.js';
import { StartFailure } from '#lib/errors/startFailure.js';

/** What is known of the process that runs a shard. */
type Lease = {
	readonly owner: string;
	/** Grows with every renewal: one that stands still belongs to a process that died. */
	readonly beat: number;
	/** The owner is ending: another may start beside it. */
	readonly draining: boolean;
};

export interface ShardLeasesOptions {
	readonly keyValue: Pick<KeyValue, 'get' | 'set' | 'delete' | 'withLock'>;
	readonly applicationId: string;
	readonly shards: readonly number[];
	readonly log: { warn(details: object, message: string): void };
	/** Another process runs one of our shards: this one must end. */
	readonly onLost: (fault: StartFailure) => void;
	/** How often a lease is renewed; it lasts four times as long. */
	readonly renewMs?: number;
}

const lockOptions = { ttlMs: 5_000, waitMs: 5_000 };

/**
 * One process per shard, where several share the work by Redis. A process that is ending says so, and its successor may start
 * beside it; one that died is waited for until its lease runs out.
 */
export class ShardLeases {
	readonly #owner = randomUUID();
	readonly #renewMs: number;
	#beat = 0;
	#draining = false;
	#timer: NodeJS.Timeout | null = null;

	public constructor(private readonly options: ShardLeasesOptions) {
		this.#renewMs = options.renewMs ?? 2_000;
	}

	/** @throws {StartFailure} when another process runs one of the shards and is not ending. */
	public async take(): Promise<void> {
		for (const shard of this.options.shards) await this.#takeShard(shard);
		this.#timer = setInterval(() => void this.#renew(), this.#renewMs);
		this.#timer.unref();
	}

	/** Lets a successor start from now on. */
	public async drain(): Promise<void> {
		this.#draining = true;
		await this.#renew();
	}

	public async release(): Promise<void> {
		if (this.#timer !== null) clearInterval(this.#timer);
		for (const shard of this.options.shards) {
			await this.#locked(shard, async (key, lease) => {
				if (lease?.owner === this.#owner) await this.options.keyValue.delete(key);
			});
		}
	}

	async #takeShard(shard: number): Promise<void> {
		let seen: Lease | null = null;
		for (;;) {
			const other = await this.#locked(shard, async (key, lease) => {
				if (lease !== null && lease.owner !== this.#owner && !lease.draining) return lease;
				await this.#write(key);
				return null;
			});
			if (other === null) return;
			// Its beat goes on: it lives. Otherwise the lease runs out by itself.
			if (seen !== null && (seen.owner !== other.owner || seen.beat !== other.beat)) throw taken(shard);
			seen = other;
			await wait(this.#renewMs / 2);
		}
	}

	async #renew(): Promise<void> {
		this.#beat++;
		for (const shard of this.options.shards) {
			try {
				const lost = await this.#locked(shard, async (key, lease) => {
					// While we are ending, our successor's lease stays.
					if (lease !== null && lease.owner !== this.#owner) return !this.#draining;
					await this.#write(key);
					return false;
				});
				if (lost) this.options.onLost(taken(shard));
			} catch (error) {
				this.options.log.warn({ err: error, shard }, 'The lease of the shard could not be renewed');
			}
		}
	}

	#write(key: string): Promise<void> {
		const lease: Lease = { owner: this.#owner, beat: this.#beat, draining: this.#draining };
		return this.options.keyValue.set(key, lease, this.#renewMs * 4);
	}

	#locked<T>(shard: number, work: (key: string, lease: Lease | null) => Promise<T>): Promise<T> {
		const { keyValue, applicationId } = this.options;
		const key = `shard-lease:${applicationId}:${shard}`;
		return keyValue.withLock(`${key}:lock`, lockOptions, async () => work(key, await keyValue.get<Lease>(key)));
	}
}

function taken(shard: number): StartFailure {
	return new StartFailure(`Another process runs shard ${shard} of this bot: end it first, or give each process other SHARDS.`);
}
