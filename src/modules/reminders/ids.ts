import { defineCustomId, field } from '#lib/components/customId.js';

/** Under a delivered reminder; `occurrence` is the number of that delivery. */
export const snoozeId = defineCustomId('reminder.snooze', 1, { id: field.int, minutes: field.int, occurrence: field.int });
export const doneId = defineCustomId('reminder.done', 1, { id: field.int, occurrence: field.int });

/** What the buttons offer, in minutes: 10 m, 1 h, 1 d. */
export const snoozeMinutes = [10, 60, 1_440] as const;

/** The form that the menu on a message opens. */
export const aboutFormId = defineCustomId('reminder.about', 1, { messageId: field.snowflake });
export const aboutFormInputs = { when: 'when', text: 'text' } as const;
