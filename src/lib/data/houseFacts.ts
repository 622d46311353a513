import type { Clock } from '#lib/core/clock.js';
import type { Database } from '#lib/data/database.js';

/** Small facts of the house that outlive the process. */
export interface HouseFacts {
	read(key: string): Promise<unknown>;
	write(key: string, value: string): Promise<void>;
}

export function houseFacts({ prisma }: Pick<Database, 'prisma'>, clock: Clock): HouseFacts {
	return {
		async read(key) {
			const row = await prisma.houseFact.findUnique({ where: { key }, select: { value: true } });
			return row?.value ?? null;
		},
		async write(key, value) {
			const at = new Date(clock.now());
			await prisma.houseFact.upsert({ where: { key }, create: { key, value, at }, update: { value, at } });
		}
	};
}
