import { Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';

/**
 * Takes the place of Sapphire's listener of the same name, which would ask Discord for all commands and compare them one by one:
 * ours are registered in one request, and only when they changed.
 */
export class CoreReady extends Listener<typeof Events.ClientReady> {
	public constructor(context: Listener.LoaderContext) {
		super(context, { event: Events.ClientReady, once: true });
	}

	public override run(client: Client<true>) {
		this.container.client.id ??= client.user.id;
	}
}
