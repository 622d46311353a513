import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Case } from '../domain/case.js';
import { type CaseSpan, isTooWide, widestSpan } from '../domain/caseSpan.js';
import type { CaseFile } from '../domain/file.js';
import type { CaseEdits, Edited } from '../repository/caseEdits.js';
import type { CaseFilter, CaseList, CaseLists, ModeratorCounts } from '../repository/caseLists.js';
import { changeDuration, type DurationOutcome, type DurationParts, type DurationRequest } from './duration.js';
import type { EvidenceStore } from './evidence.js';

export interface CasesParts extends DurationParts {
	readonly file: (guildId: string, number: number) => Promise<CaseFile | null>;
	readonly lists: CaseLists;
	readonly edits: CaseEdits;
	readonly evidence: EvidenceStore;
	readonly clock: Clock;
	readonly wake: () => void;
}

interface By {
	readonly guildId: string;
	readonly actorId: string;
}

/** So many cases are listed; the counts are of all. */
const mostListed = 1_000;
/** Counted only, where all cases are listed: notes are for staff alone, and there are many changes of roles. */
const unlisted = ['note', 'roles'] as const;

/** What is kept about what was done: to look at, and to change. */
export class Cases {
	readonly #parts: CasesParts;

	public constructor(parts: CasesParts) {
		this.#parts = parts;
	}

	public get evidence(): EvidenceStore {
		return this.#parts.evidence;
	}

	public async open(guildId: string, number: number): Promise<Outcome<CaseFile, 'no-such-case' | 'case-deleted'>> {
		const file = await this.#parts.file(guildId, number);
		if (file === null) return refuse('no-such-case', { number });
		return file.case.state === 'deleted' ? refuse('case-deleted', { number }) : accept(file);
	}

	public list(filter: Omit<CaseFilter, 'without'>): Promise<CaseList> {
		return this.#parts.lists.list({ ...filter, without: unlisted }, mostListed);
	}

	/** Who did how much in the last `days` (null: ever). */
	public byModerator(guildId: string, days: number | null, moderatorId: string | null): Promise<readonly ModeratorCounts[]> {
		const since = days === null ? null : this.#parts.clock.now() - days * 86_400_000;
		return this.#parts.lists.byModerator(guildId, since, moderatorId);
	}

	public suggest(guildId: string, typed: string) {
		return this.#parts.lists.suggest(guildId, typed, mostSuggested);
	}

	public recentReasons(guildId: string, typed: string): Promise<readonly string[]> {
		return this.#parts.lists.recentReasons(guildId, typed, mostSuggested);
	}

	/** Gives cases another reason. Answers those that have it now. */
	public async changeReason(
		{ guildId, actorId }: By,
		span: CaseSpan,
		reason: string
	): Promise<Outcome<readonly Edited[], 'too-many-cases' | 'no-such-case' | 'no-cases' | 'reason-same'>> {
		if (isTooWide(span)) return refuse('too-many-cases', { max: widestSpan });
		const found = await this.#parts.edits.reason({ guildId, actorId, now: this.#parts.clock.now() }, span, reason);
		if (found.length === 0 && span.kind === 'numbers' && span.from === span.to) return refuse('no-such-case', { number: span.from });
		if (found.length === 0) return refuse('no-cases');
		if (found.every(({ before }) => before === reason)) return refuse('reason-same');
		this.#parts.wake();
		return accept(found);
	}

	public async changeDuration(request: DurationRequest): Promise<DurationOutcome> {
		const changed = await changeDuration(this.#parts, request);
		if (changed.ok) this.#parts.wake();
		return changed;
	}

	/** Hides a case for good: its number stays taken, its files go. */
	public async delete({ guildId, actorId }: By, number: number): Promise<Outcome<null, 'no-such-case' | 'case-running'>> {
		const { edits, evidence, clock } = this.#parts;
		const deleted = await edits.delete({ guildId, actorId, now: clock.now() }, number, (tx) => evidence.clear(tx, { guildId, number }));
		if (deleted === 'gone') return refuse('no-such-case', { number });
		if (deleted === 'running') return refuse('case-running', { number });
		this.#parts.wake();
		return accept(null);
	}

	/** What staff noted about somebody, the newest first. */
	public async notes(guildId: string, userId: string): Promise<readonly Case[]> {
		const { cases } = await this.#parts.lists.list({ guildId, userId, type: 'note' }, mostListed);
		return cases.filter(({ state }) => state === 'active');
	}

	/** Takes a note away. */
	public async removeNote({ guildId, actorId }: By, number: number): Promise<Outcome<null, 'no-such-note'>> {
		const removed = await this.#parts.edits.remove({ guildId, actorId, now: this.#parts.clock.now() }, { type: 'note', number });
		return removed.length === 0 ? refuse('no-such-note', { number }) : accept(null);
	}
}

/** Discord: suggestions at once. */
const mostSuggested = 25;
