import { defineCustomId, field } from '#lib/components/customId.js';

/** The select of categories: whose it is, and which of several selects on one message. */
export const helpCategoryId = defineCustomId('help.category', 1, { userId: field.snowflake, part: field.appended(field.int, 0) });
