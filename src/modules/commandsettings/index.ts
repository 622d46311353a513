import type { CommandKit } from '#lib/commands/kit.js';
import type { Database } from '#lib/data/database.js';
import { chooseLocale } from '#lib/i18n/locale.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import type { ModerationServices } from '#modules/moderation/index.js';
import { openedNote } from './discord.js';
import { type CommandRules, noRules } from './domain.js';
import { registerPolicies } from './policies.js';
import { commandSettingsPrivacy } from './privacy.js';
import { commandRulesRepository, guildSlot } from './repository.js';
import { CommandSettingsService } from './service.js';
import { pathOf } from './targets.js';

export type { CommandSettingsService };

interface CommandSettingsInfrastructure
	extends Pick<Infrastructure, 'settings' | 'privacy' | 'clock' | 'channelReferences' | 'client' | 'languages'> {
	readonly database: Pick<Database, 'prisma'>;
	readonly kit: Pick<CommandKit, 'policies' | 'index'>;
	readonly logger: { warn(message: string): void };
}

export interface CommandSettingsNeeds {
	readonly moderation: { readonly moderation: Pick<ModerationServices['moderation'], 'settings'> };
	/** The languages that were chosen with us. */
	readonly locales: { guild(guildId: string): string | null };
}

/** Commands and modules that are off, commands that are kept for roles, and a server's own words for commands. */
export function commandSettingsModule(
	{ client, database, languages, settings, privacy, clock, channelReferences, kit, logger }: CommandSettingsInfrastructure,
	{ moderation, locales }: CommandSettingsNeeds
): CommandSettingsService {
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
	const tellOpened = openedNote({
		client,
		clock,
		speak: (guildId) => {
			const guild = locales.guild(guildId) ?? client.guilds.cache.get(guildId)?.preferredLocale ?? null;
			return languages.translator(chooseLocale({ user: null, guild }, languages.locales));
		},
		logChannelOf: async (guildId) => (await moderation.moderation.settings(guildId)).logChannelId
	});
	const service = new CommandSettingsService({
		repository,
		guilds,
		clock,
		async onOpened(guildId, commands) {
			logger.warn(`The last role of a restriction was deleted in the server ${guildId}: everybody may use ${commands.join(', ')} again`);
			await tellOpened(
				guildId,
				commands.map((key) => pathOf(kit.index, key))
			);
		}
	});
	channelReferences.register({
		module: 'commandsettings',
		table: 'disabled_command',
		rows: (tx) => tx.disabledCommand,
		fields: [{ field: 'channelId', describe: 'commandsettings:channels.off' }],
		keyedBy: ['kind', 'name'],
		slot: guildSlot,
		forget: ({ guildId, channelId, botId }) => service.onChannelDeleted({ guildId, actorId: botId }, channelId)
	});
	registerPolicies({ policies: kit.policies, index: () => kit.index, rules: (guildId) => service.rules(guildId) });
	return service;
}
