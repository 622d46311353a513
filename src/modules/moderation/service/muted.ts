import type { Clock } from '#lib/core/clock.js';
import type { MutedList } from '../ports.js';
import type { CaseRepository } from '../repository/cases.js';

export interface MutedParts {
	readonly cases: Pick<CaseRepository, 'allRunning'>;
	readonly clock: Clock;
	/** Everybody whom Discord keeps from speaking; all members are read for it. */
	readonly timedOut: (guildId: string, now: number) => Promise<MutedList['people']>;
}

/** A hundred pages of Discord: half a minute. */
const mostRead = 100_000;
const mostCases = 2_000;

/** Who may not speak in a server. In a very large one only those who have a case are known. */
export async function mutedIn(
	{ cases, clock, timedOut }: MutedParts,
	{ id, memberCount }: { readonly id: string; readonly memberCount: number }
): Promise<MutedList> {
	const now = clock.now();
	if (memberCount <= mostRead) return { people: await timedOut(id, now), complete: true };
	const running = await cases.allRunning(id, 'mute', mostCases);
	const people = running.flatMap(({ userId, expiresAt }) =>
		userId === null || (expiresAt ?? Number.POSITIVE_INFINITY) <= now ? [] : [{ id: userId, until: expiresAt }]
	);
	return { people, complete: false };
}
