import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { defaultLocale } from '#lib/i18n/languages.js';
import { report } from '#modules/access/discord.js';
import { movementView } from '#modules/access/view.js';

/** The bot was removed from a server: the people who run it read so. */
export class AccessGuildDelete extends Listener<typeof Events.GuildDelete> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildDelete });
	}

	public override async run(guild: Guild) {
		const { kit, services } = this.container;
		const { logChannel } = services.access.desk;
		// One that Discord could not reach when it went has told neither name nor owner.
		if (logChannel === null || !guild.name) return;
		await report(guild.client, logChannel, movementView('removed', guild, kit.languages.translator(defaultLocale)));
	}
}
