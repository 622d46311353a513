/** What a GUILD_CREATE of a server that was named before means. */
export interface Availability {
	/** The bot was added to it while nothing was heard of its shard. */
	readonly joined: boolean;
	/** It comes alone: its shard has been complete without it. */
	readonly late: boolean;
}

/**
 * Which servers Discord has named, by shard.
 *
 * A new session names all servers of its shard once more. What it leaves out was left, and what is new was joined, while nothing was heard.
 */
export class ServerRoll {
	/** Shards whose servers are being told. */
	readonly #waiting = new Set<number>();
	/** Shards that were complete once. */
	readonly #begun = new Set<number>();
	readonly #joined = new Set<string>();
	/** Null once all shards are there. */
	#named: Set<string> | null = new Set();

	/** A session begins. `held`: the servers of this shard that were known before. Answers those that were left. */
	public onSession(shardId: number, named: ReadonlySet<string>, held: ReadonlySet<string>): readonly string[] {
		this.#waiting.add(shardId);
		for (const guildId of named) {
			this.#named?.add(guildId);
			if (this.#begun.has(shardId) && !held.has(guildId)) this.#joined.add(guildId);
		}
		return [...held].filter((guildId) => !named.has(guildId));
	}

	public onAvailable(shardId: number, guildId: string): Availability {
		return { joined: this.#joined.delete(guildId), late: !this.#waiting.has(shardId) };
	}

	public onLeft(guildId: string): void {
		this.#joined.delete(guildId);
	}

	/** All servers of the shard were told, but for those that Discord cannot reach. */
	public onShardReady(shardId: number): void {
		this.#waiting.delete(shardId);
		this.#begun.add(shardId);
	}

	/** All shards are there. Of the servers that are `held` by now it answers those that were joined meanwhile: discord.js tells of them only from now on. */
	public onAllReady(held: Iterable<string>): readonly string[] {
		const named = this.#named;
		this.#named = null;
		return named === null ? [] : [...held].filter((guildId) => !named.has(guildId));
	}
}
