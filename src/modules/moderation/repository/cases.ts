import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { RecordChange, SettingsHub } from '#lib/settings/settingsHub.js';
import type { Timers } from '#lib/timers/timers.js';
import { type DueTimer, LeaseLost } from '#lib/timers/types.js';
import type { Action } from '../action.js';
import { type Case, caseKey } from '../domain/case.js';
import { type Order, orderTimerKey, readOrder } from '../domain/order.js';
import { type Recording, recordCase, timerKinds } from './record.js';
import { isTaken, readCase } from './rows.js';

export interface CaseRepository {
	find(guildId: string, number: number): Promise<Case | null>;
	/** The last case of that type about a person that is not over. */
	running(guildId: string, userId: string, type: string): Promise<Case | null>;
	/** Those of a type that are not over, the newest first. */
	allRunning(guildId: string, type: string, limit: number): Promise<readonly Case[]>;
	findByOrder(guildId: string, orderKey: string): Promise<Case | null>;
	/** The latest active case of a type that is about a channel and nobody in it. */
	activeIn(guildId: string, type: string, channelId: string): Promise<Case | null>;
	/** Orders of a server that were begun and have no case yet: what they do may be done already. */
	underWay(guildId: string): Promise<readonly Order[]>;
	/** The kept order about the same person or channel. */
	unfinished(about: Pick<Order, 'key' | 'guildId' | 'targetId' | 'channelId'>): Promise<Order | null>;
	/** Keeps an order before it is carried out: who is killed in the middle finishes it by this timer at `finishAt`. */
	begin(order: Order, finishAt: number): Promise<void>;
	/** Writes a kept order anew, with what has come out of it so far; whoever runs its timer keeps it. */
	note(order: Order): Promise<void>;
	/** Forgets an order that Discord refused. */
	drop(order: Order): Promise<void>;
	/** Writes the case in place of the kept order; null when somebody else has written it. */
	complete(recording: Recording): Promise<Case | null>;
	/** The same for who runs the order's timer. */
	completeDue(recording: Recording, timer: DueTimer): Promise<Case>;
	/** Writes a case in the caller's own transaction, for what was done already; `change` when it is one of the hub. */
	record(tx: Transaction, recording: Recording, change?: RecordChange): Promise<Case>;
	/** Marks a case whose time is over, with what taking it back writes, and its timer. */
	expire(one: Case, undo: { readonly action: Action; readonly order: Order } | null, now: number, timer: DueTimer): Promise<void>;
	/** Notes where the message of a case is, unless another one was noted since it was read, and ends its timer. */
	posted(one: Case, log: { readonly channelId: string; readonly messageId: string } | null, timer: DueTimer): Promise<void>;
}

