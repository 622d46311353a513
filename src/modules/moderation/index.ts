import { randomUUID } from 'node:crypto';
import { type Accepted, accept } from '#lib/core/outcome.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { Translate } from '#lib/i18n/languages.js';
import { chooseLocale } from '#lib/i18n/locale.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import { Actions } from './action.js';
import { banAction, unbanAction } from './actions/ban.js';
import { kickAction } from './actions/kick.js';
import { massActions } from './actions/mass.js';
import { muteAction, unmuteAction } from './actions/mute.js';
import { nicknameAction } from './actions/nickname.js';
import { rolesAction } from './actions/roles.js';
import { softbanAction } from './actions/softban.js';
import { voiceActions } from './actions/voice.js';
import { noteAction, warnAction } from './actions/warn.js';
import { type Casework, casework } from './casework.js';
import { moderationInChannels } from './channels.js';
import { moderationDiscord } from './discord/deeds.js';
import { timedOutMembers } from './discord/muted.js';
import { reportPoster } from './discord/reports.js';
import type { WithBot } from './discord/roles.js';
import { situationReader } from './discord/situation.js';
import { moderationVoice } from './discord/voice.js';
import type { Case } from './domain/case.js';
import { idsIn } from './domain/ids.js';
import type { RestorePlan } from './domain/restore.js';
import { openGivingBack } from './givingBack.js';
import { type PanelAction, panelActions, panelCommands } from './ids.js';
import { openJail } from './jail.js';
import { type MassWork, registerMassWork } from './jobs/index.js';
import { openNuke } from './nuke.js';
import type { ModerationDiscord, MutedList, SituationReader } from './ports.js';
import { moderationPrivacy } from './privacy.js';
import { caseLists } from './repository/caseLists.js';
import { type CaseRepository, caseRepository } from './repository/cases.js';
import { type CloseRequest, closeCases, closingRepository } from './repository/closing.js';
import { configRepository, configSlot } from './repository/config.js';
import { evidenceOf } from './repository/evidence.js';
import { renewalRepository } from './repository/renewals.js';
import { warningRepository } from './repository/warnings.js';
import { aloneBy } from './service/alone.js';
import { ModerationDue } from './service/due.js';
import type { Jail } from './service/jail.js';
import type { JailSetup } from './service/jailSetup.js';
import { LogHealth } from './service/logHealth.js';
import { type ActionRefused, Moderation, type OrderRequest, type PerformOutcome } from './service/moderation.js';
import { mutedIn } from './service/muted.js';
import type { Nuke } from './service/nuke.js';
import { panelFacts } from './service/panel.js';
import { MuteRenewal } from './service/renewal.js';
import { type Report, sendReport } from './service/reports.js';
import { restorePlan } from './service/restoring.js';
import type { Snapshots } from './service/snapshots.js';
import { type UndoRequest, undo } from './service/undo.js';
import { defaultSettings, type ModerationSettings } from './settings.js';
import { labelOf } from './view/case.js';
import { remarkLines } from './view/remarks.js';

export type { Action, Remark, Veto } from './action.js';
export type { Case, Details } from './domain/case.js';
export type { Order, SentMessage } from './domain/order.js';
export { auditReason, endOf } from './domain/order.js';
export type { Situation, Target } from './domain/situation.js';
export { judgeSituation } from './domain/situation.js';
export type { ModerationDiscord, SituationReader } from './ports.js';
export type { ActionRefused, Judged, JudgeOutcome, OrderRequest, Performed, PerformOutcome } from './service/moderation.js';

