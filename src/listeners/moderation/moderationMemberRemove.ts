import { Events, Listener } from '@sapphire/framework';
import type { GuildMember, PartialGuildMember } from 'discord.js';
import { readLeaver } from '#modules/moderation/discord/leaver.js';

/** What somebody had when he left is kept, for when he comes back. */
export class ModerationMemberRemove extends Listener<typeof Events.GuildMemberRemove> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildMemberRemove });
	}

	public override async run(member: GuildMember | PartialGuildMember) {
		const leaver = readLeaver(member);
		if (leaver !== null) await this.container.services.moderation.snapshots.left(leaver);
	}
}
