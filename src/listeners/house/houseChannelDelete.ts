import { Events, Listener } from '@sapphire/framework';
import type { DMChannel, NonThreadGuildBasedChannel } from 'discord.js';

/** With a channel goes what the modules have kept about it. */
export class HouseChannelDelete extends Listener<typeof Events.ChannelDelete> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ChannelDelete });
	}

	public override async run(channel: DMChannel | NonThreadGuildBasedChannel) {
		if (channel.isDMBased()) return;
		const { guildId, id: channelId, client } = channel;
		await this.container.channelReferences.forget({ guildId, channelId, botId: client.user.id });
	}
}
