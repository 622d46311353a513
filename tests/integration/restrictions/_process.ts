import type { Database } from '#lib/data/database.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import type { Transaction } from '#lib/data/transaction.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import { closeCases } from '#modules/moderation/repository/closing.js';
import { hardbanAction, hardbanVeto, unhardbanAction } from '#modules/restrictions/actions/bans.js';
import { detentionActions } from '#modules/restrictions/actions/detention.js';
import { forcenickAction, nicknameVeto, unforcenickAction } from '#modules/restrictions/actions/nicks.js';
import { resetting } from '#modules/restrictions/actions/shapes.js';
import { shutupActions, uwulockActions } from '#modules/restrictions/actions/silence.js';
import { type GuildRestrictions, noRestrictions } from '#modules/restrictions/domain/restriction.js';
import type { RestrictionDiscord, RestrictionVoice } from '#modules/restrictions/ports.js';
import { configRepository } from '#modules/restrictions/repository/config.js';
import { guildSlot, keepTimer, restrictionRepository } from '#modules/restrictions/repository/restrictions.js';
import { Keeper } from '#modules/restrictions/service/keeper.js';
import { Rules } from '#modules/restrictions/service/rules.js';
import { Setbacks } from '#modules/restrictions/service/setbacks.js';
import type { FakeClock } from '../../support/fakeClock.js';
import { moderationProcess, type SharedDiscord } from '../moderation/_process.js';

/** A process of the bot, as far as restrictions go. The database, Discord and the locks are shared with the others. */
export function restrictionProcess(database: Database, discord: SharedDiscord, clock: FakeClock, keyValue: KeyValue) {
	const process = moderationProcess(database, discord, clock, keyValue);
	const { hub, timers, moderation, deeds } = process;
	const rows = restrictionRepository(database, hub, timers);
	const guilds = new CachedSettings<GuildRestrictions>({
		defaults: noRestrictions,
		derive: nothingDerived,
		source: {
			readMany: (guildIds) => rows.readMany(guildIds),
			read: async (guildId) => (await rows.readMany([guildId])).get(guildId) ?? null
		}
	});
	hub.register(guildSlot, guilds);
	const { actions } = moderation;
	actions.register(hardbanAction(deeds, rows), unhardbanAction(deeds, rows));
	actions.register(forcenickAction(deeds, rows), unforcenickAction(deeds, rows));
	actions.register(...shutupActions(rows), ...uwulockActions(rows));
	actions.register(...(['hardban', 'shutup', 'uwulock'] as const).map((kind) => resetting(kind, rows)));
	const cornerOf = async (id: string) => (await guilds.get(id)).settings.detentionChannelId;
	actions.register(...detentionActions({ discord: { setVoice: async () => undefined }, rows, cornerOf }));
	actions.addVeto('unban', 'restrictions', hardbanVeto(rows));
	actions.addVeto('nickname', 'restrictions', nicknameVeto(rows));
	const told: string[] = [];
	const voice: RestrictionVoice = {
		tellStaff: async (_guildId, { what }) => void told.push(what),
		tellRejected: async () => null,
		takeBack: async () => undefined,
		auditReason: async () => 'kept'
	};
	const looks: RestrictionDiscord = {
		...deeds,
		kick: async () => undefined,
		moveTo: async () => 'absent',
		nickOf: async ({ userId }) => discord.nicknames.get(userId) ?? null,
		voiceOf: async () => null,
		remove: async () => false,
		lastUnbanned: async () => []
	};
	const keeper = new Keeper({
		...{ guilds, rows, discord: looks, voice, setbacks: new Setbacks(clock), clock },
		alone: ({ guildId, userId }, work) => moderation.alone({ guildId, targetId: userId, channelId: null }, work),
		forgetCorner: async () => undefined
	});
	const config = configRepository(hub);
	const endDetentions = (tx: Transaction, who: { readonly guildId: string; readonly actorId: string }) =>
		closeCases(tx, timers, {
			...{ ...who, about: 'everybody', types: ['detain'], by: 'undetain', as: 'undone', now: clock.now(), shows: false }
		});
	const rulesWith = (ends: typeof endDetentions) => new Rules({ guilds, rows, config, clock, endDetentions: ends });
	return {
		...process,
		...{ rows, config, guilds, told, keeper, endDetentions, rulesWith, rules: rulesWith(endDetentions) },
		/** Looks after restrictions when their timers are due. */
		keeps: () => timers.start([{ name: keepTimer, pool: 'normal', run: (timer) => keeper.due(timer) }])
	};
}
