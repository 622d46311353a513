import type { Database } from '#lib/data/database.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { CachedSettings } from '#lib/settings/cachedSettings.js';
import { PersonSet } from '#lib/settings/personSet.js';
import { defaultPrefix } from './domain.js';
import { guildSlot, prefixRepository, selfSlot } from './repository.js';
import { type GuildPrefixSettings, PrefixesService } from './service.js';

export type { PrefixView } from './domain.js';
export { PrefixesService } from './service.js';

interface PrefixesInfrastructure extends Pick<Infrastructure, 'settings' | 'privacy' | 'clock'> {
	readonly database: Pick<Database, 'prisma'>;
}

/** The prefixes of servers and persons. */
export function prefixesModule({ database, settings, privacy, clock }: PrefixesInfrastructure): PrefixesService {
	const repository = prefixRepository(database, settings);
	const guilds = new CachedSettings<GuildPrefixSettings, readonly string[]>({
		defaults: { prefix: defaultPrefix },
		derive: ({ prefix }) => [prefix],
		source: {
			async read(guildId) {
				const prefix = await repository.guildPrefix(guildId);
				return prefix === null ? null : { prefix };
			},
			async readMany(guildIds) {
				const stored = await repository.guildPrefixes(guildIds);
				return new Map([...stored].map(([guildId, prefix]) => [guildId, { prefix }]));
			}
		}
	});
	const selves = new PersonSet<string>({ readAll: () => repository.selfPrefixes(), read: (userId) => repository.selfPrefix(userId) });
	settings.register(guildSlot, guilds);
	settings.register(selfSlot, selves);
	privacy.person({
		module: 'prefixes',
		table: 'self_prefix',
		describe: 'prefixes:privacy.self',
		async export(userId) {
			const prefix = await repository.selfPrefix(userId);
			return prefix === null ? [] : [{ prefix }];
		},
		erase: async (tx, userId, record) => ({ erased: await repository.eraseSelf(tx, userId, record) })
	});
	return new PrefixesService({ repository, guilds, selves, clock });
}
