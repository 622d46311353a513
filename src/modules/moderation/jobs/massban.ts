import { isPossibleId } from '#lib/core/snowflake.js';
import type { ItemResult, JobItem, JobKind } from '#lib/jobs/types.js';
import { isAuditReason } from '../domain/order.js';
import { massKinds } from '../ids.js';
import { auditReasonOf } from '../service/carriedOut.js';
import { caseOfJob, type MassParts, oneByOne, payloadOf, refusalOf } from './mass.js';

/** Bans many people, 200 at a time. Each is judged as if he were banned alone; who is banned already is left as he is. */
export function massbanJob(parts: MassParts): JobKind {
	const { actions, discord, record, situations, wake } = parts;
	return {
		kind: massKinds.massban,
		module: 'moderation',
		// Discord: at most 200 in one request.
		batch: 200,
		paceMs: 1_000,
		async run(items, job) {
			const { guildId, actorId } = job;
			const possible = items.filter(({ key }) => isPossibleId(key));
			const seen = await situations.readMany({ guildId, actorId, targetIds: possible.map(({ key }) => key) });
			if (seen === null) return items.map(({ key }) => ({ key, state: 'failed', why: 'moderator-gone' }));
			const action = actions.get('ban');
			if (action === null) throw new Error('There is no action to ban somebody');
			const impossible = items.filter((item) => !possible.includes(item));
			const refused = impossible.map(({ key }): ItemResult => ({ key, state: 'failed', why: 'unknown-user' }));
			const allowed: JobItem[] = [];
			for (const item of possible) {
				const why = await refusalOf(parts, action, seen(item.key));
				if (why === null) allowed.push(item);
				else refused.push({ key: item.key, state: 'failed', why });
			}
			const [first] = allowed;
			if (first === undefined) return refused;
			const { deleteSeconds, reason } = payloadOf(job);
			const situation = seen(first.key);
			const why = auditReasonOf(situation, { reason });
			const ids = allowed.map(({ key }) => key);
			const banned = await discord.bulkBan(guildId, ids, deleteSeconds, why);
			const left = allowed.filter(({ key }) => !banned.has(key));
			const results = await oneByOne(left, async (id) => {
				const ban = await discord.findBan(guildId, id);
				// With our own words: by an earlier try, whose answer was lost.
				if (ban !== null) return isAuditReason(ban.reason, reason, situation.actor?.username ?? null) ? 'done' : 'skipped';
				// Alone Discord says why not.
				await discord.ban(guildId, id, deleteSeconds, why);
				return 'done';
			});
			return [...refused, ...[...banned].map((key) => ({ key, state: 'done' as const })), ...results];
		},
		async finish(tx, job) {
			const request = caseOfJob('massban', job);
			if (request !== null) await record(tx, request);
		},
		finished: async () => wake()
	};
}
