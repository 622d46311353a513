import type { PrivacyRegistry } from '#lib/privacy/registry.js';
import { afkDays, namesDays, seenDays } from './domain.js';
import type { AwayRepository } from './repository/away.js';
import type { NamesRepository } from './repository/names.js';
import { type SeenRepository, seenSlot } from './repository/seen.js';
import type { NamesService } from './service/names.js';
import type { SeenService } from './service/seen.js';

interface AfkData {
	readonly away: AwayRepository;
	readonly seen: SeenRepository;
	readonly names: NamesRepository;
	/** What these remember of a person goes with the rows. */
	readonly services: { readonly seen: SeenService; readonly names: NamesService };
}

const module = 'afk';

/** What is stored about persons here, how it is given out and deleted, and how long it is kept. */
export function afkPrivacy(privacy: PrivacyRegistry, { away, seen, names, services }: AfkData): void {
	privacy.person({
		module,
		table: 'afk',
		describe: 'afk:tables.afk',
		export: (userId) => away.ofPerson(userId),
		erase: async (tx, userId, record) => ({ erased: await away.erase(tx, userId, record) }),
		retention: { days: afkDays, purge: (before, limit) => away.purgeOld(before, limit) }
	});
	privacy.person({
		module,
		table: 'last_seen',
		describe: 'afk:tables.last_seen',
		async export(userId) {
			await services.seen.settle();
			return seen.ofPerson(userId);
		},
		async erase(tx, userId, record) {
			services.seen.forget(userId);
			// Recorded whether or not a row was there: another process may hold one that it has not written.
			await record(seenSlot, userId, { guildId: null });
			return { erased: await seen.erase(tx, userId) };
		},
		retention: { days: seenDays, purge: (before, limit) => seen.purgeOld(before, limit) }
	});
	privacy.person({
		module,
		table: 'username_history',
		describe: 'afk:tables.username_history',
		export: (userId) => names.ofPerson(userId),
		async erase(tx, userId) {
			services.names.forget(userId);
			return { erased: await names.erase(tx, userId) };
		},
		retention: { days: namesDays, purge: (before, limit) => names.purgeOld(before, limit) }
	});
	for (const [table, rows] of [
		['afk', away],
		['last_seen', seen],
		['username_history', names]
	] as const) {
		privacy.guild({ table, purge: (guildId, limit) => rows.purgeGuild(guildId, limit) });
	}
	privacy.onOptOut('seen', (tx, userId) => {
		services.seen.forget(userId);
		return seen.erase(tx, userId);
	});
	privacy.onOptOut('names', (tx, userId) => {
		services.names.forget(userId);
		return names.erase(tx, userId);
	});
}
