import { Listener } from '@sapphire/framework';
import { GatewayDispatchEvents, type GatewayGuildMemberUpdateDispatchData } from 'discord.js';

/**
 * A member's nickname may be another one now: a locked one is set back.
 *
 * Listens to the gateway itself: discord.js tells only of members who are in memory.
 */
export class RestrictionsMemberUpdate extends Listener {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, emitter: 'ws', event: GatewayDispatchEvents.GuildMemberUpdate });
	}

	public override async run({ guild_id: guildId, user, nick = null }: GatewayGuildMemberUpdateDispatchData) {
		await this.container.services.restrictions.keeper.onNick({ guildId, userId: user.id }, nick);
	}
}
