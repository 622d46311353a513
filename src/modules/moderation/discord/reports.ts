import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { PanelAction } from '../ids.js';
import type { ReportParts } from '../service/reports.js';
import { panelButtons } from '../view/panel.js';
import { reportEmbed } from '../view/report.js';

/** Posts reports for the staff. Nobody is pinged. */
export function reportPoster(
	rest: Pick<REST, 'post'>,
	speak: (guildId: string) => { readonly t: Translate },
	actions: () => readonly PanelAction[]
): ReportParts['post'] {
	return async (channelId, report) => {
		const { t } = speak(report.guildId);
		const components = panelButtons({ id: report.user.id, inServer: true }, report.message, actions(), t);
		const body = { embeds: [reportEmbed(report, t)], components, allowed_mentions: { parse: [] } };
		try {
			await rest.post(Routes.channelMessages(channelId), { body });
			return 'sent';
		} catch (error) {
			if (!(error instanceof DiscordAPIError)) throw error;
			if (error.code === RESTJSONErrorCodes.UnknownChannel) return 'gone';
			if (error.status === 403) return 'forbidden';
			throw error;
		}
	};
}
