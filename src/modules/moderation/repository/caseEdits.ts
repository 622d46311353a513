import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { Timers } from '#lib/timers/timers.js';
import { type Case, caseKey } from '../domain/case.js';
import type { CaseSpan } from '../domain/caseSpan.js';
import type { EventKind } from '../domain/file.js';
import { timerKinds } from './record.js';
import { idOrNull, text } from './rows.js';

export interface Editor {
	readonly guildId: string;
	readonly actorId: string;
	readonly now: number;
}

/** A case that was changed. */
export interface Edited {
	readonly number: number;
	readonly type: string;
	readonly userId: string | null;
	/** What stood there before. */
	readonly before: string | null;
}

export interface CaseEdits {
	/** Gives cases another reason; answers those that there are, changed or not. Deleted ones are none. */
	reason(editor: Editor, span: CaseSpan, reason: string): Promise<readonly Edited[]>;
	/** Moves the end of a case together with its timer; false when the case has ended, or got another end, in the meantime. */
	end(editor: Editor, one: Case, endsAt: number): Promise<boolean>;
	/** Hides a case. `running`: its end is still to come, so it has to stay. */
	delete(editor: Editor, number: number, also: (tx: Transaction) => Promise<void>): Promise<'deleted' | 'gone' | 'running'>;
	/** Ends cases of a type that do not count any more: of a person, or one by its number. Answers their numbers. */
	remove(
		editor: Editor,
		which: { readonly type: string } & ({ readonly userId: string } | { readonly number: number })
	): Promise<readonly number[]>;
}

export interface CaseEditsParts {
	readonly database: Pick<Database, 'transaction'>;
	readonly timers: Pick<Timers, 'schedule' | 'cancel'>;
	/** Whether cases of this type stand in the log channel. */
	readonly isLogged: (type: string) => boolean;
}

/** Changes of cases. Each leaves an event, and brings the message in the log channel up to date, in its own transaction. */
export function caseEdits({ database, timers, isLogged }: CaseEditsParts): CaseEdits {
	const { transaction } = database;

	/** What every change leaves behind. */
	async function noted(tx: Transaction, editor: Editor, kind: EventKind, edited: readonly Edited[], after: string | null): Promise<void> {
		const { guildId, actorId, now } = editor;
		const event = { guildId: BigInt(guildId), actorId: BigInt(actorId), kind, after, at: new Date(now) };
		await tx.caseEvent.createMany({ data: edited.map(({ number, before }) => ({ ...event, number, before })) });
		for (const { number, type } of edited) {
			const key = caseKey(guildId, number);
			if (isLogged(type)) await timers.schedule(tx, { kind: timerKinds.log, key, guildId, dueAt: now });
		}
	}

	return {
		reason: (editor, span, reason) =>
			transaction(async (tx) => {
				const found = await locked(tx, editor.guildId, span);
				const changed = found.filter(({ before }) => before !== reason);
				const numbers = changed.map(({ number }) => number);
				await tx.moderationCase.updateMany({ where: { guildId: BigInt(editor.guildId), number: { in: numbers } }, data: { reason } });
				await noted(tx, editor, 'reason', changed, reason);
				return found;
			}),
		end: (editor, { number, type, userId, expiresAt }, endsAt) =>
			transaction(async (tx) => {
				const { guildId } = editor;
				const before = expiresAt === null ? null : new Date(expiresAt);
				const { count } = await tx.moderationCase.updateMany({
					where: { guildId: BigInt(guildId), number, state: 'active', expiresAt: before },
					data: { expiresAt: new Date(endsAt) }
				});
				if (count === 0) return false;
				await timers.schedule(tx, { kind: timerKinds.expire, key: caseKey(guildId, number), guildId, dueAt: endsAt });
				const edited = { number, type, userId, before: expiresAt === null ? null : String(expiresAt) };
				await noted(tx, editor, 'duration', [edited], String(endsAt));
				return true;
			}),
		delete: (editor, number, also) =>
			transaction(async (tx) => {
				const [one] = await locked(tx, editor.guildId, { kind: 'numbers', from: number, to: number });
				if (one === undefined) return 'gone';
				const closed = await tx.moderationCase.updateManyAndReturn({
					where: { guildId: BigInt(editor.guildId), number, OR: [{ state: { not: 'active' } }, { expiresAt: null }] },
					data: { state: 'deleted', closedAt: new Date(editor.now) },
					select: { number: true }
				});
				if (closed.length === 0) return 'running';
				await noted(tx, editor, 'deleted', [{ ...one, before: null }], null);
				await also(tx);
				return 'deleted';
			}),
		remove: (editor, { type, ...which }) =>
			transaction(async (tx) => {
				const about = 'userId' in which ? { userId: idOrNull(which.userId) } : which;
				const rows = await tx.moderationCase.updateManyAndReturn({
					where: { guildId: BigInt(editor.guildId), type, state: 'active', ...about },
					data: { state: 'removed', closedAt: new Date(editor.now) },
					select: { number: true, userId: true }
				});
				const edited = rows.map(({ number, userId }) => ({ number, type, userId: text(userId), before: null }));
				await noted(tx, editor, 'removed', edited, null);
				return edited.map(({ number }) => number);
			})
	};
}

/** Cases that nobody else changes until the transaction ends, lowest number first. The newest one is none that lists leave out. */
async function locked(tx: Transaction, guildId: string, span: CaseSpan): Promise<readonly Edited[]> {
	const id = BigInt(guildId);
	const rows =
		span.kind === 'latest'
			? await tx.$queryRaw<Row[]>`/* moderation: latest */
				SELECT number, type, user_id AS "userId", reason AS before FROM mod_case
				WHERE guild_id = ${id} AND state <> 'deleted' AND type NOT IN ('note', 'roles') ORDER BY number DESC LIMIT 1 FOR UPDATE`
			: await tx.$queryRaw<Row[]>`/* moderation: span */
				SELECT number, type, user_id AS "userId", reason AS before FROM mod_case
				WHERE guild_id = ${id} AND state <> 'deleted' AND number BETWEEN ${span.from} AND ${span.to} ORDER BY number FOR UPDATE`;
	return rows.map((row) => ({ ...row, userId: text(row.userId) }));
}

interface Row {
	readonly number: number;
	readonly type: string;
	readonly userId: bigint | null;
	readonly before: string | null;
}
