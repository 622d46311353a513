import type { Outcome } from '#lib/core/outcome.js';
import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import { lockGuild } from '#lib/settings/lockGuild.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import type { Timers } from '#lib/timers/timers.js';
import { type Case, caseKey } from '../domain/case.js';
import type { WarnThreshold } from '../domain/threshold.js';
import { timerKinds } from './record.js';
import { readCase } from './rows.js';

/** Where changes of thresholds are recorded. Nobody keeps them in memory: they are read when somebody is warned. */
export const thresholdSlot = 'moderation.thresholds';

export interface ThresholdChange {
	readonly before: readonly WarnThreshold[];
	readonly after: readonly WarnThreshold[];
}

export interface WarningRepository {
	/** Warnings of somebody that count, the newest first. */
	active(guildId: string, userId: string, limit: number): Promise<readonly Case[]>;
	/** When warnings of somebody were given that count, and came before the one of that number. */
	before(guildId: string, userId: string, number: number): Promise<readonly number[]>;
	thresholds(guildId: string): Promise<readonly WarnThreshold[]>;
	/** Sees to it, in the transaction of a warning, that what follows from it is done, where anything can. */
	planEscalation(tx: Transaction, guildId: string, number: number, dueAt: number): Promise<void>;
	/** Reads, decides and writes in one transaction; two at once come one after the other. */
	changeThresholds<Code extends string>(
		who: { readonly guildId: string; readonly actorId: string; readonly now: number },
		decide: (stored: readonly WarnThreshold[]) => Outcome<readonly WarnThreshold[], Code>
	): Promise<Outcome<ThresholdChange, Code>>;
}

export function warningRepository(
	{ prisma }: Pick<Database, 'prisma'>,
	timers: Pick<Timers, 'schedule'>,
	hub: Pick<SettingsHub, 'write'>
): WarningRepository {
	const read = async (db: Pick<Transaction, 'warnThreshold'>, guildId: string): Promise<WarnThreshold[]> => {
		const rows = await db.warnThreshold.findMany({ where: { guildId: BigInt(guildId) }, orderBy: { count: 'asc' } });
		return rows.map(({ guildId: _, ...threshold }) => threshold);
	};
	const warnings = (guildId: string, userId: string) =>
		({ guildId: BigInt(guildId), userId: BigInt(userId), type: 'warn', state: 'active' }) as const;
	return {
		async active(guildId, userId, limit) {
			const where = warnings(guildId, userId);
			return (await prisma.moderationCase.findMany({ where, orderBy: { number: 'desc' }, take: limit })).map(readCase);
		},
		async before(guildId, userId, number) {
			const where = { ...warnings(guildId, userId), number: { lt: number } };
			return (await prisma.moderationCase.findMany({ where, select: { at: true } })).map(({ at }) => at.getTime());
		},
		thresholds: (guildId) => read(prisma, guildId),
		async planEscalation(tx, guildId, number, dueAt) {
			const any = await tx.warnThreshold.findFirst({ where: { guildId: BigInt(guildId) }, select: { count: true } });
			if (any !== null) await timers.schedule(tx, { kind: timerKinds.escalate, key: caseKey(guildId, number), guildId, dueAt });
		},
		changeThresholds({ guildId, actorId, now }, decide) {
			const id = BigInt(guildId);
			return hub.write(
				thresholdSlot,
				guildId,
				(outcome) => (outcome.ok ? { guildId, actorId, ...recordOf(outcome.value) } : null),
				async (tx) => {
					await lockGuild(tx, guildId, now);
					const before = await read(tx, guildId);
					const decided = decide(before);
					if (!decided.ok) return decided;
					const after = decided.value;
					await tx.warnThreshold.deleteMany({ where: { guildId: id } });
					await tx.warnThreshold.createMany({ data: after.map((threshold) => ({ guildId: id, ...threshold })) });
					return { ok: true, value: { before, after } };
				}
			);
		}
	};
}

/** Of all thresholds those that were changed. */
function recordOf({ before, after }: ThresholdChange) {
	const only = (some: readonly WarnThreshold[], others: readonly WarnThreshold[]) =>
		some.filter((one) => !others.some((other) => JSON.stringify(other) === JSON.stringify(one))).map((one) => ({ ...one }));
	return { before: only(before, after), after: only(after, before) };
}
