import type { CommandKit } from '#lib/commands/kit.js';
import type { Database } from '#lib/data/database.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import { type CommandRules, noRules } from './domain.js';
import { registerPolicies } from './policies.js';
import { commandSettingsPrivacy } from './privacy.js';
import { commandRulesRepository, guildSlot } from './repository.js';
import { CommandSettingsService } from './service.js';

export type { CommandSettingsService };

interface CommandSettingsInfrastructure extends Pick<Infrastructure, 'settings' | 'privacy' | 'clock'> {
	readonly database: Pick<Database, 'prisma'>;
	readonly kit: Pick<CommandKit, 'policies' | 'index'>;
	readonly logger: { warn(message: string): void };
}

/** Commands and modules that are off, commands that are kept for roles, and a server's own words for commands. */
export function commandSettingsModule({
	database,
	settings,
	privacy,
	clock,
	kit,
	logger
}: CommandSettingsInfrastructure): CommandSettingsService {
	const repository = commandRulesRepository(database, settings);
	const guilds = new CachedSettings<CommandRules>({
		defaults: noRules,
		derive: nothingDerived,
		source: {
			readMany: (guildIds) => repository.readMany(guildIds),
			read: async (guildId) => (await repository.readMany([guildId])).get(guildId) ?? null
		}
	});
	settings.register(guildSlot, guilds);
	commandSettingsPrivacy(privacy, database);
	const service = new CommandSettingsService({
		repository,
		guilds,
		clock,
		onOpened: (guildId, commands) =>
			logger.warn(`The last role of a restriction was deleted in the server ${guildId}: everybody may use ${commands.join(', ')} again`)
	});
	registerPolicies({ policies: kit.policies, index: () => kit.index, rules: (guildId) => service.rules(guildId) });
	return service;
}
