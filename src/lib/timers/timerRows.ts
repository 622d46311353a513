import { Prisma } from '#generated/prisma/client.js';
import type { Json } from '#lib/data/keyValue.js';
import { LeaseLost, type TimerRequest, type Transaction } from './types.js';

/** A row that this process may run until its lease ends. */
export interface LeasedRow {
	readonly id: bigint;
	readonly token: string;
	readonly kind: string;
	readonly key: string;
	readonly guildId: string | null;
	readonly dueAt: number;
	readonly payload: Json;
	readonly attempts: number;
}

type Row = Omit<LeasedRow, 'token' | 'guildId' | 'dueAt'> & { guildId: bigint | null; dueAt: number };
type Held = Pick<LeasedRow, 'id' | 'token'>;

/** How long a row stays taken without a sign of life. Short, since Discord remembers a nonce for a few minutes only. */
export const leaseMs = 5_000;

// Every statement starts with this name, so that tests and the log can tell the loop's statements from all others.
const name = Prisma.raw('/* timers */');
const lease = Prisma.sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`;
// adapter-pg writes dates without a zone: a number cannot be read in the wrong one.
const instant = (ms: number) => Prisma.sql`to_timestamp(${ms}::double precision / 1000)`;

/** Takes what is due at `now`, oldest first. A row whose lease ended is taken again: its process is gone or stuck. */
export function claimStatement(kinds: readonly string[], now: number, limit: number, token: string): Prisma.Sql {
	// An array, not a join: its size is the same to the planner whatever the table holds, so the plan stays when it is kept.
	return Prisma.sql`${name} UPDATE scheduled_task AS task SET leased_until = ${lease}, lease_token = ${token}
	WHERE task.id = ANY (ARRAY(
		SELECT id FROM scheduled_task
		WHERE failed_at IS NULL AND due_at <= ${instant(now)} AND kind = ANY(${kinds}::text[])
			AND (leased_until IS NULL OR leased_until < clock_timestamp())
		ORDER BY failed_at, due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
	))
	RETURNING task.id, task.kind, task.key, task.guild_id AS "guildId", task.payload, task.attempts,
		(extract(epoch FROM task.due_at) * 1000)::double precision AS "dueAt"`;
}

export async function claim(db: Transaction, kinds: readonly string[], now: number, limit: number, token: string): Promise<LeasedRow[]> {
	const rows = await db.$queryRaw<Row[]>(claimStatement(kinds, now, limit, token));
	return rows.map((row) => ({ ...row, token, guildId: row.guildId?.toString() ?? null }));
}

/** Keeps rows taken while their work runs. Rows that changed hands stay as they are. */
export async function renew(db: Transaction, rows: readonly Held[]): Promise<void> {
	const ids = rows.map((row) => row.id);
	const tokens = rows.map((row) => row.token);
	await db.$executeRaw`${name} UPDATE scheduled_task AS task SET leased_until = ${lease}
		FROM unnest(${ids}::bigint[], ${tokens}::text[]) AS held (id, token) WHERE task.id = held.id AND task.lease_token = held.token`;
}

/** Writes a timer, or moves the one of this kind and key; whoever runs it at this moment loses it. */
export async function schedule(tx: Transaction, request: TimerRequest): Promise<void> {
	const guildId = request.guildId ? BigInt(request.guildId) : null;
	const payload = JSON.stringify(request.payload ?? {});
	await tx.$executeRaw`${name} INSERT INTO scheduled_task (kind, key, guild_id, due_at, payload)
		VALUES (${request.kind}, ${request.key}, ${guildId}::bigint, ${instant(request.dueAt)}, ${payload}::jsonb)
		ON CONFLICT (kind, key) DO UPDATE SET guild_id = excluded.guild_id, due_at = excluded.due_at, payload = excluded.payload,
			attempts = 0, leased_until = NULL, lease_token = NULL, failed_at = NULL, last_error = NULL`;
}

/** Lets a row that waits come at `dueAt`; one that runs stays with whoever runs it. */
export async function hurry(tx: Transaction, kind: string, key: string, dueAt: number): Promise<void> {
	await tx.$executeRaw`${name} UPDATE scheduled_task SET due_at = ${instant(dueAt)}
		WHERE kind = ${kind} AND key = ${key} AND due_at > ${instant(dueAt)} AND failed_at IS NULL
			AND (leased_until IS NULL OR leased_until < clock_timestamp())`;
}

/** Whether there is a row that is still to be run; not one that was given up. */
export async function isSet(tx: Transaction, kind: string, key: string): Promise<boolean> {
	const found = await tx.$queryRaw<object[]>`${name} SELECT FROM scheduled_task
		WHERE kind = ${kind} AND key = ${key} AND failed_at IS NULL`;
	return found.length === 1;
}

/** Answers how many there were. */
export async function cancel(tx: Transaction, kind: string, keys: readonly string[]): Promise<number> {
	return tx.$executeRaw`${name} DELETE FROM scheduled_task WHERE kind = ${kind} AND key = ANY(${keys}::text[])`;
}

/** Deletes a row that still carries `payload`, or more besides; answers how many there were. */
export async function cancelOnly(tx: Transaction, kind: string, key: string, payload: Json): Promise<number> {
	return tx.$executeRaw`${name} DELETE FROM scheduled_task
		WHERE kind = ${kind} AND key = ${key} AND payload @> ${JSON.stringify(payload)}::jsonb`;
}

/** Deletes a row that is still ours; answers how many were. */
export async function remove(db: Transaction, row: LeasedRow): Promise<number> {
	return db.$executeRaw`${name} DELETE FROM scheduled_task WHERE id = ${row.id} AND lease_token = ${row.token}`;
}

export async function finish(tx: Transaction, row: LeasedRow): Promise<void> {
	if ((await remove(tx, row)) === 0) throw new LeaseLost(row.kind, row.key);
}

export async function moveTo(tx: Transaction, row: LeasedRow, dueAt: number): Promise<void> {
	const count = await tx.$executeRaw`${name} UPDATE scheduled_task
		SET due_at = ${instant(dueAt)}, attempts = 0, leased_until = NULL, lease_token = NULL, last_error = NULL
		WHERE id = ${row.id} AND lease_token = ${row.token}`;
	if (count === 0) throw new LeaseLost(row.kind, row.key);
}

/** Tries again at `dueAt`; nothing happens when the row is no longer ours. */
export async function postpone(db: Transaction, row: LeasedRow, dueAt: number, attempts: number, error: string | null): Promise<void> {
	await db.$executeRaw`${name} UPDATE scheduled_task
		SET due_at = ${instant(dueAt)}, attempts = ${attempts}, leased_until = NULL, lease_token = NULL, last_error = ${error}
		WHERE id = ${row.id} AND lease_token = ${row.token}`;
}

/** Tried often enough: the row stays for whoever looks for the reason, and is never run again. */
export async function giveUp(db: Transaction, row: LeasedRow, now: number, error: string | null): Promise<void> {
	await db.$executeRaw`${name} UPDATE scheduled_task
		SET failed_at = ${instant(now)}, leased_until = NULL, lease_token = NULL, last_error = ${error}
		WHERE id = ${row.id} AND lease_token = ${row.token}`;
}

/** Deletes at most `limit` rows that were given up before `before`; answers how many. */
export async function deleteGivenUp(db: Transaction, before: number, limit: number): Promise<number> {
	return db.$executeRaw`${name} DELETE FROM scheduled_task
		WHERE id IN (SELECT id FROM scheduled_task WHERE failed_at < ${instant(before)} LIMIT ${limit})`;
}
