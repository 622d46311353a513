import type { CommandKit } from '#lib/commands/kit.js';
import { TimedRemovals } from '#lib/discord/timedRemovals.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { PersonSet } from '#lib/settings/personSet.js';
import { ConsentService, consentSlot } from './consent.js';
import { tellAfter } from './discord.js';
import { registerConsent } from './policies.js';
import { consentRepository, optOutRepository } from './repository.js';
import { optOutSlot, PrivacyService } from './service.js';

export type { OptOutFeature } from './domain.js';
export type { PrivacyService };

interface PrivacyInfrastructure extends Pick<Infrastructure, 'clock' | 'database' | 'logger' | 'privacy' | 'settings'> {
	readonly config: Pick<Infrastructure['config'], 'consentNotice'>;
	readonly kit: Pick<CommandKit, 'policies' | 'index' | 'afterRun'>;
	readonly shutdown: Pick<Infrastructure['shutdown'], 'add'>;
}

/** What people said about being stored: consent, opt-outs, and the export and the erasure of their data. */
export function privacyModule({
	clock,
	config,
	database,
	kit,
	logger,
	privacy,
	settings,
	shutdown
}: PrivacyInfrastructure): PrivacyService {
	const repository = optOutRepository(database.prisma);
	const optOuts = new PersonSet<number>({ readAll: () => repository.readAll(), read: (userId) => repository.read(userId) });
	settings.register(optOutSlot, optOuts);
	privacy.keptInMemory('user_settings', optOutSlot);

	const consents = consentRepository(database.prisma);
	const declined = new PersonSet<true>({ readAll: () => consents.readDeclined(), read: (userId) => consents.hasDeclined(userId) });
	settings.register(consentSlot, declined);
	privacy.keptInMemory('user_settings', consentSlot);
	const consent = new ConsentService({ declined, repository: consents, settings, clock });
	registerConsent(kit.policies, () => kit.index, consent);
	if (config.consentNotice) {
		const removals = new TimedRemovals();
		shutdown.add('work', 'notices to be removed', () => removals.removeAll());
		kit.afterRun = (context) => tellAfter(context, consent, removals);
	}

	return new PrivacyService({
		consent,
		optOuts,
		repository,
		settings,
		registry: privacy,
		report: (error, table) => logger.error({ err: error, table }, 'Rows of a person could not be deleted')
	});
}
