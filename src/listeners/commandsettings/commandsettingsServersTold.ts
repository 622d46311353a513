import { Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { serversTold } from '#lib/client/serverEvents.js';
import { presentChannels } from '#lib/discord/presentChannels.js';
import { presentRoles } from '#lib/discord/presentRoles.js';

/** Forgets roles and channels that were deleted while nothing was heard. */
export class CommandsettingsServersTold extends Listener<typeof serversTold> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: serversTold });
	}

	public override async run(guilds: readonly Guild[], botId: string) {
		const present = { roles: presentRoles(guilds), channels: presentChannels(guilds) };
		await this.container.services.commandsettings.forgetMissing(present, botId);
	}
}
