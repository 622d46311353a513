import { defineCustomId, field } from '#lib/components/customId.js';

/** Takes mass work back. `type`: of what does; the work is asked whether that is right. */
export const reverseId = defineCustomId('channelstate.reverse', 1, { job: field.int, type: field.token });
