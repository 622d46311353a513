import type { Database } from '#lib/data/database.js';
import type { PrivacyRegistry } from '#lib/privacy/registry.js';
import { channelStatePersons } from './repository/persons.js';

/** Who locked what, and who is muted where: what lies on somebody's overwrite stays known, or it could never be taken off. */
export function channelStatePrivacy(privacy: Pick<PrivacyRegistry, 'person'>, database: Pick<Database, 'prisma'>): void {
	const { locks, ignores } = channelStatePersons(database);
	privacy.person({
		module: 'channelstate',
		table: 'channel_lock',
		describe: 'channelstate:privacy.locks',
		export: locks.export,
		async erase(tx, userId) {
			const count = await locks.about(userId, tx);
			const erased = await locks.forgetActor(tx, userId);
			return { erased, ...(count > 0 && { kept: { count, reason: 'channelstate:privacy.locks-kept' } }) };
		}
	});
	privacy.person({
		module: 'channelstate',
		table: 'lock_ignore',
		describe: 'channelstate:privacy.ignores',
		export: ignores.export,
		erase: async (tx, userId) => ({ erased: await ignores.forgetActor(tx, userId) })
	});
}