/** Moderation as pieces and other modules use it. */
export interface ModerationServices extends Casework {
	/** The one door for every action. */
	readonly moderation: Moderation;
	/** What is done to members in Discord, and how they stand: for the actions and mass work of other modules. */
	readonly deeds: ModerationDiscord;
	readonly situations: SituationReader;
	/** What timers ask. */
	readonly due: ModerationDue;
	/** What is under way, and what lasts, for who has to know how something was before it. */
	readonly orders: Pick<CaseRepository, 'activeIn' | 'underWay'>;
	readonly renewal: MuteRenewal;
	readonly jail: Jail;
	readonly jailSetup: JailSetup;
	/** What people had when they left. */
	readonly snapshots: Snapshots;
	/** What somebody could give back, by an order of type `restore`. */
	planRestore(request: OrderRequest): Promise<Accepted<RestorePlan> | ActionRefused>;
	readonly nuke: Nuke;
	/** What an action, or a type of case, is called. */
	labelOf(type: string, t: Translate): string;
	/** What is said of a case besides. */
	remarksOf(one: Case, t: Translate): readonly string[];
	undo(request: UndoRequest): Promise<PerformOutcome>;
	/**
	 * Writes the case of what was done already, such as mass work, in the caller's transaction. A key that is given names it: one
	 * that was recorded before violates its unique key. Call `timers.wake()` after the commit.
	 */
	record(tx: Transaction, request: OrderRequest): Promise<Case>;
	/**
	 * Ends running cases in the caller's transaction, when what they are about was taken back without an action of its own. That of one
	 * case is shown in the log channel.
	 */
	end(tx: Transaction, ended: Pick<CloseRequest, 'guildId' | 'actorId' | 'about' | 'only' | 'types' | 'by'>): Promise<void>;
	/** The last case of that type about a person that is not over. */
	running(guildId: string, userId: string, type: string): Promise<Case | null>;
	readonly mass: MassWork;
	/** The ids in a file that somebody sent. */
	idsOf(address: string): Promise<readonly string[]>;
	/** What the panel about somebody shows, and what can be done from it. */
	panel(guildId: string, userId: string): ReturnType<typeof panelFacts>;
	panelActions(): readonly PanelAction[];
	report(report: Report): ReturnType<typeof sendReport>;
	muted(guild: { readonly id: string; readonly memberCount: number }): Promise<MutedList>;
}

export interface ModerationNeeds {
	/** The languages that were chosen with us. */
	readonly locales: { user(userId: string): string | null; guild(guildId: string): string | null };
	/** From memory: whoever does not want anything stored about him. While it is not known the answer is yes. */
	readonly isDeclined: (userId: string) => boolean;
	/** What roles add with the bot alone: it makes a role dangerous as well. */
	readonly withBot: WithBot;
}

