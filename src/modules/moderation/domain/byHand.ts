import type { Details } from './case.js';
import type { Order } from './order.js';

/** Which actions that people do by hand get a case. */
export type ExternalCases = 'all' | 'no-roles' | 'none';

/** What Discord's audit log says that somebody did. */
export type Deed =
	| { readonly kind: 'ban' | 'unban' | 'kick' }
	/** `until` in milliseconds since 1970; null: it was lifted. */
	| { readonly kind: 'time-out'; readonly until: number | null }
	| { readonly kind: 'roles'; readonly added: readonly string[]; readonly removed: readonly string[] };

/** An entry of the audit log, as far as it is of moderation. */
export interface AuditEntry {
	readonly id: string;
	readonly guildId: string;
	readonly executorId: string;
	readonly targetId: string;
	readonly reason: string | null;
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly deed: Deed;
}

/** The order that would have done the same. */
export function orderOfEntry({ id, guildId, executorId, targetId, reason, at, deed }: AuditEntry): Order {
	const { type, durationMs, details } = meaningOf(deed, at);
	const nothing = { channelId: null, parentNumber: null };
	return { ...nothing, key: `audit-${id}`, type, guildId, targetId, actorId: executorId, reason, durationMs, details, at };
}

function meaningOf(deed: Deed, at: number): { readonly type: string; readonly durationMs: number | null; readonly details: Details } {
	const plain = { durationMs: null, details: {} };
	switch (deed.kind) {
		case 'time-out':
			// One that ends at once ends one that ran.
			if (deed.until === null || deed.until <= at) return { ...plain, type: 'unmute' };
			return { ...plain, type: 'mute', durationMs: deed.until - at };
		case 'roles':
			return { ...plain, type: 'roles', details: { added: deed.added, removed: deed.removed } };
		default:
			return { ...plain, type: deed.kind };
	}
}

/** Whether what a person did by hand gets a case. Roles that somebody takes or gives himself are no moderation. */
export function isRecorded({ executorId, targetId, deed }: AuditEntry, wanted: ExternalCases): boolean {
	if (wanted === 'none' || executorId === targetId) return false;
	return wanted === 'all' || deed.kind !== 'roles';
}
