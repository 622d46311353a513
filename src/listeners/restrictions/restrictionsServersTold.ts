import { Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { serversTold } from '#lib/client/serverEvents.js';
import { presentServer } from '#modules/restrictions/discord/presentServer.js';

/** What was undone while nothing was heard is done again. */
export class RestrictionsServersTold extends Listener<typeof serversTold> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: serversTold });
	}

	public override async run(guilds: readonly Guild[]) {
		await this.container.services.restrictions.afterAway.look(guilds.map(presentServer));
	}
}
