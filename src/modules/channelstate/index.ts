import { chooseLocale } from '#lib/i18n/locale.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import { auditReason, type ModerationServices } from '#modules/moderation/index.js';
import { layerActions } from './actions/layers.js';
import { massActions } from './actions/mass.js';
import { naughtyActions, slowmodeActions } from './actions/settings.js';
import { locksInChannels } from './channels.js';
import { channelAccess } from './discord/access.js';
import { channelDiscord } from './discord/channels.js';
import { lockNotices } from './discord/notice.js';
import { pinDiscord } from './discord/pins.js';
import type { ChannelAccess } from './ports.js';
import { channelStatePrivacy } from './privacy.js';
import { type Ignores, ignoreRepository, ignoreSlot } from './repository/ignores.js';
import { lockRepository } from './repository/locks.js';
import { LockedChannels } from './service/channels.js';
import { Layering } from './service/layering.js';
import { MassLocks, massKind } from './service/mass.js';
import { Pins } from './service/pins.js';
import { reverseRow } from './view/mass.js';

/** The state of channels as pieces use it; locks and mutes themselves go through the moderation's one door. */
export interface ChannelStateServices {
	readonly channels: LockedChannels;
	readonly mass: MassLocks;
	readonly pins: Pins;
	/** Whether somebody may use a command in a channel that he named. */
	readonly access: ChannelAccess;
	/** Whether a member was given pictures in a channel. */
	mayShowPictures(guildId: string, channelId: string, userId: string): Promise<boolean>;
}

export interface ChannelStateNeeds {
	readonly moderation: ModerationServices;
	/** The languages that were chosen with us. */
	readonly locales: { guild(guildId: string): string | null };
}

/** Locks, slow mode and media mutes: actions of the moderation that remember exactly how a channel was. */
export function channelStateModule(
	infrastructure: Infrastructure,
	{ moderation: services, locales }: ChannelStateNeeds
): ChannelStateServices {
	const { channelReferences, client, clock, database, jobs, kit, languages, privacy, settings: hub, timers } = infrastructure;
	const { moderation, orders } = services;
	channelStatePrivacy(privacy, database);
	const ignores = ignoreRepository(database, hub);
	const settings = new CachedSettings<Ignores>({
		defaults: { channelIds: [] },
		derive: nothingDerived,
		source: { readMany: ignores.readMany, read: async (guildId) => (await ignores.readMany([guildId])).get(guildId) ?? null }
	});
	hub.register(ignoreSlot, settings);

	const discord = channelDiscord(client);
	const access = channelAccess(client, kit);
	const locks = lockRepository(database);
	const { underWay, activeIn } = orders;
	const layering = new Layering({ discord, locks, underWay });
	const channels = new LockedChannels({ ignores, settings, locks, clock });

	locksInChannels(channelReferences, channels);

	const isIgnored = async (guildId: string, channelId: string) => (await channels.ignored(guildId)).includes(channelId);
	const parts = { layering, locks, access, isIgnored, now: () => clock.now() };
	const command = (name: string) => `channelstate.${name}`;
	const member = { about: 'member', isHarmful: true } as const;
	moderation.actions.register(
		...layerActions(parts, {
			kind: 'send',
			about: 'everybody',
			isHarmful: false,
			lay: { type: 'lock', command: command('lock') },
			lift: { type: 'unlock', command: command('unlock') }
		}),
		...layerActions(parts, {
			...{ kind: 'images', ...member },
			lay: { type: 'imute', command: command('imute') },
			lift: { type: 'iunmute', command: command('iunmute') }
		}),
		...layerActions(parts, {
			...{ kind: 'reactions', ...member },
			lay: { type: 'rmute', command: command('rmute') },
			lift: { type: 'runmute', command: command('runmute') }
		}),
		...layerActions(parts, {
			...{ kind: 'pictures', about: 'member', gives: true, isHarmful: false },
			lay: { type: 'picperms', command: command('picperms') },
			lift: { type: 'unpicperms', command: command('picperms') }
		}),
		...slowmodeActions({ layering, discord, access, underWay, activeIn }),
		...naughtyActions({ layering, discord, access, underWay, activeIn }),
		...massActions()
	);

	// Where many read, the language of the server.
	const speak = (guildId: string) =>
		languages.translator(
			chooseLocale({ guild: locales.guild(guildId) ?? client.guilds.cache.get(guildId)?.preferredLocale ?? null }, languages.locales)
		);
	const mass = new MassLocks({
		...{ layering, locks, discord, jobs, clock, moderation: services },
		notice: lockNotices(client.rest, discord, speak),
		ignored: (guildId) => channels.ignored(guildId),
		reasonOf: ({ guildId, actorId }, reason) => auditReason(reason, speak(guildId)('channelstate:mass.by', { id: actorId }))
	});
	for (const kind of ['send', 'view', 'files'] as const)
		jobs.register({
			kind: massKind({ kind }),
			module: 'channelstate',
			run: (items, job) => Promise.all(items.map(({ key }) => mass.run(key, job))),
			finish: (tx, job) => mass.finish(tx, job),
			// The case has a message.
			finished: async () => timers.wake(),
			summaryComponents: (job, t) => {
				const type = mass.reversingType(job);
				return type === null ? [] : reverseRow(job.id, type, t);
			}
		});
	return {
		channels,
		mass,
		pins: new Pins({ discord: pinDiscord(client.rest), access }),
		access,
		mayShowPictures: (guildId, channelId, userId) => layering.allows(guildId, channelId, userId, 'pictures')
	};
}
