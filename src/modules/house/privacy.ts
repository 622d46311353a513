import type { PrismaClient } from '#generated/prisma/client.js';
import type { PrivacyRegistry } from '#lib/privacy/registry.js';
import { pruneChanges, pruneEvents, type SettingsDatabase } from '#lib/settings/repository.js';

const module = 'house';

/** What the house itself stores about persons, and what of it is not kept for ever. */
export function housePrivacy(privacy: PrivacyRegistry, database: SettingsDatabase & { readonly prisma: PrismaClient }): void {
	const { prisma } = database;
	privacy.person({
		module,
		table: 'user_settings',
		describe: 'house:tables.user_settings',
		export: (userId) => prisma.userSettings.findMany({ where: { userId: BigInt(userId) } }),
		async erase(tx, userId) {
			const where = { userId: BigInt(userId) };
			// Whoever opted out or disagreed stays so: else we would begin to store again what he refused.
			const agreed = await tx.userSettings.updateMany({
				where: { ...where, optOut: { not: 0 }, consent: { not: 'declined' } },
				data: { locale: null, timezone: null, consent: 'unknown', consentVersion: null, consentAt: null }
			});
			const declined = await tx.userSettings.updateMany({
				where: { ...where, consent: 'declined' },
				data: { locale: null, timezone: null }
			});
			const { count } = await tx.userSettings.deleteMany({ where: { ...where, optOut: 0, consent: { not: 'declined' } } });
			const kept = { count: agreed.count + declined.count };
			return kept.count === 0 ? { erased: count } : { erased: count, kept: { count: kept.count, reason: 'house:kept.opt-out' } };
		}
	});
	privacy.person({
		module,
		table: 'config_change',
		describe: 'house:tables.config_change',
		export: (userId) => prisma.configChange.findMany({ where: { actorId: BigInt(userId) }, orderBy: { id: 'asc' } }),
		async erase(tx, userId) {
			const { count } = await tx.configChange.updateMany({ where: { actorId: BigInt(userId) }, data: { actorId: 0n } });
			return { erased: count };
		},
		retention: { days: 365, purge: (before, limit) => pruneChanges(database, before, limit) }
	});
	privacy.person({
		module,
		table: 'settings_event',
		describe: 'house:tables.settings_event',
		export: (userId) => prisma.settingsEvent.findMany({ where: ofPerson(userId), omit: { xid: true }, orderBy: { id: 'asc' } }),
		async erase(tx, userId) {
			const count = await tx.settingsEvent.count({ where: ofPerson(userId) });
			return count === 0 ? { erased: 0 } : { erased: 0, kept: { count, reason: 'house:kept.settings-event' } };
		},
		retention: { days: 7, purge: (before, limit) => pruneEvents(database, before, limit) }
	});
	privacy.guild({
		table: 'config_change',
		purge: (guildId, limit) => prisma.$executeRaw`/* house: changes of a left server */
			DELETE FROM config_change WHERE id IN (SELECT id FROM config_change WHERE guild_id = ${BigInt(guildId)} LIMIT ${limit})`
	});
	privacy.guild({
		table: 'scheduled_task',
		purge: (guildId, limit) => prisma.$executeRaw`/* house: timers of a left server */
			DELETE FROM scheduled_task WHERE id IN (SELECT id FROM scheduled_task WHERE guild_id = ${BigInt(guildId)} LIMIT ${limit})`
	});
}

/** Keys of persons are their id, or that of a server and theirs. */
function ofPerson(userId: string) {
	return { OR: [{ key: userId }, { key: { endsWith: `:${userId}` } }] };
}
