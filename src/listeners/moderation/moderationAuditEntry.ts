import { Events, Listener } from '@sapphire/framework';
import type { Guild, GuildAuditLogsEntry } from 'discord.js';
import { readAuditEntry } from '#modules/moderation/discord/auditEntry.js';

/** What people do by hand becomes a case. */
export class ModerationAuditEntry extends Listener<typeof Events.GuildAuditLogEntryCreate> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildAuditLogEntryCreate });
	}

	public override async run(entry: GuildAuditLogsEntry, guild: Guild) {
		const read = readAuditEntry(entry, guild);
		if (read !== null) await this.container.services.moderation.byHand.onEntry(read);
	}
}
