import type { Client, Guild } from 'discord.js';
import { serversOf } from '#lib/client/serverEvents.js';
import type { PresentGuild, ServedShard } from './domain.js';

/** The server as it is stored. One that is unavailable has not told when the bot joined. */
export function readGuild(guild: Pick<Guild, 'id' | 'joinedTimestamp'>): PresentGuild {
	const { id, joinedTimestamp } = guild;
	return { guildId: id, joinedAt: Number.isFinite(joinedTimestamp) && joinedTimestamp > 0 ? joinedTimestamp : null };
}

/** A shard, and all servers that Discord named for it: unavailable ones too. */
export function readServed(client: Client, shardId: number): { readonly guilds: readonly PresentGuild[]; readonly shard: ServedShard } {
	return {
		guilds: serversOf(client, shardId).map(readGuild),
		shard: { shardCount: client.options.shardCount ?? Math.max(1, client.ws.shards.size), shardId }
	};
}
