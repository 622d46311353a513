import { Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';
import { presentServers } from '#modules/restrictions/discord/presentServers.js';

/** Looks after what happened while the bot was away. */
export class RestrictionsReady extends Listener<typeof Events.ClientReady> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ClientReady, once: true });
	}

	public override async run(client: Client<true>) {
		await this.container.services.restrictions.afterAway.look(presentServers(client));
	}
}
