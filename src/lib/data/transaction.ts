import { setTimeout as wait } from 'node:timers/promises';
import type { Prisma, PrismaClient } from '#generated/prisma/client.js';
import { backOff } from '#lib/core/backOff.js';
import { isWriteConflict } from '#lib/data/storageAway.js';

export type Transaction = Prisma.TransactionClient;

/** Two transactions that keep colliding do so by design: more tries would only hide it. */
const attempts = 4;

/** Runs `work` in one transaction, again from its start when PostgreSQL ended it in favour of another one. */
export async function runTransaction<T>(
	prisma: PrismaClient,
	work: (tx: Transaction) => Promise<T>,
	options: { readonly isolationLevel?: Prisma.TransactionIsolationLevel } = {}
): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await prisma.$transaction(work, { maxWait: 5_000, timeout: 15_000, ...options });
		} catch (error) {
			if (attempt === attempts || !isWriteConflict(error)) throw error;
			await wait(backOff(attempt, { firstMs: 10, maxMs: 100 }));
		}
	}
}
