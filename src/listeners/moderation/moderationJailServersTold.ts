import { Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { serversTold } from '#lib/client/serverEvents.js';

/** Who came back to jail while nothing was heard? */
export class ModerationJailServersTold extends Listener<typeof serversTold> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: serversTold });
	}

	public override async run(guilds: readonly Guild[]) {
		await this.container.services.moderation.jail.lookAfter(guilds.map(({ id }) => id));
	}
}
