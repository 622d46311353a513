import { PermissionsBitField } from 'discord.js';
import type { GuardPolicies } from '#lib/commands/guards/policies.js';
import type { Database } from '#lib/data/database.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { CachedSettings } from '#lib/settings/cachedSettings.js';
import { fakePermissionRepository, guildSlot } from './repository.js';
import { type FakePermissionSettings, FakePermissionsService } from './service.js';

export type { FakePermissionsService };

interface FakePermissionsInfrastructure extends Pick<Infrastructure, 'settings' | 'privacy' | 'clock'> {
	readonly database: Pick<Database, 'prisma'>;
	readonly kit: { readonly policies: Pick<GuardPolicies, 'registerPermissions'> };
}

/** Permissions of roles that count with the bot alone, behind the guard that asks for the caller's permissions. */
export function fakePermissionsModule({ database, settings, privacy, clock, kit }: FakePermissionsInfrastructure): FakePermissionsService {
	const repository = fakePermissionRepository(database, settings);
	const guilds = new CachedSettings<FakePermissionSettings, ReadonlyMap<string, bigint>>({
		defaults: { roles: new Map() },
		derive: ({ roles }) => new Map([...roles].map(([roleId, names]) => [roleId, PermissionsBitField.resolve([...names])])),
		source: {
			async read(guildId) {
				const roles = await repository.read(guildId);
				return roles === null ? null : { roles };
			},
			async readMany(guildIds) {
				const stored = await repository.readMany(guildIds);
				return new Map([...stored].map(([guildId, roles]) => [guildId, { roles }]));
			}
		}
	});
	settings.register(guildSlot, guilds);
	privacy.person({
		module: 'fakepermissions',
		table: 'fake_permission',
		describe: 'fakepermissions:privacy.given',
		export: (userId) => repository.givenBy(userId),
		erase: async (tx, userId) => ({ erased: await repository.forgetActor(tx, userId) })
	});
	const service = new FakePermissionsService({ repository, guilds, clock });
	kit.policies.registerPermissions(({ guildId, roleIds }) => (guildId === null ? 0n : service.bitsOf(guildId, roleIds)));
	return service;
}
