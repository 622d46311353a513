import { Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';
import { presentChannels } from '#modules/channelstate/discord/presentChannels.js';

/** Forgets channels that were deleted while the bot was away. */
export class ChannelstateReady extends Listener<typeof Events.ClientReady> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ClientReady, once: true });
	}

	public override async run(client: Client<true>) {
		await this.container.services.channelstate.channels.forgetMissing(presentChannels(client), client.user.id);
	}
}
