import { compareRoles } from '#lib/core/hierarchy.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Situation } from './situation.js';

export type PardonRefusal = 'target-self' | 'target-above-you';

/**
 * Whether somebody may take a warning from somebody: not from himself, and not from who stands above him. The bot's own rank does not
 * count, since nothing happens in Discord; who left, or is no more, has no rank.
 */
export function judgePardon({ actor, target, ownerId }: Pick<Situation, 'actor' | 'target' | 'ownerId'>): Outcome<null, PardonRefusal> {
	if (actor === null || target === null) return accept(null);
	if (actor.id === target.id) return refuse('target-self');
	if (actor.id === ownerId || target.topRole === null) return accept(null);
	if (target.id === ownerId || compareRoles(target.topRole, actor.topRole) >= 0) return refuse('target-above-you');
	return accept(null);
}
