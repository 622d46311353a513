import type { Database } from '#lib/data/database.js';
import type { PrivacyRegistry } from '#lib/privacy/registry.js';
import { restrictionPersons } from './repository/persons.js';

/** What is stored about persons by this module. Restrictions last until they are lifted, or the server is forgotten. */
export function restrictionPrivacy(privacy: PrivacyRegistry, database: Pick<Database, 'prisma'>): void {
	const persons = restrictionPersons(database);
	privacy.person({
		module: 'restrictions',
		table: 'member_restriction',
		describe: 'restrictions:privacy.restrictions',
		export: persons.export,
		async erase(tx, userId, change) {
			const { erased, kept } = await persons.erase(tx, userId, change);
			return { erased, ...(kept > 0 && { kept: { count: kept, reason: 'restrictions:privacy.kept' } }) };
		}
	});
}
