import type { Database } from '#lib/data/database.js';
import type { PrivacyRegistry } from '#lib/privacy/registry.js';
import type { Timers } from '#lib/timers/timers.js';
import { reminderData } from './repository.js';

/** What is stored about persons by this module. Delivered reminders are kept a day, so that they can be snoozed. */
export function remindersPrivacy(privacy: PrivacyRegistry, database: Pick<Database, 'prisma'>, timers: Pick<Timers, 'cancel'>): void {
	const data = reminderData(database, timers);
	privacy.person({
		module: 'reminders',
		table: 'reminder',
		describe: 'reminders:tables.reminder',
		export: data.export,
		erase: async (tx, userId) => ({ erased: await data.erase(tx, userId) }),
		retention: { days: 1, purge: data.purge }
	});
}
