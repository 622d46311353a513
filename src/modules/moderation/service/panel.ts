import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Case } from '../domain/case.js';
import type { Target } from '../domain/situation.js';
import type { SituationReader } from '../ports.js';
import type { CaseLists, TypeCounts } from '../repository/caseLists.js';

/** What staff should know of somebody before they act. */
export interface PanelFacts {
	readonly target: Target;
	/** Null: he may speak. */
	readonly mutedUntil: number | null;
	/** All cases about him, by type. */
	readonly counts: TypeCounts;
	/** The newest that count. */
	readonly active: readonly Case[];
}

const looked = 50;
const shown = 5;

/** Reads what the panel about somebody shows. */
export async function panelFacts(
	{ lists, situations }: { readonly lists: Pick<CaseLists, 'list'>; readonly situations: SituationReader },
	guildId: string,
	userId: string
): Promise<Outcome<PanelFacts, 'server-away' | 'nobody'>> {
	const [situation, { cases, counts }] = await Promise.all([
		situations.read({ guildId, actorId: null, targetId: userId, voice: false }),
		lists.list({ guildId, userId, without: ['note'] }, looked)
	]);
	if (situation === null) return refuse('server-away');
	const { target, now } = situation;
	if (target === null) return refuse('nobody');
	const mutedUntil = target.timedOutUntil !== null && target.timedOutUntil > now ? target.timedOutUntil : null;
	return accept({ target, mutedUntil, counts, active: cases.filter(({ state }) => state === 'active').slice(0, shown) });
}
