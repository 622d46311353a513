import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';

/** The bot was removed from a server. One that is only unavailable comes as another event (`guildUnavailable`). */
export class HouseGuildDelete extends Listener<typeof Events.GuildDelete> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildDelete });
	}

	public override async run(guild: Guild) {
		await this.container.services.house.presence.onLeft(guild.id);
	}
}
