import { Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';
import { presentRoles } from '#lib/discord/presentRoles.js';

/** Forgets roles that were deleted while the bot was away. */
export class CommandsettingsReady extends Listener<typeof Events.ClientReady> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ClientReady, once: true });
	}

	public override async run(client: Client<true>) {
		await this.container.services.commandsettings.forgetMissing(presentRoles(client), client.user.id);
	}
}
