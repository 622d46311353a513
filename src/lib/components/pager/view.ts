import {
	type APIActionRowComponent,
	type APIButtonComponent,
	type APIEmbed,
	type APIModalInteractionResponseCallbackData,
	ButtonStyle,
	ComponentType,
	TextInputStyle
} from 'discord.js';
import { cut, limits } from '#lib/discord/limits.js';
import { marks } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { ValuesOfId } from '../customId.js';
import { goToPageId, pageId, pageNumberInput } from './ids.js';
import type { Place } from './pagers.js';

type Action = ValuesOfId<typeof pageId>['action'];

/** A page with its buttons; a single page needs none. */
export function pageView(
	place: Place,
	t: Translate,
	disabled = false
): { embeds: APIEmbed[]; components: APIActionRowComponent<APIButtonComponent>[] } {
	return { embeds: [place.pages.render(place.index, t)], components: place.pages.count === 1 ? [] : buttons(place, disabled) };
}

function buttons({ nonce, index, pages }: Place, disabled: boolean): APIActionRowComponent<APIButtonComponent>[] {
	const button = (action: Action, mark: string, off = false): APIButtonComponent => ({
		type: ComponentType.Button,
		style: action === 'delete' ? ButtonStyle.Danger : ButtonStyle.Secondary,
		emoji: { name: mark },
		custom_id: pageId.encode({ nonce, action }),
		disabled: disabled || off
	});
	const turns = [
		button('first', marks.first, index === 0),
		button('previous', marks.previous),
		button('next', marks.next),
		button('last', marks.last, index === pages.count - 1)
	];
	return [
		{ type: ComponentType.ActionRow, components: turns },
		{ type: ComponentType.ActionRow, components: [button('goto', marks.goTo), button('delete', marks.remove)] }
	];
}

export function goToForm({ nonce, pages }: Place, t: Translate): APIModalInteractionResponseCallbackData {
	return {
		custom_id: goToPageId.encode({ nonce }),
		title: cut(t('components:pager.go-to'), limits.modalTitle),
		components: [
			{
				type: ComponentType.Label,
				label: cut(t('components:pager.which', { pages: pages.count }), limits.modalTitle),
				component: {
					type: ComponentType.TextInput,
					custom_id: pageNumberInput,
					style: TextInputStyle.Short,
					min_length: 1,
					max_length: 9,
					required: true
				}
			}
		]
	};
}
