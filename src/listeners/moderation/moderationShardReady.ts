import { Events, Listener } from '@sapphire/framework';

/** The servers of a shard are there, after the start or when nothing was heard of them for long: who came back to jail meanwhile? */
export class ModerationShardReady extends Listener<typeof Events.ShardReady> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ShardReady });
	}

	public override async run(shardId: number) {
		const { client, services } = this.container;
		const guildIds = client.guilds.cache.filter((guild) => guild.shardId === shardId && guild.available).map(({ id }) => id);
		await services.moderation.jail.lookAfter(guildIds);
	}
}
