import type { JobKind } from '#lib/jobs/types.js';
import { massKinds } from '../ids.js';
import { auditReasonOf } from '../service/carriedOut.js';
import { caseOfJob, type MassParts, oneByOne, refusalOf } from './mass.js';

/** Lets everybody speak again. Each is judged as if he were unmuted alone. */
export function untimeoutallJob(parts: MassParts): JobKind {
	const { actions, closing, discord, now, record, situations, wake } = parts;
	return {
		kind: massKinds.untimeoutall,
		module: 'moderation',
		async run(items, { guildId, actorId }) {
			const seen = await situations.readMany({ guildId, actorId, targetIds: items.map(({ key }) => key) });
			if (seen === null) return items.map(({ key }) => ({ key, state: 'failed', why: 'moderator-gone' }));
			const action = actions.get('unmute');
			if (action === null) throw new Error('There is no action to let somebody speak');
			return oneByOne(items, async (id) => {
				const situation = seen(id);
				if (situation.target?.inServer !== true) return 'skipped';
				const why = await refusalOf(parts, action, situation);
				if (why !== null) return { why };
				await discord.timeOut(guildId, id, null, auditReasonOf(situation, { reason: null }));
				return 'done';
			});
		},
		async finish(tx, job) {
			const request = caseOfJob('untimeoutall', job);
			if (request === null) return;
			await closing.ofJob(tx, job, { types: ['mute'], by: 'untimeoutall', now: now() });
			await record(tx, request);
		},
		finished: async () => wake()
	};
}
