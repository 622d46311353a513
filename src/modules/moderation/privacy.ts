import type { Database } from '#lib/data/database.js';
import type { PrivacyRegistry } from '#lib/privacy/registry.js';
import { moderationPersons, purgeSnapshots, snapshotDays } from './repository/persons.js';

/** What is stored about persons by this module. */
export function moderationPrivacy(privacy: PrivacyRegistry, database: Pick<Database, 'prisma'>): void {
	const persons = moderationPersons(database);
	privacy.person({
		module: 'moderation',
		table: 'mod_case',
		describe: 'moderation:privacy.cases',
		export: persons.cases.export,
		erase: async (tx, userId) => ({ erased: await persons.cases.erase(tx, userId) })
	});
	privacy.person({
		module: 'moderation',
		table: 'case_event',
		describe: 'moderation:privacy.events',
		export: persons.events.export,
		erase: async (tx, userId) => ({ erased: await persons.events.erase(tx, userId) })
	});
	privacy.person({
		module: 'moderation',
		table: 'case_evidence',
		describe: 'moderation:privacy.evidence',
		export: persons.evidence.export,
		erase: async (tx, userId) => ({ erased: await persons.evidence.erase(tx, userId) })
	});
	privacy.person({
		module: 'moderation',
		table: 'jail_entry',
		describe: 'moderation:privacy.jail',
		export: persons.jail.export,
		async erase(_tx, userId) {
			const kept = await persons.jail.export(userId);
			return { erased: 0, ...(kept.length > 0 && { kept: { count: kept.length, reason: 'moderation:privacy.jail-kept' } }) };
		}
	});
	privacy.person({
		module: 'moderation',
		table: 'role_snapshot',
		describe: 'moderation:privacy.snapshots',
		export: persons.snapshots.export,
		erase: async (tx, userId) => ({ erased: await persons.snapshots.erase(tx, userId) }),
		retention: { days: snapshotDays, purge: purgeSnapshots(database) }
	});
}
