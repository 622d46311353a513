import { isStorageAway } from '#lib/data/storageAway.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import { PersonSet } from '#lib/settings/personSet.js';
import { untilDone } from '#lib/settings/retry.js';
import { housePrivacy } from './privacy.js';
import { guildRepository, localeRepository } from './repository.js';
import { Retention } from './retention.js';
import { GuildPresence } from './service.js';

export const guildLocaleSlot = 'house.guildLocale';
export const userLocaleSlot = 'house.userLocale';

export interface HouseService {
	readonly presence: GuildPresence;
	readonly retention: Retention;
	/** The languages chosen with us; both answer from memory. */
	readonly locales: {
		user(userId: string): string | null;
		guild(guildId: string): string | null;
		setUser(userId: string, locale: string | null): Promise<void>;
		setGuild(guildId: string, actorId: string, locale: string | null): Promise<void>;
	};
}

/** Servers, languages, and what is not kept for ever. */
export function houseModule({ blobs, clock, database, logger, privacy, settings, shutdown, timers }: Infrastructure): HouseService {
	const guilds = guildRepository(database.prisma);
	const locales = localeRepository(database.prisma);
	const guildLocales = new CachedSettings<{ locale: string | null }>({
		defaults: { locale: null },
		derive: nothingDerived,
		source: {
			read: async (guildId) => (await locales.readGuilds([guildId])).get(guildId) ?? null,
			readMany: (guildIds) => locales.readGuilds(guildIds)
		}
	});
	const userLocales = new PersonSet<string>({ readAll: () => locales.readUsers(), read: (userId) => locales.readUser(userId) });
	settings.register(guildLocaleSlot, guildLocales);
	settings.register(userLocaleSlot, userLocales);
	housePrivacy(privacy, database);
	// Of timers only those that were given up: long enough to look for the reason.
	privacy.retain({ table: 'scheduled_task', retention: { days: 30, purge: (before, limit) => timers.deleteGivenUp(before, limit) } });
	// These carry their own end, which is passed or not.
	privacy.retain({ table: 'blob_use', retention: { days: 0, purge: (now, limit) => blobs.purgeExpired(now, limit) } });
	privacy.keptInMemory('user_settings', userLocaleSlot);

	const closing = new AbortController();
	shutdown.add('work', 'servers that are not stored yet', async () => closing.abort());
	const presence = new GuildPresence({
		guilds,
		clock,
		settings,
		untilDone: (work) =>
			untilDone(work, closing.signal, (error) => {
				// An outage has said so itself, once.
				if (!isStorageAway(error)) logger.warn({ err: error }, 'The list of servers could not be stored; it is tried again');
			})
	});
	return {
		presence,
		retention: new Retention({
			guilds,
			privacy,
			report: (error, table) => logger.error({ err: error, table }, 'Old rows could not be deleted')
		}),
		locales: {
			user: (userId) => userLocales.getOr(userId, null),
			guild: (guildId) => guildLocales.peek(guildId)?.settings.locale ?? null,
			setUser: (userId, locale) => settings.write(userLocaleSlot, userId, { guildId: null }, (tx) => locales.setUser(tx, userId, locale)),
			async setGuild(guildId, actorId, locale) {
				await settings.write(
					guildLocaleSlot,
					guildId,
					(before: string | null) => (before === locale ? null : { guildId, actorId, before: { locale: before }, after: { locale } }),
					(tx) => locales.setGuild(tx, guildId, locale)
				);
			}
		}
	};
}
