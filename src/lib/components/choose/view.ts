import { type APIActionRowComponent, type APIStringSelectComponent, ComponentType } from 'discord.js';
import type { Choices } from '#lib/commands/context/commandContext.js';
import type { Translate } from '#lib/i18n/languages.js';
import { chooseId } from './ids.js';

/** A list to choose one of; greyed, with what was chosen, once it is answered or too late. */
export function chooseSelect(
	nonce: string,
	options: Choices,
	t: Translate,
	over: { readonly chosen: string | null } | null
): APIActionRowComponent<APIStringSelectComponent> {
	const select: APIStringSelectComponent = {
		type: ComponentType.StringSelect,
		custom_id: chooseId.encode({ nonce }),
		placeholder: t('components:choose.placeholder'),
		options: options.map(({ label, value }) => ({ label, value, default: over?.chosen === value })),
		disabled: over !== null
	};
	return { type: ComponentType.ActionRow, components: [select] };
}
