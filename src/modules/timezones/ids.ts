import { defineCustomId, field } from '#lib/components/customId.js';

/** Several zones fit what a person wrote: he picks one. */
export const pickZoneId = defineCustomId('timezones.pick', 1, { userId: field.snowflake });
