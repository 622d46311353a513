import { Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { serversTold } from '#lib/client/serverEvents.js';
import { presentRoles } from '#lib/discord/presentRoles.js';

/** Forgets roles that were deleted while nothing was heard. */
export class CommandsettingsServersTold extends Listener<typeof serversTold> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: serversTold });
	}

	public override async run(guilds: readonly Guild[], botId: string) {
		await this.container.services.commandsettings.forgetMissing(presentRoles(guilds), botId);
	}
}
