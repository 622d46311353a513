import { Events, Listener } from '@sapphire/framework';
import type { Role } from 'discord.js';

/** With a role goes what it had. */
export class FakepermissionsRoleDelete extends Listener<typeof Events.GuildRoleDelete> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildRoleDelete });
	}

	public override async run({ id: roleId, guild, client }: Role) {
		await this.container.services.fakepermissions.onRoleDeleted({ guildId: guild.id, actorId: client.user.id, roleId });
	}
}
