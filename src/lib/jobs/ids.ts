import { defineCustomId, field } from '#lib/components/customId.js';

/** Under the progress of a job. */
export const jobCancelId = defineCustomId('job.cancel', 1, { id: field.int });

/** The name of the scheduled-task piece. */
export const jobTimer = 'jobRun';
