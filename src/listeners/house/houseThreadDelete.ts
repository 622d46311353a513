import { Events, Listener } from '@sapphire/framework';
import type { AnyThreadChannel } from 'discord.js';

/** With a thread goes what the modules have kept about it. */
export class HouseThreadDelete extends Listener<typeof Events.ThreadDelete> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ThreadDelete });
	}

	public override async run({ guildId, id: channelId, client }: AnyThreadChannel) {
		await this.container.channelReferences.forget({ guildId, channelId, botId: client.user.id });
	}
}
