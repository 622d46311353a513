import { Listener } from '@sapphire/framework';
import { GatewayDispatchEvents, type GatewayGuildMemberUpdateDispatchData } from 'discord.js';
import { readNames } from '#modules/afk/discord.js';

/**
 * Usernames, display names and nicknames, all of which Discord tells by this one event.
 *
 * Listens to the gateway itself and not to discord.js's `userUpdate`, which is not sent for users who are not in memory.
 */
export class AfkMemberUpdate extends Listener {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, emitter: 'ws', event: GatewayDispatchEvents.GuildMemberUpdate });
	}

	public override run(data: GatewayGuildMemberUpdateDispatchData): void {
		const { client, kit, services } = this.container;
		const seen = readNames(data, client, kit.clock.now());
		if (seen !== null) services.afk.names.onNames(seen);
	}
}
