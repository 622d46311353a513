import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { defaultLocale } from '#lib/i18n/languages.js';
import { leaveServer, report, sayInSystemChannel } from '#modules/access/discord.js';
import { gateView, movementView } from '#modules/access/view.js';

/** Added to a server that may not have the bot: it leaves again, and says so where people can do something about it. */
export class AccessGuildCreate extends Listener<typeof Events.GuildCreate> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildCreate });
	}

	public override async run(guild: Guild) {
		const verdict = await this.container.services.access.admit(guild.id);
		if (verdict === 'stay') return this.#report(guild, 'joined');
		try {
			if (verdict === 'unauthorised') await this.#explain(guild);
		} finally {
			await leaveServer(guild.client, guild.id);
		}
		await this.#report(guild, 'turned-away');
	}

	async #report(guild: Guild, movement: 'joined' | 'turned-away'): Promise<void> {
		const { kit, services } = this.container;
		const { logChannel } = services.access.desk;
		if (logChannel === null) return;
		await report(guild.client, logChannel, movementView(movement, guild, kit.languages.translator(defaultLocale)));
	}

	async #explain(guild: Guild): Promise<void> {
		const { kit, services } = this.container;
		const { id, ownerId, preferredLocale } = guild;
		const locale = await kit.locale({ interaction: null, userId: ownerId, guildId: id, guildLocale: preferredLocale });
		await sayInSystemChannel(guild, gateView(guild, services.information.supportServer, kit.languages.translator(locale)));
	}
}
