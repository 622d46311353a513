import type { Client, Guild } from 'discord.js';
import type { PresentGuild, ServedShards } from './domain.js';

/** The server as it is stored. One that is unavailable has not told when the bot joined. */
export function readGuild(guild: Pick<Guild, 'id' | 'joinedTimestamp'>): PresentGuild {
	const { id, joinedTimestamp } = guild;
	return { guildId: id, joinedAt: Number.isFinite(joinedTimestamp) && joinedTimestamp > 0 ? joinedTimestamp : null };
}

/** The shards of this process, and all servers that Discord named at READY: unavailable ones too. */
export function readServed(client: Client<true>): { readonly guilds: readonly PresentGuild[]; readonly shards: ServedShards } {
	const shardIds = [...client.ws.shards.keys()];
	return {
		guilds: client.guilds.cache.map(readGuild),
		shards: { shardCount: client.options.shardCount ?? Math.max(1, shardIds.length), shardIds }
	};
}