/** Actions, their cases, and what follows from them. */
export function moderationModule(infrastructure: Infrastructure, { locales, isDeclined, withBot }: ModerationNeeds): ModerationServices {
	const { client, clock, database, http, jobs, keyValue, languages, logger, privacy, settings: hub, timers } = infrastructure;
	moderationPrivacy(privacy, database);
	const config = configRepository(database, hub);
	const settings = new CachedSettings<ModerationSettings>({ defaults: defaultSettings, derive: nothingDerived, source: config });
	hub.register(configSlot, settings);

	const discord = moderationDiscord(client.rest);
	const actions = new Actions();
	const cases = caseRepository(database, timers, hub);
	const renewals = renewalRepository(database, timers);
	const warnings = warningRepository(database, timers, hub);
	actions.register(banAction(discord, cases), unbanAction(discord), softbanAction(discord), kickAction(discord));
	actions.register(
		muteAction(discord, renewals),
		unmuteAction(discord, cases),
		nicknameAction(discord),
		...voiceActions(discord),
		...massActions
	);
	actions.register(
		warnAction((tx, { guildId, at }, number) => warnings.planEscalation(tx, guildId, number, at)),
		noteAction,
		rolesAction
	);

	const speak = (guildId: string, userId?: string) => {
		const guildLocale = locales.guild(guildId) ?? client.guilds.cache.get(guildId)?.preferredLocale ?? null;
		const locale = chooseLocale({ user: userId === undefined ? null : locales.user(userId), guild: guildLocale }, languages.locales);
		return { t: languages.translator(locale), locale };
	};
	const nameOf = (type: string, t: Translate) => {
		const action = actions.get(type);
		return action === null ? type : labelOf(type, action.module, t);
	};
	const remarksOf = (one: Case, t: Translate) => remarkLines(actions.get(one.type), one.details, t);
	const situations = situationReader(client, () => clock.now());
	const voice = moderationVoice({
		client,
		speak,
		labelOf: nameOf,
		remarksOf,
		now: () => clock.now()
	});
	const alone = aloneBy(keyValue);
	const wake = () => timers.wake();
	const botId = () => client.user?.id ?? '0';
	const logHealth = new LogHealth(keyValue, clock);
	const moderation = new Moderation({
		actions,
		cases,
		situations,
		voice,
		settings,
		alone,
		logHealth,
		clock,
		wake,
		newKey: () => randomUUID(),
		botId
	});
	const perform = (request: OrderRequest) => moderation.perform(request);
	const {
		jail,
		jailSetup,
		actions: jailActions
	} = openJail(infrastructure, {
		...{ settings, config, cases, discord, voice, alone, speak, perform, withBot }
	});
	const { actions: givingActions, snapshots, look } = openGivingBack(infrastructure, { settings, discord, actions, isDeclined, withBot });
	const { nuke, action: nukeAction } = openNuke(infrastructure, { cases, speak, botId });
	actions.register(...jailActions, ...givingActions, nukeAction);
	const due = new ModerationDue({
		actions,
		alone,
		cases,
		situations,
		voice,
		evidenceOf: evidenceOf(database),
		settings,
		async forgetLogChannel(guildId, channelId) {
			const who = { guildId, actorId: botId(), now: clock.now() };
			await config.change(who, (stored) => accept(stored.logChannelId === channelId ? { logChannelId: null } : {}));
		},
		logHealth,
		clock,
		log: logger,
		wake,
		botId,
		overReason: (guildId, number) => speak(guildId).t('moderation:log.over', { number })
	});
	const renewal = new MuteRenewal({
		alone,
		cases,
		clock,
		discord,
		log: logger,
		reason: ({ guildId, number }) => speak(guildId).t('moderation:log.renewed', { number }),
		renewals,
		situations,
		async tellFailure(one) {
			const { logChannelId } = (await settings.get(one.guildId)).settings;
			if (logChannelId !== null) await voice.mention(one, 'renew-failed', logChannelId);
		}
	});
	const record: ModerationServices['record'] = (tx, request) => {
		const action = actions.get(request.type);
		if (action === null) throw new Error(`No action has the type "${request.type}"`);
		return cases.record(tx, { order: moderation.orderOf(request), action, botId: botId(), now: clock.now() });
	};
	const mass = registerMassWork(jobs, {
		actions,
		closing: closingRepository(timers, jobs),
		discord,
		now: () => clock.now(),
		orderOf: (request) => moderation.orderOf(request),
		record,
		settings,
		situations,
		wake
	});
	const kept = casework({ infrastructure, moderation, cases, warnings, situations, voice, config, logHealth, botId, speak });
	moderationInChannels(infrastructure.channelReferences, kept.setup);
	const knownActions = () => panelActions.filter((action) => infrastructure.kit.index.byId(panelCommands[action]) !== null);
	return {
		moderation,
		deeds: discord,
		situations,
		due,
		orders: cases,
		renewal,
		...kept,
		jail,
		jailSetup,
		snapshots,
		planRestore: (request) => restorePlan({ moderation, situations, look }, request),
		nuke,
		labelOf: nameOf,
		remarksOf,
		mass,
		undo: (request) => undo({ moderation, cases, clock }, request),
		end: (tx, ended) => closeCases(tx, timers, { ...ended, as: 'undone', now: clock.now(), shows: ended.only !== undefined }),
		running: (guildId, userId, type) => cases.running(guildId, userId, type),
		muted: (guild) => mutedIn({ cases, clock, timedOut: (id, now) => timedOutMembers(client.rest, id, now) }, guild),
		panel: (guildId, userId) => panelFacts({ lists: caseLists(database), situations }, guildId, userId),
		panelActions: knownActions,
		report: (report) => sendReport({ botId, keyValue, post: reportPoster(client.rest, speak, knownActions), settings }, report),
		idsOf: async (address) => idsIn(await http.web.text(address, { maxBytes: 1_000_000 })),
		record
	};
}
