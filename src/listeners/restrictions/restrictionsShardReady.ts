import { Events, Listener } from '@sapphire/framework';
import { presentServers } from '#modules/restrictions/discord/presentServers.js';

/** The servers of a shard are there, after the start or when nothing was heard of them for long: what was undone meanwhile? */
export class RestrictionsShardReady extends Listener<typeof Events.ShardReady> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ShardReady });
	}

	public override async run(shardId: number) {
		const { client, services } = this.container;
		await services.restrictions.afterAway.look(presentServers(client, shardId));
	}
}
