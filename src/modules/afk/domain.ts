import { accept, type Outcome, refuse } from '#lib/core/outcome.js';

export const longestReason = 100;
/** Whoever has just said that he leaves may finish his sentence. */
export const graceMs = 5_000;
/** How often it is said in one channel that a person is away. */
export const noticeEveryMs = 30_000;
/** Mentions of one message that are looked at. */
export const mostMentions = 10;
/** How often the last message of one member is written down. */
export const seenEveryMs = 300_000;
/** Names kept of one person; the oldest go. */
export const mostNames = 100;

export const seenDays = 180;
export const namesDays = 365;
export const afkDays = 365;

export interface Away {
	readonly reason: string;
	/** Milliseconds since 1970. */
	readonly since: number;
}

/** A person who came back. */
export interface Return {
	readonly since: number;
	readonly mentions: number;
}

export interface AwayNotice extends Away {
	readonly userId: string;
}

/** Whether a message ends the absence of its author. */
export function endsAbsence(away: Away, now: number): boolean {
	return now - away.since >= graceMs;
}

/** Whether a thing that was done at `last` (undefined: never) is due again. */
export function isDueAgain(last: number | undefined, now: number, everyMs: number): boolean {
	return last === undefined || now - last >= everyMs;
}

/** One line, as it can be stored and shown; empty when nothing is left of it. */
export function cleanReason(text: string): string {
	return text
		.toWellFormed()
		.replaceAll(/[\p{Cc}\s]+/gu, ' ')
		.trim();
}

/** What is stored as the reason: what was typed, or `usual` when nothing was. */
export function judgeReason(typed: string | null, usual: string): Outcome<string, 'reason-too-long'> {
	const reason = cleanReason(typed ?? '');
	if (reason.length > longestReason) return refuse('reason-too-long', { most: longestReason });
	return accept(reason === '' ? usual : reason);
}

export const nameKinds = ['username', 'display', 'nickname'] as const;
export type NameKind = (typeof nameKinds)[number];

/** A name that somebody bears, or bore. Only nicknames belong to a server. */
export interface NameRecord {
	readonly kind: NameKind;
	readonly value: string;
	/** Since when, as far as we know. Milliseconds since 1970. */
	readonly changedAt: number;
}

/** The names of a person as an event tells them; null: none. */
export interface Names {
	readonly username: string | null;
	readonly display: string | null;
	readonly nickname: string | null;
}

/** What is handed to storage, which decides whether it is news. */
export interface NameChange {
	readonly userId: string;
	readonly kind: NameKind;
	/** Null but for nicknames. */
	readonly guildId: string | null;
	readonly value: string;
	readonly at: number;
	/** The name before the first change we saw: only worth a row when there is none yet. */
	readonly onlyIfFirst: boolean;
}

/** What one name of an event means: the old one, if it was known and another, and the new one. */
export function nameChanges(
	who: Pick<NameChange, 'userId' | 'kind' | 'guildId' | 'at'>,
	before: string | null,
	value: string
): readonly NameChange[] {
	const change = { ...who, value, onlyIfFirst: false };
	if (before === null || before === '' || before === value) return [change];
	// A millisecond earlier, so that it stands below the new one.
	return [{ ...who, value: before, at: who.at - 1, onlyIfFirst: true }, change];
}

/** Where the changes of one name are gathered. */
export function nameKey({ kind, guildId, userId }: Pick<NameChange, 'kind' | 'guildId' | 'userId'>): string {
	return `${userId}:${kind}:${guildId ?? ''}`;
}

/** The person of a {@link nameKey}. */
export function personOfNameKey(key: string): string {
	return key.slice(0, key.indexOf(':'));
}
