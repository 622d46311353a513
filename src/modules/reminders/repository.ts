import type { Prisma, Reminder as Row } from '#generated/prisma/client.js';
import type { Database, Transaction } from '#lib/data/database.js';
import type { Timers } from '#lib/timers/timers.js';
import { LeaseLost } from '#lib/timers/types.js';
import type { Reminder, ReminderChange } from './domain.js';
import type { ReminderRepository } from './ports.js';

/** The name of the scheduled-task piece. */
export const reminderKind = 'reminderDue';

const toCome = { OR: [{ sentAt: null }, { everySeconds: { not: null } }] } satisfies Prisma.ReminderWhereInput;

/** In every transaction the row of the reminder is locked before the row of its timer. */
export function reminderRepository(
	{ prisma, transaction }: Pick<Database, 'prisma' | 'transaction'>,
	timers: Pick<Timers, 'schedule' | 'cancel'>
): ReminderRepository {
	const setTimer = (tx: Transaction, { id, dueAt }: Reminder) => timers.schedule(tx, { kind: reminderKind, key: String(id), dueAt });

	return {
		add: (reminder, most) =>
			transaction(async (tx) => {
				if (await isFull(tx, reminder.userId, most)) return null;
				const { userId, guildId, channelId, messageId, dueAt, everyMs, createdAt, ...same } = reminder;
				const row = await tx.reminder.create({
					data: {
						...same,
						userId: BigInt(userId),
						guildId: idOrNull(guildId),
						channelId: BigInt(channelId),
						messageId: idOrNull(messageId),
						dueAt: new Date(dueAt),
						everySeconds: seconds(everyMs),
						createdAt: new Date(createdAt)
					}
				});
				const added = read(row);
				await setTimer(tx, added);
				return added;
			}),

		async find(id) {
			if (!Number.isSafeInteger(id) || Math.abs(id) > largestInt) return null;
			const row = await prisma.reminder.findUnique({ where: { id } });
			return row && read(row);
		},

		async active(userId, guildId) {
			const where = { userId: BigInt(userId), ...toCome, ...(guildId === undefined ? {} : { guildId: idOrNull(guildId) }) };
			return (await prisma.reminder.findMany({ where, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }] })).map(read);
		},

		change: (id, userId, change) =>
			transaction(async (tx) => {
				if (id > largestInt) return null;
				const where = { id, userId: BigInt(userId), ...toCome };
				const [row] = await tx.reminder.updateManyAndReturn({ where, data: changed(change) });
				if (!row) return null;
				const reminder = read(row);
				if (change.dueAt !== undefined) await setTimer(tx, reminder);
				return reminder;
			}),

		again: (reminder, dueAt, most) =>
			transaction(async (tx) => {
				if (await isFull(tx, reminder.userId, most)) return 'full';
				const { id, occurrence } = reminder;
				const where = { id, occurrence, sentAt: { not: null }, everySeconds: null };
				const [row] = await tx.reminder.updateManyAndReturn({ where, data: { sentAt: null, dueAt: new Date(dueAt) } });
				if (!row) return 'gone';
				const set = read(row);
				await setTimer(tx, set);
				return set;
			}),

		putOff: (reminder, occurrence, dueAt, now, most) =>
			transaction(async (tx) => {
				if (await isFull(tx, reminder.userId, most)) return 'full';
				const [row] = await tx.reminder.createManyAndReturn({
					skipDuplicates: true,
					data: [
						{
							userId: BigInt(reminder.userId),
							guildId: idOrNull(reminder.guildId),
							channelId: BigInt(reminder.channelId),
							messageId: idOrNull(reminder.messageId),
							text: reminder.text,
							inDm: reminder.inDm,
							dueAt: new Date(dueAt),
							createdAt: new Date(now),
							snoozedFrom: `${reminder.id}.${occurrence}`
						}
					]
				});
				if (!row) return 'gone';
				const set = read(row);
				await setTimer(tx, set);
				return set;
			}),

		async setMessage(id, messageId) {
			await prisma.reminder.updateMany({ where: { id, messageId: null }, data: { messageId: BigInt(messageId) } });
		},

		remove: (userId, ids) =>
			transaction(async (tx) => {
				const possible = ids.filter((id) => Math.abs(id) <= largestInt);
				const where = { id: { in: possible }, userId: BigInt(userId) };
				const own = (await tx.reminder.findMany({ where, select: { id: true } })).map((row) => row.id);
				const { count } = await tx.reminder.deleteMany({ where: { ...where, id: { in: own } } });
				if (own.length > 0) await timers.cancel(tx, reminderKind, ...own.map(String));
				return count;
			}),

		delivered: ({ id, occurrence, dueAt, seriesAt }, sentAt, nextAt, timer) =>
			transaction(async (tx) => {
				const next = nextAt === null ? {} : { dueAt: new Date(nextAt), seriesAt: new Date(seriesAt ?? dueAt) };
				const data = { sentAt: new Date(sentAt), occurrence: { increment: 1 }, ...next };
				const { count } = await tx.reminder.updateMany({ where: { id, occurrence }, data });
				if (count === 0) throw new LeaseLost(timer.kind, timer.key);
				await (nextAt === null ? timer.finish(tx) : timer.moveTo(tx, nextAt));
			}),

		skip: ({ id, occurrence, dueAt, seriesAt }, nextAt, timer) =>
			transaction(async (tx) => {
				const data = { dueAt: new Date(nextAt), seriesAt: new Date(seriesAt ?? dueAt), occurrence: { increment: 1 } };
				const { count } = await tx.reminder.updateMany({ where: { id, occurrence }, data });
				if (count === 0) throw new LeaseLost(timer.kind, timer.key);
				await timer.moveTo(tx, nextAt);
			}),

		drop: ({ id, occurrence }, timer) =>
			transaction(async (tx) => {
				const { count } = await tx.reminder.deleteMany({ where: { id, occurrence } });
				if (count === 0) throw new LeaseLost(timer.kind, timer.key);
				await timer.finish(tx);
			})
	};
}

