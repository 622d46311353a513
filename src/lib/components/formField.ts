import type { ModalSubmitInteraction } from 'discord.js';
import { isVisible, storable } from '#lib/core/text.js';
import { refusal } from '#lib/errors/refusal.js';

/** A text of a form that has to be filled in. @throws Refusal when it is not there, or people would see nothing of it. */
export function filledField({ fields }: Pick<ModalSubmitInteraction, 'fields'>, id: string): string {
	// The form is what the client says it is.
	if (!fields.fields.has(id)) throw refusal('components', 'malformed');
	const text = storable(fields.getTextInputValue(id));
	if (!isVisible(text)) throw refusal('components', 'empty-field');
	return text;
}
