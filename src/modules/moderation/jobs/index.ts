import type { Jobs } from '#lib/jobs/types.js';
import type { MassParts } from './mass.js';
import { massbanJob } from './massban.js';
import { bansToLift, unbanallJob } from './unbanall.js';
import { untimeoutallJob } from './untimeoutall.js';

/** What commands ask before mass work begins. */
export interface MassWork {
	/** Everybody who would be let in, and how many are kept out. Null when who asks is not there, or the server is away. */
	bansToLift(guildId: string, actorId: string): Promise<{ readonly ids: readonly string[]; readonly kept: number } | null>;
}

/** Makes the mass work of moderation known to the jobs. */
export function registerMassWork(jobs: Pick<Jobs, 'register'>, parts: MassParts): MassWork {
	for (const kind of [massbanJob(parts), unbanallJob(parts), untimeoutallJob(parts)]) jobs.register(kind);
	return { bansToLift: (guildId, actorId) => bansToLift(parts, guildId, actorId) };
}
