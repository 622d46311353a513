import { ChannelWebhooks } from '#lib/discord/channelWebhooks.js';
import { chooseLocale } from '#lib/i18n/locale.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import type { ModerationServices } from '#modules/moderation/index.js';
import { autokickActions } from './actions/autokick.js';
import { hardbanAction, hardbanVeto, unhardbanAction } from './actions/bans.js';
import { detentionActions } from './actions/detention.js';
import { clearedNicksAction, forcenickAction, nicknameVeto, unforcenickAction } from './actions/nicks.js';
import { resetting } from './actions/shapes.js';
import { shutupActions, uwulockActions } from './actions/silence.js';
import { webhookMouthpiece } from './discord/mouthpiece.js';
import { restrictionDiscord } from './discord/restrictionDiscord.js';
import { restrictionVoice } from './discord/restrictionVoice.js';
import { type GuildRestrictions, noRestrictions } from './domain/restriction.js';
import type { Who } from './ports.js';
import { restrictionPrivacy } from './privacy.js';
import { configRepository } from './repository/config.js';
import { guildSlot, restrictionRepository } from './repository/restrictions.js';
import { AfterAway } from './service/afterAway.js';
import { clearNicksJob } from './service/clearNicks.js';
import { Joins } from './service/joins.js';
import { Keeper } from './service/keeper.js';
import { Messages } from './service/messages.js';
import { Rules } from './service/rules.js';
import { Setbacks } from './service/setbacks.js';

/** Restrictions as pieces use them. */
export interface RestrictionsServices {
	readonly rules: Rules;
	readonly keeper: Keeper;
	readonly joins: Joins;
	readonly messages: Messages;
	readonly afterAway: AfterAway;
	/** What is known of a server without asking anybody; undefined before it was read. */
	peek(guildId: string): GuildRestrictions | undefined;
}

export interface RestrictionsNeeds {
	readonly moderation: ModerationServices;
	/** The languages that were chosen with us. */
	readonly locales: { user(userId: string): string | null; guild(guildId: string): string | null };
}

/** What lasts until it is lifted: hard-bans, locked nicknames, silence, and who may come in or where he may be. */
export function restrictionsModule(infrastructure: Infrastructure, { moderation, locales }: RestrictionsNeeds): RestrictionsServices {
	const {
		channelReferences,
		client,
		clock,
		database,
		http,
		jobs,
		keyValue,
		languages,
		logger,
		privacy,
		settings: hub,
		timers
	} = infrastructure;
	restrictionPrivacy(privacy, database);
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

	const speak = (guildId: string, userId?: string) => {
		const guild = locales.guild(guildId) ?? client.guilds.cache.get(guildId)?.preferredLocale ?? null;
		return languages.translator(chooseLocale({ user: userId === undefined ? null : locales.user(userId), guild }, languages.locales));
	};
	const voice = restrictionVoice({
		client,
		clock,
		speak,
		logChannelOf: async (guildId) => (await moderation.moderation.settings(guildId)).logChannelId,
		log: logger
	});
	const discord = restrictionDiscord(client.rest, moderation.deeds);
	const setbacks = new Setbacks(clock);
	const rules = new Rules({
		...{ guilds, rows, config: configRepository(hub), clock },
		endDetentions: (tx, who) => moderation.end(tx, { ...who, about: 'everybody', types: ['detain'], by: 'undetain' })
	});
	const alone = <T>({ guildId, userId }: Who, work: () => Promise<T>) =>
		moderation.moderation.alone({ guildId, targetId: userId, channelId: null }, work);
	const forgetCorner = async (guildId: string, channelId: string) => {
		const bot = { guildId, actorId: client.user?.id ?? '0' };
		if (await rules.forgetCorner(bot, channelId)) await voice.tellStaff(guildId, { what: 'corner-gone' });
	};
	const keeper = new Keeper({ guilds, rows, discord, voice, setbacks, alone, forgetCorner, clock });
	const webhooks = new ChannelWebhooks({
		rest: client.rest,
		keyValue,
		applicationId: () => client.application?.id ?? '',
		name: 'Evict'
	});
	const mouthpiece = webhookMouthpiece({ rest: client.rest, webhooks, web: http.web });

	const { actions } = moderation.moderation;
	const cornerOf = async (guildId: string) => (await rules.of(guildId)).detentionChannelId;
	actions.register(hardbanAction(moderation.deeds, rows), unhardbanAction(moderation.deeds, rows));
	actions.register(forcenickAction(discord, rows), unforcenickAction(discord, rows), clearedNicksAction);
	actions.register(...shutupActions(rows), ...uwulockActions(rows), ...autokickActions(discord, rows));
	actions.register(...detentionActions({ discord: moderation.deeds, rows, cornerOf }));
	actions.register(...(['hardban', 'shutup', 'uwulock'] as const).map((kind) => resetting(kind, rows)));
	actions.addVeto('unban', 'restrictions', hardbanVeto(rows));
	actions.addVeto('nickname', 'restrictions', nicknameVeto(rows));
	jobs.register(
		clearNicksJob({
			rows,
			discord,
			alone,
			unlock: ({ guildId, userId }, actorId) =>
				hub.writeAll(async (tx, change) => {
					await rows.lift(tx, { guildId, userId }, 'forcenick', change);
					await moderation.end(tx, { guildId, actorId, about: { userIds: [userId] }, types: ['forcenick'], by: 'unforcenick' });
				}),
			reasonFor: (guildId, actorId) => voice.auditReason(guildId, 'forcenick', actorId, null),
			async record(tx, { id, guildId, actorId, done, failed }) {
				const details = { done, failed };
				await moderation.record(tx, { type: clearedNicksAction.type, key: `job-${id}`, guildId, actorId, details });
			},
			wake: () => timers.wake()
		})
	);
	channelReferences.register({
		module: 'restrictions',
		table: 'restriction_config',
		rows: (tx) => tx.restrictionConfig,
		fields: [{ field: 'detentionChannelId', describe: 'restrictions:channels.corner' }],
		slot: guildSlot,
		async forget({ guildId, channelId }) {
			webhooks.forget(channelId);
			await forgetCorner(guildId, channelId);
		}
	});
	return {
		rules,
		keeper,
		joins: new Joins({ guilds, rows, discord, voice, setbacks, clock }),
		messages: new Messages({ guilds, discord, mouthpiece, voice, setbacks }),
		afterAway: new AfterAway({ rows, discord, keeper, forgetCorner, log: logger }),
		peek: (guildId) => guilds.peek(guildId)?.settings
	};
}
