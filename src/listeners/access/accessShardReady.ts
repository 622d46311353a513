import { Events, Listener } from '@sapphire/framework';
import { serversOf } from '#lib/client/serverEvents.js';
import { leaveServer } from '#modules/access/discord.js';

/** Leaves servers on the blacklist that the bot is still in, or that it was added to while it was away. */
export class AccessShardReady extends Listener<typeof Events.ShardReady> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ShardReady });
	}

	public override async run(shardId: number) {
		const { client, services } = this.container;
		const barred = await services.access.blacklistedAmong(serversOf(client, shardId).map(({ id }) => id));
		for (const guildId of barred) await leaveServer(client, guildId);
	}
}
