import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import { cut, limits } from '#lib/discord/limits.js';
import type { Translate } from '#lib/i18n/languages.js';
import { aboutFormId, aboutFormInputs } from './ids.js';

const LONGEST_WHEN = 100;
const LONGEST_TEXT = 1_000;
/** Of a message's own text that is offered as the text of the reminder. */
const LONGEST_OFFER = 200;

/** Asks when, and for the text; the message's own words are offered. */
export function aboutForm(
	message: { readonly id: string; readonly content: string; readonly authorName: string },
	t: Translate
): APIModalInteractionResponseCallbackData {
	const input = (name: keyof typeof aboutFormInputs, style: TextInputStyle, longest: number, value?: string) => ({
		type: ComponentType.Label as const,
		label: cut(t(`reminders:form.${name}`), limits.modalTitle),
		component: {
			type: ComponentType.TextInput as const,
			custom_id: aboutFormInputs[name],
			style,
			min_length: 1,
			max_length: longest,
			required: true,
			...(value !== undefined && { value })
		}
	});
	const offer = message.content.trim() === '' ? t('reminders:form.about', { name: message.authorName }) : message.content;
	return {
		custom_id: aboutFormId.encode({ messageId: message.id }),
		title: cut(t('reminders:form.title'), limits.modalTitle),
		components: [
			input('when', TextInputStyle.Short, LONGEST_WHEN),
			input('text', TextInputStyle.Paragraph, LONGEST_TEXT, cut(offer, LONGEST_OFFER))
		]
	};
}