/** The column is an int4: a larger number is nobody's id. */
const largestInt = 2_147_483_647;

/** Holds the person until the transaction ends: two at once must not both be the last one allowed. */
async function isFull(tx: Transaction, userId: string, most: number): Promise<boolean> {
	await tx.$executeRaw`/* reminders */ SELECT pg_advisory_xact_lock(hashtextextended('reminders', ${BigInt(userId)}::bigint))`;
	return (await tx.reminder.count({ where: { userId: BigInt(userId), ...toCome } })) >= most;
}

function changed({ dueAt, text, everyMs, inDm, place }: ReminderChange): Prisma.ReminderUpdateManyMutationInput {
	return {
		// Another time, or another length: a series begins anew.
		...(dueAt === undefined && everyMs === undefined ? {} : { seriesAt: null }),
		// A new message, not another try of the one that may be on its way.
		...(dueAt === undefined ? {} : { dueAt: new Date(dueAt), occurrence: { increment: 1 } }),
		...(text === undefined ? {} : { text }),
		// A series that ends now comes once more, also when it came before.
		...(everyMs === undefined ? {} : { everySeconds: seconds(everyMs), ...(everyMs === null ? { sentAt: null } : {}) }),
		...(inDm === undefined ? {} : { inDm }),
		...(place && { guildId: idOrNull(place.guildId), channelId: BigInt(place.channelId), messageId: idOrNull(place.messageId) })
	};
}

function seconds(ms: number | null): number | null {
	return ms === null ? null : Math.round(ms / 1_000);
}

function idOrNull(id: string | null): bigint | null {
	return id === null ? null : BigInt(id);
}

function read({
	userId,
	guildId,
	channelId,
	messageId,
	dueAt,
	everySeconds,
	seriesAt,
	sentAt,
	createdAt,
	snoozedFrom: _,
	...same
}: Row): Reminder {
	return {
		...same,
		userId: userId.toString(),
		guildId: guildId?.toString() ?? null,
		channelId: channelId.toString(),
		messageId: messageId?.toString() ?? null,
		dueAt: dueAt.getTime(),
		everyMs: everySeconds === null ? null : everySeconds * 1_000,
		seriesAt: seriesAt?.getTime() ?? null,
		sentAt: sentAt?.getTime() ?? null,
		createdAt: createdAt.getTime()
	};
}

/** What the privacy module does with the table. */
export function reminderData({ prisma }: Pick<Database, 'prisma'>, timers: Pick<Timers, 'cancel'>) {
	return {
		export: (userId: string) => prisma.reminder.findMany({ where: { userId: BigInt(userId) }, orderBy: { id: 'asc' } }),

		async erase(tx: Transaction, userId: string): Promise<number> {
			const where = { userId: BigInt(userId) };
			const rows = await tx.reminder.findMany({ where, select: { id: true } });
			const { count } = await tx.reminder.deleteMany({ where });
			await timers.cancel(tx, reminderKind, ...rows.map((row) => String(row.id)));
			return count;
		},

		/** One-time reminders that were delivered before `before`. */
		async purge(before: number, limit: number): Promise<number> {
			const where = { sentAt: { lt: new Date(before) }, everySeconds: null };
			const old = await prisma.reminder.findMany({ where, select: { id: true }, take: limit });
			const { count } = await prisma.reminder.deleteMany({ where: { ...where, id: { in: old.map((row) => row.id) } } });
			return count;
		}
	};
}
