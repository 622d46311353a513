import type { Prisma } from '#generated/prisma/client.js';
import type { Json } from '#lib/data/keyValue.js';

export type Transaction = Prisma.TransactionClient;

/** What the settings need of the database. */
export interface SettingsDatabase {
	readonly prisma: Pick<Transaction, '$queryRaw' | '$executeRaw'>;
	transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** Who changed what, for the server's record. */
export interface ConfigChangeRow {
	readonly guildId: string;
	readonly actorId: string;
	/** Null: nothing was stored. */
	readonly before: Json;
	readonly after: Json;
}

export interface MissedEvents {
	/** Every transaction below this one had ended: where the next reading begins. */
	readonly xmin: bigint;
	/** Events of this transaction or an earlier one may have been pruned; null when none ever were. */
	readonly prunedUpTo: bigint | null;
	readonly events: readonly { readonly id: bigint; readonly slot: string; readonly key: string }[];
}

/** Writes the event, and the change when there is one, in the caller's transaction: one statement. */
export async function recordChange(tx: Transaction, slot: string, key: string, change: ConfigChangeRow | null, now: number): Promise<void> {
	const at = new Date(now);
	if (change === null) {
		await tx.$executeRaw`/* settings: event */ INSERT INTO settings_event (slot, key, at) VALUES (${slot}, ${key}, ${at})`;
		return;
	}
	await tx.$executeRaw`/* settings: change */
		WITH change AS (
			INSERT INTO config_change (guild_id, actor_id, slot, before, after, at)
			VALUES (${BigInt(change.guildId)}, ${BigInt(change.actorId)}, ${slot}, ${jsonText(change.before)}::jsonb, ${jsonText(change.after)}::jsonb, ${at})
		)
		INSERT INTO settings_event (slot, key, at) VALUES (${slot}, ${key}, ${at})`;
}

/**
 * The events that a process which last read at `since` may not have seen, and where it stands now: both of one snapshot.
 *
 * Ids and transaction numbers are taken before the commit, so one that is lower may become visible later. All numbers below
 * the xmin of a snapshot had ended when it was taken; whatever is at or above it is read (again) the next time.
 */
export async function missedEvents({ prisma }: SettingsDatabase, since: bigint): Promise<MissedEvents> {
	const rows = await prisma.$queryRaw<
		{ xmin: bigint; pruned: string | null; id: bigint | null; slot: string | null; key: string | null }[]
	>`/* settings: missed events */
		SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin, fact.value ->> 'xid' AS pruned,
			event.id, event.slot, event.key
		FROM (SELECT 1) AS one
		LEFT JOIN house_fact AS fact ON fact.key = ${prunedFact}
		LEFT JOIN settings_event AS event ON event.xid >= ${since}`;
	const [first] = rows;
	if (!first) throw new Error('The settings events gave no row');
	return {
		xmin: first.xmin,
		prunedUpTo: first.pruned === null ? null : BigInt(first.pruned),
		events: rows.flatMap(({ id, slot, key }) => (id === null || slot === null || key === null ? [] : [{ id, slot, key }]))
	};
}

/** Where a process that knows nothing yet begins. */
export async function currentXmin({ prisma }: SettingsDatabase): Promise<bigint> {
	const [row] = await prisma.$queryRaw<
		{ xmin: bigint }[]
	>`/* settings: start */ SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin`;
	if (!row) throw new Error('The database gave no snapshot');
	return row.xmin;
}

const prunedFact = 'settings.events.pruned';

/** Deletes at most `limit` events older than `before` and notes how far, so that a process that was away longer finds out. */
export async function pruneEvents({ prisma }: SettingsDatabase, before: number, limit: number): Promise<number> {
	const at = new Date(before);
	const [row] = await prisma.$queryRaw<{ count: bigint }[]>`/* settings: prune events */
		WITH gone AS (
			DELETE FROM settings_event WHERE id IN (SELECT id FROM settings_event WHERE at < ${at} ORDER BY at LIMIT ${limit}) RETURNING xid
		), noted AS (
			INSERT INTO house_fact (key, value, at)
			SELECT ${prunedFact}, jsonb_build_object('xid', max(xid)::text), ${at} FROM gone HAVING count(*) > 0
			ON CONFLICT (key) DO UPDATE SET at = excluded.at,
				value = jsonb_build_object('xid', greatest((house_fact.value ->> 'xid')::bigint, (excluded.value ->> 'xid')::bigint)::text)
		)
		SELECT count(*) AS count FROM gone`;
	return Number(row?.count ?? 0n);
}

/** Deletes at most `limit` records of changes older than `before`. */
export async function pruneChanges({ prisma }: SettingsDatabase, before: number, limit: number): Promise<number> {
	return prisma.$executeRaw`/* settings: prune changes */
		DELETE FROM config_change WHERE id IN (SELECT id FROM config_change WHERE at < ${new Date(before)} ORDER BY at LIMIT ${limit})`;
}

function jsonText(value: Json): string | null {
	return value === null ? null : JSON.stringify(value);
}
