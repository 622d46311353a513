import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { RecordChange } from '#lib/settings/settingsHub.js';
import { guildSlot } from './restrictions.js';

/** What is kept about persons, for export and erasure. */
export interface RestrictionPersons {
	export(userId: string): Promise<readonly object[]>;
	/** `erased`: rows that are gone, or are without the person who made them. `kept`: restrictions that go on. */
	erase(tx: Transaction, userId: string, change: RecordChange): Promise<{ readonly erased: number; readonly kept: number }>;
}

/**
 * A restriction goes on when its person asks to be forgotten: that is no way out. Only what he was called then goes, and what was done
 * for him, his place on a whitelist. Who made a restriction is taken out of it.
 */
export function restrictionPersons({ prisma }: Pick<Database, 'prisma'>): RestrictionPersons {
	return {
		export(userId) {
			const id = BigInt(userId);
			return prisma.memberRestriction.findMany({ where: { OR: [{ userId: id }, { actorId: id }] } });
		},
		async erase(tx, userId, change) {
			const id = BigInt(userId);
			const places = await tx.memberRestriction.findMany({ where: { userId: id, kind: 'private_allow' }, select: { guildId: true } });
			const allowed = await tx.memberRestriction.deleteMany({ where: { userId: id, kind: 'private_allow' } });
			for (const { guildId } of places) await change(guildSlot, guildId.toString(), { guildId: null });
			const made = await tx.memberRestriction.updateMany({ where: { actorId: id }, data: { actorId: null } });
			const kept = await tx.memberRestriction.updateMany({ where: { userId: id }, data: { userName: null } });
			return { erased: allowed.count + made.count, kept: kept.count };
		}
	};
}
