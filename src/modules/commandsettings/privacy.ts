import type { Database } from '#lib/data/database.js';
import type { PrivacyRegistry } from '#lib/privacy/registry.js';
import { madeBy } from './repository.js';

/** Who switched, restricted or named what. The settings belong to the server: a person is only taken out of them. */
export function commandSettingsPrivacy(privacy: PrivacyRegistry, database: Pick<Database, 'prisma'>): void {
	const tables = madeBy(database);
	privacy.person({
		module: 'commandsettings',
		table: 'disabled_command',
		describe: 'commandsettings:privacy.off',
		export: tables.disabled_command.export,
		erase: async (tx, userId) => ({ erased: await tables.disabled_command.forget(tx, userId) })
	});
	privacy.person({
		module: 'commandsettings',
		table: 'command_restriction',
		describe: 'commandsettings:privacy.restricted',
		export: tables.command_restriction.export,
		erase: async (tx, userId) => ({ erased: await tables.command_restriction.forget(tx, userId) })
	});
	privacy.person({
		module: 'commandsettings',
		table: 'command_alias',
		describe: 'commandsettings:privacy.aliases',
		export: tables.command_alias.export,
		erase: async (tx, userId) => ({ erased: await tables.command_alias.forget(tx, userId) })
	});
}
