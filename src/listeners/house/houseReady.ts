import { Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';
import { readServed } from '#modules/house/discord.js';

/** All shards are there: the servers are stored, their settings warmed, and those left while the bot was down marked. */
export class HouseReady extends Listener<typeof Events.ClientReady> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ClientReady, once: true });
	}

	public override async run(client: Client<true>) {
		const { guilds, shards } = readServed(client);
		await this.container.services.house.presence.onReady(guilds, shards);
	}
}
