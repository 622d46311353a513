import type { Database } from '#lib/data/database.js';
import type { PrivacyRegistry } from '#lib/privacy/registry.js';

/** The key of an item is often a person: nothing of it stays longer than anybody asks about it. */
const days = 7;

/** Who started or stopped a job, and whom it was about. */
export function jobsPrivacy(privacy: Pick<PrivacyRegistry, 'person'>, { prisma }: Pick<Database, 'prisma'>): void {
	privacy.person({
		module: 'jobs',
		table: 'job',
		describe: 'jobs:tables.job',
		async export(userId) {
			const person = BigInt(userId);
			const own = await prisma.job.findMany({
				where: { OR: [{ actorId: person }, { cancellerId: person }] },
				omit: { payload: true, titleValues: true },
				orderBy: { id: 'asc' }
			});
			const about = await prisma.jobItem.findMany({
				where: { key: userId },
				select: { state: true, why: true, job: { select: { kind: true, guildId: true, startedAt: true } } },
				orderBy: { jobId: 'asc' }
			});
			return [...own, ...about];
		},
		async erase(tx, userId) {
			const person = BigInt(userId);
			const started = await tx.job.updateMany({ where: { actorId: person }, data: { actorId: 0n } });
			const stopped = await tx.job.updateMany({ where: { cancellerId: person }, data: { cancellerId: 0n } });
			const where = { key: userId };
			const about = await tx.jobItem.deleteMany({ where: { ...where, job: { state: { not: 'running' } } } });
			const erased = started.count + stopped.count + about.count;
			const count = await tx.jobItem.count({ where });
			return count === 0 ? { erased } : { erased, kept: { count, reason: 'jobs:kept' } };
		},
		retention: { days, purge: (before, limit) => purge({ prisma }, before, limit) }
	});
}

/** Items go before their job, so that no statement takes a hundred thousand of them with it. */
async function purge({ prisma }: Pick<Database, 'prisma'>, before: number, limit: number): Promise<number> {
	const items = await prisma.$executeRaw`/* jobs: old items */ DELETE FROM job_item
		WHERE (job_id, position) IN (
			SELECT item.job_id, item.position FROM job_item AS item JOIN job ON job.id = item.job_id
			WHERE job.ended_at < to_timestamp(${before}::double precision / 1000) LIMIT ${limit})`;
	if (items >= limit) return items;
	const jobs = await prisma.$executeRaw`/* jobs: old */ DELETE FROM job
		WHERE id IN (SELECT id FROM job WHERE ended_at < to_timestamp(${before}::double precision / 1000) LIMIT ${limit - items})`;
	return items + jobs;
}
