import type { Infrastructure } from '#lib/infrastructure.js';
import { type AccessService, accessModule } from '#modules/access/index.js';
import { type AfkServices, afkModule } from '#modules/afk/index.js';
import { type ChannelStateServices, channelStateModule } from '#modules/channelstate/index.js';
import { type CleanupServices, cleanupModule } from '#modules/cleanup/index.js';
import { type CommandSettingsService, commandSettingsModule } from '#modules/commandsettings/index.js';
import { type DiagnosticsService, diagnosticsModule } from '#modules/diagnostics/index.js';
import { type FakePermissionsService, fakePermissionsModule } from '#modules/fakepermissions/index.js';
import { type HelpService, helpModule } from '#modules/help/index.js';
import { type HouseService, houseModule } from '#modules/house/index.js';
import { type InformationService, informationModule } from '#modules/information/index.js';
import { type ModerationServices, moderationModule } from '#modules/moderation/index.js';
import { type PrefixesService, prefixesModule } from '#modules/prefixes/index.js';
import { type PrivacyService, privacyModule } from '#modules/privacy/index.js';
import { type RemindersService, remindersModule } from '#modules/reminders/index.js';
import { type RestrictionsServices, restrictionsModule } from '#modules/restrictions/index.js';
import { type RolesService, rolesModule } from '#modules/roles/index.js';
import { type TimezonesService, timezonesModule } from '#modules/timezones/index.js';

/** What pieces reach as `container.services`: one service a module. */
export interface Services {
	readonly access: AccessService;
	readonly afk: AfkServices;
	readonly cleanup: CleanupServices;
	readonly channelstate: ChannelStateServices;
	readonly commandsettings: CommandSettingsService;
	readonly diagnostics: DiagnosticsService;
	readonly fakepermissions: FakePermissionsService;
	readonly help: HelpService;
	readonly house: HouseService;
	readonly information: InformationService;
	readonly moderation: ModerationServices;
	readonly prefixes: PrefixesService;
	readonly privacy: PrivacyService;
	readonly reminders: RemindersService;
	readonly restrictions: RestrictionsServices;
	readonly roles: RolesService;
	readonly timezones: TimezonesService;
}

/** The only place that knows all modules: a new one adds a line here and one above. */
export function openServices(infrastructure: Infrastructure): Services {
	const house = houseModule(infrastructure);
	const privacy = privacyModule(infrastructure);
	const timezones = timezonesModule(infrastructure);
	const fakepermissions = fakePermissionsModule(infrastructure);
	const moderation = moderationModule(infrastructure, {
		locales: house.locales,
		isDeclined: (userId) => privacy.consent.isDeclined(userId),
		withBot: (guildId, roleIds) => fakepermissions.bitsOf(guildId, roleIds)
	});
	return {
		access: accessModule(infrastructure),
		afk: afkModule(infrastructure, privacy),
		cleanup: cleanupModule(infrastructure, moderation),
		channelstate: channelStateModule(infrastructure, { moderation, locales: house.locales }),
		commandsettings: commandSettingsModule(infrastructure, { moderation, locales: house.locales }),
		diagnostics: diagnosticsModule(infrastructure),
		fakepermissions,
		help: helpModule(infrastructure),
		house,
		information: informationModule(infrastructure),
		moderation,
		prefixes: prefixesModule(infrastructure),
		privacy,
		reminders: remindersModule(infrastructure, { zones: timezones, locales: house.locales }),
		restrictions: restrictionsModule(infrastructure, { moderation, locales: house.locales }),
		roles: rolesModule(infrastructure, { moderation, fakepermissions }),
		timezones
	};
}

declare module '@sapphire/pieces' {
	interface Container {
		services: Services;
	}
}
