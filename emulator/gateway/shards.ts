import type { Snowflake } from '../state/types.js';
import type { World } from '../state/world.js';

/** Servers that one shard may have. https://discord.com/developers/docs/events/gateway#sharding */
const GUILDS_PER_SHARD = 2_500;

/** With fewer shards than this Discord does not let a bot in any more. */
export function fewestShards(world: World, botId: Snowflake): number {
	let guilds = 0;
	for (const guild of world.guilds.values()) if (guild.members.has(botId)) guilds++;
	return Math.max(1, Math.ceil(guilds / GUILDS_PER_SHARD));
}
