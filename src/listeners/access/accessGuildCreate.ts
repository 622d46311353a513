import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { leaveServer, sayInSystemChannel } from '#modules/access/discord.js';
import { gateView } from '#modules/access/view.js';

/** Added to a server that may not have the bot: it leaves again, and says so where people can do something about it. */
export class AccessGuildCreate extends Listener<typeof Events.GuildCreate> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildCreate });
	}

	public override async run(guild: Guild) {
		const verdict = await this.container.services.access.admit(guild.id);
		if (verdict === 'stay') return;
		try {
			if (verdict === 'unauthorised') await this.#explain(guild);
		} finally {
			await leaveServer(guild.client, guild.id);
		}
	}

	async #explain(guild: Guild): Promise<void> {
		const { kit, services } = this.container;
		const { id, ownerId, preferredLocale } = guild;
		const locale = await kit.locale({ interaction: null, userId: ownerId, guildId: id, guildLocale: preferredLocale });
		await sayInSystemChannel(guild, gateView(guild, services.information.supportServer, kit.languages.translator(locale)));
	}
}
