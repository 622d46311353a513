import { defineCustomId, field } from '../customId.js';

export const confirmId = defineCustomId('confirm', 1, { nonce: field.token, answer: field.oneOf('yes', 'no') });
