import type { PrismaClient } from '#generated/prisma/client.js';
import type { Transaction } from '#lib/settings/repository.js';

export interface OptOutRepository {
	/** Everyone who opted out of anything. */
	readAll(): Promise<ReadonlyMap<string, number>>;
	/** Null when the person opted out of nothing. */
	read(userId: string): Promise<number | null>;
	/** Sets or clears one bit. False when it was so already. */
	set(tx: Transaction, userId: string, bit: number, on: boolean): Promise<boolean>;
}

export function optOutRepository(prisma: PrismaClient): OptOutRepository {
	return {
		async readAll() {
			const rows = await prisma.userSettings.findMany({ where: { optOut: { not: 0 } }, select: { userId: true, optOut: true } });
			return new Map(rows.map(({ userId, optOut }) => [userId.toString(), optOut]));
		},
		async read(userId) {
			const row = await prisma.userSettings.findUnique({ where: { userId: BigInt(userId) }, select: { optOut: true } });
			return row === null || row.optOut === 0 ? null : row.optOut;
		},
		async set(tx, userId, bit, on) {
			const id = BigInt(userId);
			const count = on
				? await tx.$executeRaw`/* privacy: opt out */
					INSERT INTO user_settings (user_id, opt_out) VALUES (${id}, ${bit})
					ON CONFLICT (user_id) DO UPDATE SET opt_out = user_settings.opt_out | ${bit} WHERE user_settings.opt_out & ${bit} = 0`
				: await tx.$executeRaw`/* privacy: opt in */
					UPDATE user_settings SET opt_out = opt_out & ~${bit}::int WHERE user_id = ${id} AND opt_out & ${bit} <> 0`;
			return count === 1;
		}
	};
}
