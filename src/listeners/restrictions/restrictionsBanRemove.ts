import { Events, Listener } from '@sapphire/framework';
import type { GuildBan } from 'discord.js';

/** Somebody was unbanned: who is hard-banned is banned again. */
export class RestrictionsBanRemove extends Listener<typeof Events.GuildBanRemove> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildBanRemove });
	}

	public override async run({ guild, user }: GuildBan) {
		await this.container.services.restrictions.keeper.onUnban({ guildId: guild.id, userId: user.id });
	}
}
