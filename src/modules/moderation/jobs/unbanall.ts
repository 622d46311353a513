import type { JobKind } from '#lib/jobs/types.js';
import { massKinds } from '../ids.js';
import { auditReasonOf } from '../service/carriedOut.js';
import { caseOfJob, type MassParts, oneByOne, refusalOf } from './mass.js';

/** Lets everybody back in, but for those whom something else keeps out. */
export function unbanallJob(parts: MassParts): JobKind {
	const { actions, closing, discord, now, record, situations, wake } = parts;
	return {
		kind: massKinds.unbanall,
		module: 'moderation',
		async run(items, { guildId, actorId }) {
			// Who is banned is not in the server: nobody has to be looked up.
			const seen = await situations.readMany({ guildId, actorId, targetIds: [] });
			if (seen === null) return items.map(({ key }) => ({ key, state: 'failed', why: 'moderator-gone' }));
			const action = actions.get('unban');
			if (action === null) throw new Error('There is no action to lift a ban');
			return oneByOne(items, async (id) => {
				const situation = seen(id);
				const why = await refusalOf(parts, action, situation);
				if (why !== null) return why === 'kept' ? 'skipped' : { why };
				await discord.unban(guildId, id, auditReasonOf(situation, { reason: null }));
				return 'done';
			});
		},
		async finish(tx, job) {
			const request = caseOfJob('unbanall', job);
			if (request === null) return;
			await closing.ofJob(tx, job, { types: ['ban'], by: 'unbanall', now: now() });
			await record(tx, request);
		},
		finished: async () => wake()
	};
}

/** Everybody who would be let in, and how many are kept out. Null when who asks is not there, or the server is away. */
export async function bansToLift(
	parts: MassParts,
	guildId: string,
	actorId: string
): Promise<{ readonly ids: readonly string[]; readonly kept: number } | null> {
	const { actions, discord, situations } = parts;
	const [seen, banned] = await Promise.all([situations.readMany({ guildId, actorId, targetIds: [] }), discord.allBans(guildId)]);
	const action = actions.get('unban');
	if (seen === null || action === null) return null;
	const ids: string[] = [];
	for (const id of banned) if ((await refusalOf(parts, action, seen(id))) !== 'kept') ids.push(id);
	return { ids, kept: banned.length - ids.length };
}
