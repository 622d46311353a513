import { chooseLocale } from '#lib/i18n/locale.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import type { Jobs } from '#lib/jobs/types.js';
import type { ModerationServices } from '#modules/moderation/index.js';
import { purgeAction } from './action.js';
import { channelHistory } from './discord.js';
import { Cleanup } from './service.js';

/** The kind of its mass work. */
export const purgeJob = 'cleanup.purge';

export interface CleanupServices {
	readonly cleanup: Cleanup;
	readonly jobs: Pick<Jobs, 'startFrom'>;
}

/** Deletes messages by what they are. */
export function cleanupModule({ client, clock, jobs, languages, timers }: Infrastructure, moderation: ModerationServices): CleanupServices {
	const cleanup = new Cleanup({
		history: channelHistory(client.rest),
		clock,
		reasonOf(guildId, actorId) {
			const locale = chooseLocale({ guild: client.guilds.cache.get(guildId)?.preferredLocale ?? null }, languages.locales);
			return languages.translator(locale)('cleanup:reason', { id: actorId });
		}
	});
	moderation.moderation.actions.register(purgeAction(cleanup));
	jobs.register({
		kind: purgeJob,
		module: 'cleanup',
		batch: 100,
		// Discord: a few bulk deletes in five seconds.
		paceMs: 1_250,
		run: (items, job) => cleanup.runBatch(items, job),
		async finish(tx, job) {
			if (job.done > 0) await moderation.record(tx, cleanup.caseOf(job));
		},
		async finished() {
			timers.wake();
		}
	});
	return { cleanup, jobs };
}
