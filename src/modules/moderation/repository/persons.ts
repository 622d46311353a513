import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';

/** What is kept about persons, for export and erasure. */
export interface PersonData {
	export(userId: string): Promise<readonly object[]>;
	erase(tx: Transaction, userId: string): Promise<number>;
}

/** Cases belong to the server: a person who is erased is taken out of them, the case and its number stay. */
export function moderationPersons({
	prisma
}: Pick<Database, 'prisma'>): Record<'cases' | 'events' | 'evidence' | 'jail' | 'snapshots', PersonData> {
	return {
		cases: {
			export(userId) {
				const id = BigInt(userId);
				return prisma.moderationCase.findMany({
					where: { OR: [{ userId: id }, { moderatorId: id }] },
					omit: { orderKey: true, details: true }
				});
			},
			async erase(tx, userId) {
				const id = BigInt(userId);
				const about = await tx.moderationCase.updateMany({ where: { userId: id }, data: { userId: null } });
				const by = await tx.moderationCase.updateMany({ where: { moderatorId: id }, data: { moderatorId: null } });
				return about.count + by.count;
			}
		},
		events: {
			export: (userId) => prisma.caseEvent.findMany({ where: { actorId: BigInt(userId) } }),
			async erase(tx, userId) {
				return (await tx.caseEvent.updateMany({ where: { actorId: BigInt(userId) }, data: { actorId: null } })).count;
			}
		},
		evidence: {
			export: (userId) => prisma.caseEvidence.findMany({ where: { actorId: BigInt(userId) } }),
			async erase(tx, userId) {
				return (await tx.caseEvidence.updateMany({ where: { actorId: BigInt(userId) }, data: { actorId: null } })).count;
			}
		},
		jail: {
			export: (userId) => prisma.jailEntry.findMany({ where: { userId: BigInt(userId) } }),
			// Who is in jail stays there: asking to be forgotten is no way out.
			erase: async () => 0
		},
		snapshots: {
			export: (userId) => prisma.roleSnapshot.findMany({ where: { userId: BigInt(userId) } }),
			async erase(tx, userId) {
				return (await tx.roleSnapshot.deleteMany({ where: { userId: BigInt(userId) } })).count;
			}
		}
	};
}

/** How long the roles of somebody who left are kept. Days. */
export const snapshotDays = 90;

export function purgeSnapshots({ prisma }: Pick<Database, 'prisma'>) {
	return (before: number, limit: number): Promise<number> =>
		prisma.$executeRaw`/* moderation: purge snapshots */ DELETE FROM role_snapshot
			WHERE (guild_id, user_id) IN (SELECT guild_id, user_id FROM role_snapshot WHERE left_at < ${new Date(before)} LIMIT ${limit})`;
}
