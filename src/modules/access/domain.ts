import { accept, type Outcome, refuse } from '#lib/core/outcome.js';

/** Why and how long somebody, or a server, may not use the bot. Times in milliseconds since 1970. */
export interface Ban {
	readonly reason: string | null;
	readonly since: number;
	/** Null: until it is lifted. */
	readonly until: number | null;
}

/** No timer ends it: whoever asks compares the times. */
export function counts(ban: Ban | null, now: number): ban is Ban {
	return ban !== null && (ban.until === null || ban.until > now);
}

/** A server that the people who run the bot have let in, and for whom. */
export interface Authorisation {
	/** Null: the buyer had himself forgotten. */
	readonly buyerId: string | null;
	readonly since: number;
}

export interface Crew {
	readonly owners: ReadonlySet<string>;
	readonly staff: ReadonlySet<string>;
}

export type BanRefusal = 'yourself' | 'crew' | 'bot';

/** Whether a person may be put on the blacklist at all: nobody locks out himself or those who could let him in again. */
export function judgePerson(
	who: { readonly actorId: string; readonly userId: string; readonly isBot: boolean },
	crew: Crew
): Outcome<null, BanRefusal> {
	if (who.userId === who.actorId) return refuse('yourself');
	if (who.isBot) return refuse('bot');
	return crew.owners.has(who.userId) || crew.staff.has(who.userId) ? refuse('crew') : accept(null);
}

/** What becomes of the bot in a server: it stays, or leaves for a reason. */
export type Verdict = 'stay' | 'blacklisted' | 'unauthorised';

/** `gated`: only servers that were let in may have the bot. */
export function judgeServer(ban: Ban | null, authorised: boolean, gated: boolean, now: number): Verdict {
	if (counts(ban, now)) return 'blacklisted';
	return gated && !authorised ? 'unauthorised' : 'stay';
}
