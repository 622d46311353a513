import type { PrismaClient } from '#generated/prisma/client.js';
import type { PrivacyRegistry } from '#lib/privacy/registry.js';

const module = 'access';
/** How long an entry that has ended is still kept, to see that it was there. */
const endedDays = 30;

/** What is stored about persons who may not use the bot, who bought it for a server, and who of the crew wrote it. */
export function accessPrivacy(privacy: PrivacyRegistry, prisma: PrismaClient): void {
	privacy.person({
		module,
		table: 'blacklist',
		describe: 'access:privacy.blacklist',
		async export(userId) {
			const id = BigInt(userId);
			const rows = await prisma.blacklist.findMany({ where: { OR: [{ kind: 'user', id }, { actorId: id }] }, orderBy: { at: 'asc' } });
			// Who put him there is a matter of the crew; what the crew wrote about others is a matter of those.
			return rows.map((row) => {
				const { kind, id: subject, at, reason, expiresAt } = row;
				const isOwn = kind === 'user' && subject === id;
				return { kind, id: subject, at, expiresAt, reason: isOwn ? reason : null, writtenByYou: row.actorId === id };
			});
		},
		async erase(tx, userId) {
			const id = BigInt(userId);
			const { count } = await tx.blacklist.updateMany({ where: { actorId: id }, data: { actorId: null } });
			const kept = await tx.blacklist.count({ where: { kind: 'user', id } });
			return kept === 0 ? { erased: count } : { erased: count, kept: { count: kept, reason: 'access:kept.blacklist' } };
		},
		retention: {
			days: endedDays,
			purge: (before, limit) => prisma.$executeRaw`/* access: bans that ended */
				DELETE FROM blacklist WHERE (kind, id) IN (SELECT kind, id FROM blacklist WHERE expires_at < ${new Date(before)} LIMIT ${limit})`
		}
	});
	privacy.person({
		module,
		table: 'entitlement',
		describe: 'access:privacy.entitlement',
		async export(userId) {
			const id = BigInt(userId);
			const where = { OR: [{ subjectKind: 'user' as const, subjectId: id }, { buyerId: id }, { actorId: id }] };
			const rows = await prisma.entitlement.findMany({ where, orderBy: { since: 'asc' } });
			return rows.map(({ subjectKind, subjectId, kind, source, since, expiresAt, buyerId, actorId }) => {
				return { subjectKind, subjectId, kind, source, since, expiresAt, boughtByYou: buyerId === id, writtenByYou: actorId === id };
			});
		},
		// The server stays let in: others are there too.
		async erase(tx, userId) {
			const id = BigInt(userId);
			const [bought, written, own] = [
				await tx.entitlement.updateMany({ where: { buyerId: id }, data: { buyerId: null } }),
				await tx.entitlement.updateMany({ where: { actorId: id }, data: { actorId: null } }),
				await tx.entitlement.deleteMany({ where: { subjectKind: 'user', subjectId: id } })
			];
			return { erased: bought.count + written.count + own.count };
		}
	});
}
