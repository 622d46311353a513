import { Events, Listener } from '@sapphire/framework';
import type { Role } from 'discord.js';

/** A deleted role protects nobody any more, and no jail has it. */
export class ModerationRoleDelete extends Listener<typeof Events.GuildRoleDelete> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildRoleDelete });
	}

	public override async run({ id: roleId, guild, client }: Role) {
		await this.container.services.moderation.setup.onRoleDeleted({ guildId: guild.id, actorId: client.user.id }, roleId);
	}
}
