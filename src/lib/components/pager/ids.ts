import { defineCustomId, field } from '../customId.js';

export const pageId = defineCustomId('page', 1, {
	nonce: field.token,
	action: field.oneOf('first', 'previous', 'next', 'last', 'goto', 'delete')
});

/** The form that asks for a page's number. */
export const goToPageId = defineCustomId('page.goto', 1, { nonce: field.token });

/** The text field of that form; it stands in no registry since only its form is ever sent. */
export const pageNumberInput = 'page';
