import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';

/** Persons in the tables of this module, for privacy. */
export function channelStatePersons({ prisma }: Pick<Database, 'prisma'>) {
	return {
		locks: {
			async export(userId: string): Promise<readonly object[]> {
				const id = BigInt(userId);
				const rows = await prisma.channelLock.findMany({ where: { OR: [{ userId: id }, { actorId: id }] } });
				// Who else it concerns is nobody's business but theirs.
				return rows.map(({ userId: about, actorId, jobNumber: _, ...row }) => ({ ...row, aboutYou: about === id, byYou: actorId === id }));
			},
			about: (userId: string, tx: Pick<Transaction, 'channelLock'>) => tx.channelLock.count({ where: { userId: BigInt(userId) } }),
			forgetActor: async (tx: Transaction, userId: string) =>
				(await tx.channelLock.updateMany({ where: { actorId: BigInt(userId) }, data: { actorId: null } })).count
		},
		ignores: {
			async export(userId: string): Promise<readonly object[]> {
				const rows = await prisma.lockIgnore.findMany({ where: { actorId: BigInt(userId) } });
				return rows.map(({ actorId: _, ...row }) => row);
			},
			forgetActor: async (tx: Transaction, userId: string) =>
				(await tx.lockIgnore.updateMany({ where: { actorId: BigInt(userId) }, data: { actorId: null } })).count
		}
	};
}
