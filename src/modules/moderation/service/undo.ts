import type { Clock } from '#lib/core/clock.js';
import { canUndo, undoMs } from '../domain/case.js';
import type { CaseRepository } from '../repository/cases.js';
import { type Moderation, type PerformOutcome, refused } from './moderation.js';

export interface UndoRequest {
	readonly guildId: string;
	readonly number: number;
	/** As the button says; the case is asked. */
	readonly type: string;
	readonly actorId: string;
}

/** Takes a case back for somebody, within ten minutes. Rights and ranks are asked as for the command that does the same. */
export async function undo(
	{ moderation, cases, clock }: { readonly moderation: Moderation; readonly cases: Pick<CaseRepository, 'find'>; readonly clock: Clock },
	{ guildId, number, type, actorId }: UndoRequest
): Promise<PerformOutcome> {
	const one = await cases.find(guildId, number);
	const reverse = moderation.actions.get(moderation.actions.get(one?.type ?? '')?.undo ?? '');
	if (one === null || reverse === null || reverse.type !== type || !canUndo(one))
		return refused('moderation', { ok: false, code: 'no-such-case', values: { number } });
	if (one.state !== 'active') return refused('moderation', { ok: false, code: 'not-active', values: { number } });
	if (clock.now() - one.at > undoMs) return refused('moderation', { ok: false, code: 'undo-too-late' });
	return moderation.perform({
		// Two presses, one effect.
		key: `undo-${guildId}-${number}`,
		type: reverse.type,
		guildId,
		targetId: one.userId,
		channelId: one.channelId,
		actorId,
		parentNumber: number,
		details: one.details
	});
}
