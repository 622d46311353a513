import { Events, Listener } from '@sapphire/framework';
import type { Guild, GuildAuditLogsEntry } from 'discord.js';
import { readAuditEntry } from '#modules/moderation/discord/auditEntry.js';

/**
 * Somebody took roles from a member in Discord itself: what he had for a time is over. What the bot takes is not meant: the jail gives
 * it back, and its commands end it themselves.
 */
export class RolesAuditEntry extends Listener<typeof Events.GuildAuditLogEntryCreate> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildAuditLogEntryCreate });
	}

	public override async run(entry: GuildAuditLogsEntry, guild: Guild) {
		const read = readAuditEntry(entry, guild);
		if (read?.deed.kind !== 'roles' || read.executorId === guild.client.user.id) return;
		const { guildId, targetId: userId, executorId: actorId, deed } = read;
		await this.container.services.roles.onTaken({ guildId, userId, roleIds: deed.removed, actorId, by: 'roles' });
	}
}
