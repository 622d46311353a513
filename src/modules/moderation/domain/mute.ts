const day = 86_400_000;

/** Discord: a time-out lasts 28 days at most. Milliseconds, a minute less, since clocks differ. */
export const longestTimeOutMs = 28 * day - 60_000;
/** How long after a time-out was set it is set again: a day before Discord would end it. */
export const renewAfterMs = 27 * day;
/** When somebody who is not there is looked for again: he may come back while nobody sees it. */
export const lookAgainMs = day;
/** Discord may end a time-out that much earlier than we would: nobody renews it for that. */
const toleranceMs = 60_000;

/** Until when Discord is asked to keep somebody silent, of a mute that ends at `endsAt`. */
export function untilFor(endsAt: number | null, now: number): number {
	return Math.min(endsAt ?? Number.POSITIVE_INFINITY, now + longestTimeOutMs);
}

/** Whether Discord would end a mute that begins or is renewed now before its time. */
export function needsRenewal(endsAt: number | null, now: number): boolean {
	return endsAt === null || endsAt > now + longestTimeOutMs + toleranceMs;
}

export type Renewal =
	/** It is over, or ends with the time-out that is there. */
	| { readonly do: 'nothing'; readonly lookAgainIn: number | null }
	| { readonly do: 'set'; readonly until: number; readonly lookAgainIn: number | null };

/** What is to be done about a mute that is longer than a time-out can be. `timedOutUntil`: as Discord has it; undefined when he is not there. */
export function renewalOf(endsAt: number | null, timedOutUntil: number | null | undefined, now: number): Renewal {
	if (endsAt !== null && endsAt <= now) return { do: 'nothing', lookAgainIn: null };
	if (timedOutUntil === undefined) return { do: 'nothing', lookAgainIn: lookAgainMs };
	const until = untilFor(endsAt, now);
	const lookAgainIn = needsRenewal(endsAt, now) ? renewAfterMs : null;
	if ((timedOutUntil ?? 0) >= until - toleranceMs) return { do: 'nothing', lookAgainIn };
	return { do: 'set', until, lookAgainIn };
}

/** The key of the timer that renews the mute of a person. */
export function renewalKey(guildId: string, userId: string): string {
	return `${guildId}-${userId}`;
}

/** Null when it is the key of nothing. */
export function readRenewalKey(key: string): { readonly guildId: string; readonly userId: string } | null {
	const [, guildId, userId] = /^(\d{1,20})-(\d{1,20})$/.exec(key) ?? [];
	return guildId === undefined || userId === undefined ? null : { guildId, userId };
}
