import type { Transaction } from '#lib/data/transaction.js';
import type { RecordChange } from '#lib/settings/settingsHub.js';
import type { Timers } from '#lib/timers/timers.js';
import { type Action, canEnd } from '../action.js';
import { type Case, caseKey } from '../domain/case.js';
import { endOf, type Order } from '../domain/order.js';
import { type CloseRequest, closeCases } from './closing.js';
import { keepLink } from './evidence.js';
import { idOrNull, readCase } from './rows.js';
import { timerKinds } from './timerKinds.js';

export { timerKinds };

export interface Recording {
	readonly order: Order;
	readonly action: Action;
	readonly botId: string;
	readonly now: number;
	/** The entry of Discord's audit log that it is made from. */
	readonly auditEntryId?: string;
}

/**
 * Writes the case of something that was done, with everything that follows from it: earlier cases end, its own end and its message
 * are timers. The caller's transaction decides that this happens once.
 */
export async function recordCase(
	tx: Transaction,
	timers: Pick<Timers, 'schedule' | 'cancel'>,
	{ order, action, botId, now, auditEntryId }: Recording,
	change: RecordChange
): Promise<Case> {
	const { guildId } = order;
	// The number first: who waited for it sees the case that was written meanwhile, and ends it.
	const number = await nextNumber(tx, guildId, now);
	const closing = closingOf(order, action, now);
	if (closing !== null) await closeCases(tx, timers, closing);
	const expiresAt = endOf(order);
	const row = await tx.moderationCase.create({
		data: {
			guildId: BigInt(guildId),
			number,
			type: action.type,
			userId: idOrNull(order.targetId),
			channelId: idOrNull(action.caseChannel?.(order.details) ?? order.channelId),
			moderatorId: BigInt(order.actorId ?? botId),
			reason: order.reason,
			at: new Date(order.at),
			expiresAt: expiresAt === null ? null : new Date(expiresAt),
			parentNumber: order.parentNumber,
			details: JSON.parse(JSON.stringify(order.details)),
			orderKey: order.key,
			auditEntryId: idOrNull(auditEntryId ?? null)
		}
	});
	await keepLink(tx, order, number, now);
	await action.record?.(tx, order, number, change);
	const key = caseKey(guildId, number);
	if (expiresAt !== null && canEnd(action)) await timers.schedule(tx, { kind: timerKinds.expire, key, guildId, dueAt: expiresAt });
	if (action.isLogged) await timers.schedule(tx, { kind: timerKinds.log, key, guildId, dueAt: now });
	return readCase(row);
}

/** The cases that end with what an order does; null for none. */
export function closingOf(order: Order, { closes }: Action, now: number): CloseRequest | null {
	const { actorId, channelId, guildId, targetId, parentNumber, type: by } = order;
	const { types, as, inChannel, parentOnly, ofEverybody } = closes;
	const common = { guildId, types, as, actorId, by, now };
	// The messages of thousands of cases are not brought up to date at once.
	if (ofEverybody === true) return { ...common, about: 'everybody', shows: false };
	const about = targetId === null ? { channelId } : { userIds: [targetId], ...(inChannel === true && { channelId }) };
	const only = parentOnly === true ? parentNumber : undefined;
	return only === null ? null : { ...common, about, only, shows: true };
}

/** The next number of a server. Who asks at the same time waits for this transaction, so none is given twice or left out. */
async function nextNumber(tx: Transaction, guildId: string, now: number): Promise<number> {
	const [row] = await tx.$queryRaw<{ last: number }[]>`/* moderation: number */
		WITH server AS (
			INSERT INTO guild (guild_id, joined_at) VALUES (${BigInt(guildId)}, ${new Date(now)}) ON CONFLICT DO NOTHING
		)
		INSERT INTO mod_case_counter AS counter (guild_id, last) VALUES (${BigInt(guildId)}, 1)
		ON CONFLICT (guild_id) DO UPDATE SET last = counter.last + 1 RETURNING last`;
	if (!row) throw new Error('The counter of cases gave no number');
	return row.last;
}
