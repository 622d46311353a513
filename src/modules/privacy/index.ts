import type { Infrastructure } from '#lib/infrastructure.js';
import { PersonSet } from '#lib/settings/personSet.js';
import { optOutRepository } from './repository.js';
import { optOutSlot, PrivacyService } from './service.js';

export type { OptOutFeature } from './domain.js';
export type { PrivacyService };

/** Opt-outs, the export and the erasure of a person's data. */
export function privacyModule({
	database,
	logger,
	privacy,
	settings
}: Pick<Infrastructure, 'database' | 'logger' | 'privacy' | 'settings'>): PrivacyService {
	const repository = optOutRepository(database.prisma);
	const optOuts = new PersonSet<number>({ readAll: () => repository.readAll(), read: (userId) => repository.read(userId) });
	settings.register(optOutSlot, optOuts);
	privacy.keptInMemory('user_settings', optOutSlot);
	return new PrivacyService({
		optOuts,
		repository,
		settings,
		registry: privacy,
		report: (error, table) => logger.error({ err: error, table }, 'Rows of a person could not be deleted')
	});
}
