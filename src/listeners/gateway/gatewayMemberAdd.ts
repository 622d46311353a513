import { Events, Listener } from '@sapphire/framework';
import type { GuildMember } from 'discord.js';

/** Everybody who joins goes through the one pipeline: restrictions, screening, roles, greetings. */
export class GatewayMemberAdd extends Listener<typeof Events.GuildMemberAdd> {
	public constructor(context: Listener.LoaderContext) {
		super(context, { event: Events.GuildMemberAdd });
	}

	public override run(member: GuildMember) {
		return this.container.joins.on(member, member.guild.id);
	}
}
