import type { PrismaClient } from '#generated/prisma/client.js';

export interface ZoneRepository {
	find(userId: string): Promise<string | null>;
	set(userId: string, zone: string): Promise<void>;
	/** True when there was one. */
	unset(userId: string): Promise<boolean>;
}

/** The zone is a column of `user_settings`: exported and erased with it. */
export function zoneRepository(prisma: PrismaClient): ZoneRepository {
	return {
		async find(userId) {
			const row = await prisma.userSettings.findUnique({ where: { userId: BigInt(userId) }, select: { timezone: true } });
			return row?.timezone ?? null;
		},
		async set(userId, timezone) {
			const id = BigInt(userId);
			await prisma.userSettings.upsert({ where: { userId: id }, create: { userId: id, timezone }, update: { timezone } });
		},
		async unset(userId) {
			const where = { userId: BigInt(userId), timezone: { not: null } };
			const { count } = await prisma.userSettings.updateMany({ where, data: { timezone: null } });
			return count > 0;
		}
	};
}
