import { type APIActionRowComponent, type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { Translate } from '#lib/i18n/languages.js';
import { confirmId } from './ids.js';

/** Yes and no under a question; greyed once it is answered or too late. */
export function confirmButtons(nonce: string, t: Translate, disabled: boolean): APIActionRowComponent<APIButtonComponent> {
	const button = (answer: 'yes' | 'no', style: ButtonStyle.Danger | ButtonStyle.Secondary): APIButtonComponent => ({
		type: ComponentType.Button,
		style,
		label: t(`components:confirm.${answer}`),
		custom_id: confirmId.encode({ nonce, answer }),
		disabled
	});
	return { type: ComponentType.ActionRow, components: [button('yes', ButtonStyle.Danger), button('no', ButtonStyle.Secondary)] };
}
