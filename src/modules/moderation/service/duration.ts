import type { Clock } from '#lib/core/clock.js';
import { type Accepted, accept } from '#lib/core/outcome.js';
import { LockTimeoutError } from '#lib/data/keyValue/lockTimeoutError.js';
import { canEnd } from '../action.js';
import { type Case, isOver } from '../domain/case.js';
import type { Order } from '../domain/order.js';
import type { SituationReader } from '../ports.js';
import type { CaseEdits } from '../repository/caseEdits.js';
import type { CaseRepository } from '../repository/cases.js';
import { auditReasonOf } from './carriedOut.js';
import { type ActionRefused, judgeAction, type Moderation, refused } from './moderation.js';

export interface DurationParts {
	readonly moderation: Moderation;
	readonly cases: Pick<CaseRepository, 'find'>;
	readonly edits: Pick<CaseEdits, 'end'>;
	readonly situations: SituationReader;
	readonly clock: Clock;
}

export interface DurationRequest {
	readonly guildId: string;
	readonly actorId: string;
	readonly number: number;
	/** Of the whole case, from its beginning. */
	readonly durationMs: number;
}

export type DurationOutcome = Accepted<{ readonly endsAt: number; readonly before: number | null }> | ActionRefused;

/**
 * Gives a case that still runs another end. Rank is asked as for the action itself. First Discord is told, then the row and its timer
 * are changed in one transaction: who is killed in between leaves a case that ends when it always said it would.
 *
 * @throws what Discord said when it refused
 */
export async function changeDuration(parts: DurationParts, request: DurationRequest): Promise<DurationOutcome> {
	const { moderation, cases } = parts;
	const one = await cases.find(request.guildId, request.number);
	if (one === null) return no('no-such-case', request);
	const { guildId, userId: targetId, channelId } = one;
	try {
		// Nobody ends it, or does it anew, meanwhile.
		return await moderation.alone({ guildId, targetId, channelId }, () => change(parts, request));
	} catch (error) {
		if (!(error instanceof LockTimeoutError)) throw error;
		return no('busy', request);
	}
}

async function change({ moderation, cases, edits, situations, clock }: DurationParts, request: DurationRequest): Promise<DurationOutcome> {
	const { guildId, actorId, number, durationMs } = request;
	const one = await cases.find(guildId, number);
	if (one === null || one.state === 'deleted') return no('no-such-case', request);
	const action = moderation.actions.get(one.type);
	if (action === null || !canEnd(action)) return no('case-without-end', request);
	const now = clock.now();
	if (one.state !== 'active' || isOver(one, now)) return no('not-active', request);
	const endsAt = one.at + durationMs;
	if (endsAt <= now) return no('duration-over', request);
	if (endsAt === one.expiresAt) return no('duration-same', request);

	const order = orderOf(one, actorId, durationMs);
	const situation = await situations.read(order);
	if (situation === null) return refused('moderation', { ok: false, code: 'server-away' });
	const judged = judgeAction(action, situation, await moderation.settings(guildId));
	if (!judged.ok) return refused('moderation', judged);
	await action.extend?.(situation, order, endsAt, auditReasonOf(situation, order));
	const moved = await edits.end({ guildId, actorId, now }, one, endsAt);
	return moved ? accept({ endsAt, before: one.expiresAt }) : no('not-active', request);
}

/** The case as the order that it came from, with its new length. */
function orderOf(
	{ guildId, number, type, userId, channelId, reason, parentNumber, details, at }: Case,
	actorId: string,
	durationMs: number
): Order {
	return {
		key: `duration-${guildId}-${number}`,
		type,
		guildId,
		targetId: userId,
		channelId,
		actorId,
		reason,
		durationMs,
		parentNumber,
		details,
		at
	};
}

function no(code: string, { number }: DurationRequest): ActionRefused {
	return refused('moderation', { ok: false, code, values: { number } });
}
