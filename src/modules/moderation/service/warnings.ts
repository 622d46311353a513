import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { type Actions, canEnd } from '../action.js';
import type { Case } from '../domain/case.js';
import { judgePardon, type PardonRefusal } from '../domain/pardon.js';
import { mostThresholds, sameThreshold, type WarnThreshold } from '../domain/threshold.js';
import type { SituationReader } from '../ports.js';
import type { CaseEdits } from '../repository/caseEdits.js';
import type { CaseRepository } from '../repository/cases.js';
import type { ThresholdChange, WarningRepository } from '../repository/warnings.js';

export interface WarningsParts {
	readonly warnings: WarningRepository;
	readonly cases: Pick<CaseRepository, 'find'>;
	readonly edits: Pick<CaseEdits, 'remove'>;
	readonly situations: SituationReader;
	readonly actions: Pick<Actions, 'get'>;
	readonly clock: Clock;
	readonly wake: () => void;
}

interface By {
	readonly guildId: string;
	readonly actorId: string;
}

const mostListed = 1_000;

/** Warnings that count, and what they lead to. */
export class Warnings {
	readonly #parts: WarningsParts;

	public constructor(parts: WarningsParts) {
		this.#parts = parts;
	}

	/** Those of somebody that count, the newest first. */
	public list(guildId: string, userId: string): Promise<readonly Case[]> {
		return this.#parts.warnings.active(guildId, userId, mostListed);
	}

	/** Whether that moderator may take warnings from that person. */
	public async judgePardon({ guildId, actorId }: By, userId: string): Promise<Outcome<null, PardonRefusal | 'server-away'>> {
		const situation = await this.#parts.situations.read({ guildId, actorId, targetId: userId });
		return situation === null ? refuse('server-away') : judgePardon(situation);
	}

	/** None of somebody's warnings counts any more. Answers how many there were. */
	public async clear(by: By, userId: string): Promise<Outcome<number, PardonRefusal | 'server-away' | 'no-warnings'>> {
		const judged = await this.judgePardon(by, userId);
		if (!judged.ok) return judged;
		const removed = await this.#parts.edits.remove(this.#editor(by), { type: 'warn', userId });
		if (removed.length === 0) return refuse('no-warnings');
		this.#parts.wake();
		return accept(removed.length);
	}

	/** One warning does not count any more. */
	public async remove(by: By, number: number): Promise<Outcome<null, PardonRefusal | 'server-away' | 'no-such-warning'>> {
		const one = await this.#parts.cases.find(by.guildId, number);
		if (one === null || one.type !== 'warn' || one.state !== 'active') return refuse('no-such-warning', { number });
		const judged = one.userId === null ? accept(null) : await this.judgePardon(by, one.userId);
		if (!judged.ok) return judged;
		const removed = await this.#parts.edits.remove(this.#editor(by), { type: 'warn', number });
		if (removed.length === 0) return refuse('no-such-warning', { number });
		this.#parts.wake();
		return accept(null);
	}

	public thresholds(guildId: string): Promise<readonly WarnThreshold[]> {
		return this.#parts.warnings.thresholds(guildId);
	}

	/** From now on so many warnings lead to that; of one count there is one threshold. */
	public async addThreshold(
		by: By,
		wanted: WarnThreshold
	): Promise<Outcome<ThresholdChange, 'no-such-action' | 'threshold-no-duration' | 'threshold-same' | 'threshold-full'>> {
		const action = this.#parts.actions.get(wanted.action);
		if (action === null) return refuse('no-such-action');
		if (wanted.durationSeconds !== null && !canEnd(action)) return refuse('threshold-no-duration');
		return this.#parts.warnings.changeThresholds({ ...by, now: this.#parts.clock.now() }, (stored) => {
			if (stored.some((one) => sameThreshold(one, wanted))) return refuse('threshold-same', { count: wanted.count });
			const others = stored.filter(({ count }) => count !== wanted.count);
			if (others.length >= mostThresholds) return refuse('threshold-full', { max: mostThresholds });
			return accept([...others, wanted]);
		});
	}

	public removeThreshold(by: By, count: number): Promise<Outcome<ThresholdChange, 'no-such-threshold'>> {
		return this.#parts.warnings.changeThresholds({ ...by, now: this.#parts.clock.now() }, (stored) => {
			const others = stored.filter((one) => one.count !== count);
			return others.length === stored.length ? refuse('no-such-threshold', { count }) : accept(others);
		});
	}

	#editor({ guildId, actorId }: By) {
		return { guildId, actorId, now: this.#parts.clock.now() };
	}
}
