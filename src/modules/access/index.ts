import type { GuardPolicies } from '#lib/commands/guards/policies.js';
import type { Database } from '#lib/data/database.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { PersonSet } from '#lib/settings/personSet.js';
import { untilDone } from '#lib/settings/retry.js';
import type { Authorisation, Ban } from './domain.js';
import { accessPrivacy } from './privacy.js';
import { accessRepository, type BanKind, slots } from './repository.js';
import { AccessService } from './service.js';

export type { AccessService };

interface AccessInfrastructure extends Pick<Infrastructure, 'settings' | 'privacy' | 'clock'> {
	readonly database: Pick<Database, 'prisma'>;
	readonly config: Pick<
		Infrastructure['config'],
		'ownerIds' | 'staffIds' | 'guildGate' | 'staffLogChannel' | 'buyerRole' | 'welcomeMessage'
	>;
	readonly logger: Pick<Infrastructure['logger'], 'warn'>;
	readonly shutdown: Pick<Infrastructure['shutdown'], 'add'>;
	readonly kit: { readonly policies: Pick<GuardPolicies, 'register'> };
}

/** The blacklist and the servers that were let in, behind the two guards that come first. */
export function accessModule({ database, settings, privacy, clock, config, logger, shutdown, kit }: AccessInfrastructure): AccessService {
	const repository = accessRepository(database, settings);
	const bans = (kind: BanKind) => new PersonSet<Ban>({ readAll: () => repository.bans(kind), read: (id) => repository.ban(kind, id) });
	const users = bans('user');
	const guilds = bans('guild');
	const authorised = new PersonSet<Authorisation>({
		readAll: () => repository.authorisations(),
		read: (guildId) => repository.authorisation(guildId)
	});
	settings.register(slots.user, users);
	settings.register(slots.guild, guilds);
	settings.register(slots.authorised, authorised);
	accessPrivacy(privacy, database.prisma);

	const closing = new AbortController();
	shutdown.add('work', 'servers that are not judged yet', async () => closing.abort());
	const service = new AccessService({
		repository,
		users,
		guilds,
		authorised,
		crew: { owners: config.ownerIds, staff: config.staffIds },
		gated: config.guildGate,
		desk: { logChannel: config.staffLogChannel, welcomes: config.welcomeMessage, buyerRole: config.buyerRole },
		clock,
		untilDone: (work) =>
			untilDone(work, closing.signal, (error) => {
				// That the database is away has been told, and this is tried every few seconds.
				if (!isStorageAway(error)) logger.warn({ err: error }, 'Whether a server may have the bot could not be read; it is tried again');
			})
	});
	kit.policies.register(
		'notBlacklisted',
		({ userId }) => service.refuseUser(userId),
		({ userId }) => service.userRefusal(userId)
	);
	kit.policies.register('guildAuthorised', ({ guildId }) => service.guildRefusal(guildId));
	return service;
}
