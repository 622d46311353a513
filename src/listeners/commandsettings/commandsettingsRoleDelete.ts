import { Events, Listener } from '@sapphire/framework';
import type { Role } from 'discord.js';

/** A deleted role opens nothing any more; the other roles of a restriction go on. */
export class CommandsettingsRoleDelete extends Listener<typeof Events.GuildRoleDelete> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildRoleDelete });
	}

	public override async run({ id: roleId, guild, client }: Role) {
		await this.container.services.commandsettings.onRoleDeleted({ guildId: guild.id, actorId: client.user.id }, roleId);
	}
}
