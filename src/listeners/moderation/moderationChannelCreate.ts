import { Events, Listener } from '@sapphire/framework';
import type { NonThreadGuildBasedChannel } from 'discord.js';

/** A new channel is hidden from those in jail. */
export class ModerationChannelCreate extends Listener<typeof Events.ChannelCreate> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ChannelCreate });
	}

	public override async run({ id, guildId, permissionOverwrites }: NonThreadGuildBasedChannel) {
		await this.container.services.moderation.jailSetup.onChannelMade(guildId, id, (roleId) => permissionOverwrites.cache.has(roleId));
	}
}