export function caseRepository(
	{ prisma, transaction }: Pick<Database, 'prisma' | 'transaction'>,
	timers: Pick<Timers, 'schedule' | 'cancel' | 'cancelOnly'>,
	hub: Pick<SettingsHub, 'writeAll'>
): CaseRepository {
	const where = (one: Pick<Case, 'guildId' | 'number'>) => ({ guildId: BigInt(one.guildId), number: one.number });
	return {
		async find(guildId, number) {
			if (!Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) return null;
			const row = await prisma.moderationCase.findUnique({ where: { guildId_number: { guildId: BigInt(guildId), number } } });
			return row && readCase(row);
		},
		async running(guildId, userId, type) {
			const where = { guildId: BigInt(guildId), userId: BigInt(userId), type, state: 'active' } as const;
			const row = await prisma.moderationCase.findFirst({ where, orderBy: { number: 'desc' } });
			return row && readCase(row);
		},
		async allRunning(guildId, type, limit) {
			const where = { guildId: BigInt(guildId), type, state: 'active' } as const;
			return (await prisma.moderationCase.findMany({ where, orderBy: { number: 'desc' }, take: limit })).map(readCase);
		},
		async findByOrder(guildId, orderKey) {
			const row = await prisma.moderationCase.findUnique({ where: { guildId_orderKey: { guildId: BigInt(guildId), orderKey } } });
			return row && readCase(row);
		},
		async activeIn(guildId, type, channelId) {
			const where = { guildId: BigInt(guildId), type, channelId: BigInt(channelId), userId: null, state: 'active' } as const;
			const row = await prisma.moderationCase.findFirst({ where, orderBy: { number: 'desc' } });
			return row && readCase(row);
		},
		async underWay(guildId) {
			const where = { kind: timerKinds.finish, guildId: BigInt(guildId), failedAt: null };
			const rows = await prisma.scheduledTask.findMany({ where, select: { payload: true }, orderBy: { id: 'asc' } });
			return rows.map(({ payload }) => readOrder(payload)).filter((order) => order !== null);
		},
		async unfinished(about) {
			const where = { kind_key: { kind: timerKinds.finish, key: orderTimerKey(about) } };
			const row = await prisma.scheduledTask.findUnique({ where, select: { payload: true } });
			return row && readOrder(row.payload);
		},
		async begin(order, finishAt) {
			const payload = JSON.parse(JSON.stringify(order));
			const key = orderTimerKey(order);
			await timers.schedule(prisma, { kind: timerKinds.finish, key, guildId: order.guildId, dueAt: finishAt, payload });
		},
		async note(order) {
			const payload = JSON.stringify(order);
			await prisma.$executeRaw`/* moderation: note */ UPDATE scheduled_task SET payload = ${payload}::jsonb
				WHERE kind = ${timerKinds.finish} AND key = ${orderTimerKey(order)} AND payload->>'key' = ${order.key}`;
		},
		async drop(order) {
			await timers.cancelOnly(prisma, timerKinds.finish, orderTimerKey(order), { key: order.key });
		},
		async complete(recording) {
			const { order } = recording;
			try {
				return await hub.writeAll(async (tx, change) => {
					// Without Redis another process may have begun another order about the same person: that one stays.
					await timers.cancelOnly(tx, timerKinds.finish, orderTimerKey(order), { key: order.key });
					return recordCase(tx, timers, recording, change);
				});
			} catch (error) {
				// The number that we took goes back with all the rest.
				if (isTaken(error)) return null;
				throw error;
			}
		},
		completeDue: (recording, timer) =>
			hub.writeAll(async (tx, change) => {
				await timer.finish(tx);
				return recordCase(tx, timers, recording, change);
			}),
		record: (tx, recording, change = unheard) => recordCase(tx, timers, recording, change),
		expire: (one, undo, now, timer) =>
			hub.writeAll(async (tx, change) => {
				const data = { state: 'expired', closedAt: new Date(now) } as const;
				const { count } = await tx.moderationCase.updateMany({ where: { ...where(one), state: 'active' }, data });
				if (count === 0) throw new LeaseLost(timer.kind, timer.key);
				await tx.caseEvent.create({ data: { ...where(one), kind: 'expired', at: new Date(now) } });
				await undo?.action.record?.(tx, undo.order, one.number, change);
				const key = caseKey(one.guildId, one.number);
				await timers.schedule(tx, { kind: timerKinds.log, key, guildId: one.guildId, dueAt: now });
				await timer.finish(tx);
			}),
		async posted(one, log, timer) {
			// Also when the case changed meanwhile and its timer is somebody else's by now: he is to change this message.
			await prisma.moderationCase.updateMany({ where: { ...where(one), ...placeOf(one.log) }, data: placeOf(log) });
			await transaction((tx) => timer.finish(tx));
		}
	};
}

function placeOf(log: Case['log']) {
	return { logChannelId: log && BigInt(log.channelId), logMessageId: log && BigInt(log.messageId) };
}

/** In a transaction of another kind nobody would hear of it: an action that needs to be heard is not recorded there. */
async function unheard(slot: string): Promise<never> {
	throw new Error(`A change of "${slot}" belongs into a transaction of the settings hub`);
}
