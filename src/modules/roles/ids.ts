import { defineCustomId, field } from '#lib/components/customId.js';

/** Takes a change for many back; what it was stands with the job. */
export const undoMassId = defineCustomId('roles.undo', 1, { jobId: field.int });
