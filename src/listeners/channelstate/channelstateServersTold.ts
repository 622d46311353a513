import { Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { serversTold } from '#lib/client/serverEvents.js';
import { presentChannels } from '#lib/discord/presentChannels.js';

/** Forgets channels that were deleted while nothing was heard. */
export class ChannelstateServersTold extends Listener<typeof serversTold> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: serversTold });
	}

	public override async run(guilds: readonly Guild[], botId: string) {
		await this.container.services.channelstate.channels.forgetMissing(presentChannels(guilds), botId);
	}
}
