/** What an action remembers besides: what its undoing needs, counts. Plain data, kept as JSON. */
export type Detail = string | number | boolean | null | readonly Detail[];
export type Details = { readonly [key: string]: Detail };

/**
 * `active`: it counts, or its effect lasts. `expired`: its time is over. `undone`: taken back by somebody. `superseded`: a later action
 * took its place. `removed`: a warning that no longer counts. `deleted`: hidden, but its number stays taken.
 */
export type CaseState = 'active' | 'expired' | 'undone' | 'superseded' | 'removed' | 'deleted';

/** One moderation action as it is kept. Times in milliseconds since 1970. */
export interface Case {
	readonly guildId: string;
	readonly number: number;
	readonly type: string;
	readonly userId: string | null;
	readonly channelId: string | null;
	readonly moderatorId: string | null;
	readonly reason: string | null;
	readonly at: number;
	readonly expiresAt: number | null;
	readonly state: CaseState;
	readonly closedAt: number | null;
	readonly parentNumber: number | null;
	readonly details: Details;
	/** Made from Discord's audit log: somebody did it by hand. */
	readonly external: boolean;
	readonly log: { readonly channelId: string; readonly messageId: string } | null;
}

/** How long a case can be taken back by its button. */
export const undoMs = 600_000;

/** Whether its button takes it back. Not what only moved the end of an earlier case: that would take back more than it did. */
export function canUndo({ details }: Pick<Case, 'details'>): boolean {
	return details['prolongs'] === undefined;
}

/** The key of the timers of a case. */
export function caseKey(guildId: string, number: number): string {
	return `${guildId}-${number}`;
}

/** Null when it is the key of nothing. */
export function readCaseKey(key: string): { readonly guildId: string; readonly number: number } | null {
	const [, guildId, number] = /^(\d{1,20})-(\d{1,9})$/.exec(key) ?? [];
	return guildId === undefined || number === undefined ? null : { guildId, number: Number(number) };
}

/** When a case that ends by itself is over; null while it lasts, and for one that never ends. */
export function isOver({ expiresAt, state }: Case, now: number): boolean {
	return state === 'active' && expiresAt !== null && expiresAt <= now;
}
