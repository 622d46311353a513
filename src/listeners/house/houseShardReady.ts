import { Events, Listener } from '@sapphire/framework';
import { readServed } from '#modules/house/discord.js';

/** A shard is there, after the start or in a new session: its servers are stored, their settings warmed, and those left meanwhile marked. */
export class HouseShardReady extends Listener<typeof Events.ShardReady> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ShardReady });
	}

	public override async run(shardId: number) {
		const { client, services } = this.container;
		const { guilds, shard } = readServed(client, shardId);
		await services.house.presence.onShardReady(guilds, shard);
	}
}
