import { Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';
import { leaveServer } from '#modules/access/discord.js';

/** Leaves servers on the blacklist that the bot is still in, or that it was added to while it was away. */
export class AccessReady extends Listener<typeof Events.ClientReady> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ClientReady, once: true });
	}

	public override async run(client: Client<true>) {
		const barred = await this.container.services.access.blacklistedAmong([...client.guilds.cache.keys()]);
		for (const guildId of barred) await leaveServer(client, guildId);
	}
}
