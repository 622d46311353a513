import { defineCustomId, field } from '#lib/components/customId.js';

/** Below the notice about what is stored, and below the table of `privacy`: for that person alone. */
export const acceptId = defineCustomId('consent.accept', 1, { userId: field.snowflake });
export const declineId = defineCustomId('consent.decline', 1, { userId: field.snowflake });
