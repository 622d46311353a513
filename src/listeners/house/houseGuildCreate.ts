import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { readGuild } from '#modules/house/discord.js';

/** The bot was added to a server. */
export class HouseGuildCreate extends Listener<typeof Events.GuildCreate> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildCreate });
	}

	public override async run(guild: Guild) {
		await this.container.services.house.presence.onJoined(readGuild(guild));
	}
}
