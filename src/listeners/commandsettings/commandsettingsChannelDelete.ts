import { Events, Listener } from '@sapphire/framework';
import type { DMChannel, NonThreadGuildBasedChannel } from 'discord.js';

/** With a channel goes what was off in it. */
export class CommandsettingsChannelDelete extends Listener<typeof Events.ChannelDelete> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ChannelDelete });
	}

	public override async run(channel: DMChannel | NonThreadGuildBasedChannel) {
		if (channel.isDMBased()) return;
		const bot = { guildId: channel.guildId, actorId: channel.client.user.id };
		await this.container.services.commandsettings.onChannelDeleted(bot, channel.id);
	}
}
