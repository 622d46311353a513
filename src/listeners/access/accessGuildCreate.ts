import { Events, Listener } from '@sapphire/framework';
import type { Guild } from 'discord.js';
import { defaultLocale, type Translate } from '#lib/i18n/languages.js';
import { leaveServer, report, sayInFirstChannel, sayInSystemChannel } from '#modules/access/discord.js';
import { gateView, movementView, welcomeView } from '#modules/access/view.js';

/** Added to a server: the bot says how it is used. One that may not have it is left again, and hears why where people can do something about it. */
export class AccessGuildCreate extends Listener<typeof Events.GuildCreate> {
	public constructor(context: Listener.LoaderContext, options: Listener.Options) {
		super(context, { ...options, event: Events.GuildCreate });
	}

	public override async run(guild: Guild) {
		const verdict = await this.container.services.access.admit(guild.id);
		if (verdict === 'stay') {
			await this.#report(guild, 'joined');
			return this.#welcome(guild);
		}
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
		const { services } = this.container;
		await sayInSystemChannel(guild, gateView(guild, services.information.supportServer, await this.#translator(guild)));
	}

	async #welcome(guild: Guild): Promise<void> {
		const { services } = this.container;
		if (!services.access.desk.welcomes) return;
		const { guild: prefix } = await services.prefixes.view(guild.id, guild.ownerId);
		const { supportServer } = services.information;
		await sayInFirstChannel(guild, welcomeView(guild.client.user.username, prefix, supportServer, await this.#translator(guild)));
	}

	async #translator({ id, ownerId, preferredLocale }: Guild): Promise<Translate> {
		const { kit } = this.container;
		return kit.languages.translator(await kit.locale({ interaction: null, userId: ownerId, guildId: id, guildLocale: preferredLocale }));
	}
}
