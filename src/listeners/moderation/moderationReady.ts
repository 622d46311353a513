import { Events, Listener } from '@sapphire/framework';
import type { Client } from 'discord.js';
import { presentChannels } from '#lib/discord/presentChannels.js';
import { presentRoles } from '#lib/discord/presentRoles.js';

/** Forgets roles and channels that were deleted while the bot was away. */
export class ModerationReady extends Listener<typeof Events.ClientReady> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.ClientReady, once: true });
	}

	public override async run(client: Client<true>) {
		const present = { roles: presentRoles(client), channels: presentChannels(client) };
		await this.container.services.moderation.setup.forgetMissing(present, client.user.id);
	}
}
