import { WriteBuffer } from '#lib/data/writeBuffer.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { idsOf, PersonSet } from '#lib/settings/personSet.js';
import { type Away, type NameChange, personOfNameKey } from './domain.js';
import { type OptOuts, optedOutOf } from './ports.js';
import { afkPrivacy } from './privacy.js';
import { awayRepository, awaySlot, type MentionCount } from './repository/away.js';
import { namesRepository } from './repository/names.js';
import { type Sighting, seenRepository, seenSlot } from './repository/seen.js';
import { AwayService } from './service/away.js';
import { NamesService } from './service/names.js';
import { SeenService } from './service/seen.js';

export type { OptOuts } from './ports.js';

export interface AfkServices {
	readonly away: AwayService;
	readonly seen: SeenService;
	readonly names: NamesService;
}

type AfkInfrastructure = Pick<Infrastructure, 'clock' | 'database' | 'keyValue' | 'logger' | 'privacy' | 'settings' | 'shutdown'>;

/** A sighting is one in five minutes anyway, and what is not written yet is known here: a message costs storage nothing at its time. */
const seenFlushMs = 60_000;
const namesFlushMs = 1_000;
const mentionsFlushMs = 2_000;
/** What a message's claim outlives: two processes that both serve a shard while one drains. */
const noticeClaimMs = 60_000;
const room = { most: 20_000, batch: 1_000 } as const;

/** Who is away, who was seen when, and who was named how. `optOuts`: who wants none of that. */
export function afkModule(
	{ clock, database, keyValue, logger, privacy, settings, shutdown }: AfkInfrastructure,
	optOuts: OptOuts
): AfkServices {
	const repositories = { away: awayRepository(database, settings), seen: seenRepository(database), names: namesRepository(database) };

	const states = new PersonSet<Away>({
		readAll: () => repositories.away.readAll(),
		read(key) {
			const { guildId, userId } = idsOf(key);
			return repositories.away.read(guildId, userId);
		}
	});
	settings.register(awaySlot, states);
	const mentions = new WriteBuffer<MentionCount>({
		...room,
		name: 'mentions of people who are away',
		log: logger,
		merge: (earlier, later) => (earlier.since === later.since ? { ...later, count: earlier.count + later.count } : later),
		write: (entries) => repositories.away.addMentions(entries.map(([, count]) => count))
	});
	const sightings = new WriteBuffer<Sighting>({
		...room,
		name: 'last messages',
		log: logger,
		merge: (earlier, later) => (later.at >= earlier.at ? later : earlier),
		write: (entries) => repositories.seen.record(entries.map(([key, sighting]) => ({ ...idsOf(key), ...sighting }))),
		// An opting out that took place while its last sighting was on its way.
		async afterwards(keys) {
			const persons = keys.map((key) => idsOf(key).userId);
			const unwanted = await optedOutOf(optOuts, 'seen', persons);
			if (unwanted.length > 0) await repositories.seen.forget(unwanted);
		}
	});
	const changes = new WriteBuffer<readonly NameChange[]>({
		...room,
		name: 'names',
		log: logger,
		merge: (earlier, later) => [...earlier, ...later].slice(-100),
		write: (entries) => repositories.names.record(entries.flatMap(([, all]) => all)),
		async afterwards(keys) {
			const unwanted = await optedOutOf(optOuts, 'names', keys.map(personOfNameKey));
			if (unwanted.length > 0) await repositories.names.forget(unwanted);
		}
	});
	mentions.start(mentionsFlushMs);
	sightings.start(seenFlushMs);
	changes.start(namesFlushMs);
	// After the gateway: what came in until then is written too.
	for (const [name, buffer] of Object.entries({ mentions, sightings, changes })) {
		shutdown.add('jobs', `afk ${name}`, () => buffer.close());
	}

	const services: AfkServices = {
		away: new AwayService({
			repository: repositories.away,
			states,
			mentions,
			clock,
			claimNotice: async (messageId, userId) =>
				!keyValue.shared || (await keyValue.setIfAbsent(`afk:notice:${messageId}:${userId}`, true, noticeClaimMs))
		}),
		seen: new SeenService({ repository: repositories.seen, unwritten: sightings, optOuts }),
		names: new NamesService({ repository: repositories.names, unwritten: changes, optOuts })
	};
	// Who is erased in one process is forgotten by the others too, before they write what they still hold.
	settings.register(seenSlot, {
		evict: (userId) => services.seen.forget(userId),
		evictAll: () => undefined,
		warm: async () => undefined,
		boundTo: () => undefined
	});
	afkPrivacy(privacy, { ...repositories, services });
	return services;
}
