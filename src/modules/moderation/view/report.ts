import { type APIEmbed, type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { cut, fitEmbed, limits } from '#lib/discord/limits.js';
import { messageUrl } from '#lib/discord/messageLink.js';
import { colours } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import { panelInputs, reportFormId } from '../ids.js';
import type { Report } from '../service/reports.js';
import { quoteOf } from './quote.js';

const longestReason = 500;

/** A report as the staff see it. */
export function reportEmbed({ guildId, reporter, user, reason, message }: Report, t: Translate): APIEmbed {
	const person = ({ id, username }: Report['user']) => t('moderation:case.person', { name: username, id });
	const lines = [
		t('moderation:case.reason', { reason: cut(reason, longestReason) }),
		...(message === null ? [] : [t('moderation:panel.about', { link: markup(messageUrl({ guildId, ...message })) }), quoteOf(message.text)])
	];
	return fitEmbed({
		color: colours.warning,
		title: t('moderation:report.title', { user: user.username }),
		description: lines.join('\n'),
		fields: [
			{ name: t('moderation:case.user'), value: person(user), inline: true },
			{ name: t('moderation:report.by'), value: person(reporter), inline: true }
		]
	});
}

/** Asks what is wrong with a message. */
export function reportForm(
	message: { readonly userId: string; readonly channelId: string; readonly messageId: string },
	t: Translate
): APIModalInteractionResponseCallbackData {
	return {
		custom_id: reportFormId.encode(message),
		title: cut(t('moderation:report.form'), limits.modalTitle),
		components: [
			{
				type: ComponentType.Label,
				label: cut(t('moderation:report.form-reason'), limits.modalTitle),
				component: {
					type: ComponentType.TextInput,
					custom_id: panelInputs.reason,
					style: TextInputStyle.Paragraph,
					min_length: 1,
					max_length: longestReason,
					required: true
				}
			}
		]
	};
}
