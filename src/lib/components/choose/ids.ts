import { defineCustomId, field } from '../customId.js';

export const chooseId = defineCustomId('choose', 1, { nonce: field.token });
