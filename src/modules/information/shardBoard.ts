import type { KeyValue } from '#lib/data/keyValue.js';

/** How one shard is doing, as its process last said. */
export interface ShardState {
	readonly id: number;
	/** Milliseconds; -1 before the first heartbeat was answered. */
	readonly ping: number;
	readonly guilds: number;
	readonly members: number;
}

/** Three missed posts, and a shard counts as silent. */
const NEWS_MS = 90_000;

/** Where every process says how its shards are, so that each can answer for all. */
export class ShardBoard {
	public constructor(private readonly keyValue: Pick<KeyValue, 'get' | 'set'>) {}

	public async post(states: readonly ShardState[]): Promise<void> {
		for (const state of states) await this.keyValue.set(`shard:${state.id}`, { ...state }, NEWS_MS);
	}

	/** One entry a shard; null where there is no news. What this process knows itself wins. */
	public async read(shardCount: number, own: readonly ShardState[]): Promise<readonly (ShardState | null)[]> {
		const known = new Map(own.map((state) => [state.id, state]));
		return Promise.all(
			Array.from(
				{ length: shardCount },
				async (_, id) => known.get(id) ?? (await this.keyValue.get<ShardState & Record<string, number>>(`shard:${id}`))
			)
		);
	}
}
