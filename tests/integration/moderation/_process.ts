import { randomUUID } from 'node:crypto';
import type { Database } from '#lib/data/database.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import { SettingsHub } from '#lib/settings/settingsHub.js';
import { createTimers, type Timers } from '#lib/timers/timers.js';
import { Actions } from '../../../src/modules/moderation/action.js';
import { banAction, unbanAction } from '../../../src/modules/moderation/actions/ban.js';
import { muteAction, unmuteAction } from '../../../src/modules/moderation/actions/mute.js';
import { noteAction, warnAction } from '../../../src/modules/moderation/actions/warn.js';
import { byHandRepository } from '../../../src/modules/moderation/repository/byHand.js';
import { caseEdits } from '../../../src/modules/moderation/repository/caseEdits.js';
import { caseRepository } from '../../../src/modules/moderation/repository/cases.js';
import { configRepository, configSlot } from '../../../src/modules/moderation/repository/config.js';
import { renewalRepository } from '../../../src/modules/moderation/repository/renewals.js';
import { timerKinds } from '../../../src/modules/moderation/repository/timerKinds.js';
import { warningRepository } from '../../../src/modules/moderation/repository/warnings.js';
import { aloneBy } from '../../../src/modules/moderation/service/alone.js';
import { ByHand } from '../../../src/modules/moderation/service/byHand.js';
import { changeDuration } from '../../../src/modules/moderation/service/duration.js';
import { Escalation } from '../../../src/modules/moderation/service/escalation.js';
import { LogHealth } from '../../../src/modules/moderation/service/logHealth.js';
import { Moderation, type OrderRequest } from '../../../src/modules/moderation/service/moderation.js';
import { defaultSettings, type ModerationSettings } from '../../../src/modules/moderation/settings.js';
import { FakeClock } from '../../support/fakeClock.js';
import { recordingLogger } from '../../support/recordingLogger.js';
import { RecordingTimerLog } from '../../support/recordingTimerLog.js';
import { aSituation, aTarget } from '../../unit/moderation/support.js';

/** Discord as all processes share it. */
export class SharedDiscord {
	public readonly bans = new Set<string>();
	public readonly timeOuts = new Map<string, number>();
	public readonly nicknames = new Map<string, string>();
	/** What was done, in order. */
	public readonly deeds: string[] = [];
	/** Called after something was done and before anybody hears of it: what throws here is a crash. */
	public afterDeed: (deed: string) => Promise<void> = async () => undefined;

	public async did(deed: string): Promise<void> {
		this.deeds.push(deed);
		await this.afterDeed(deed);
	}
}

export const guildId = '100000000000000001';

/**
 * A process of the bot, as far as moderation goes: the database and Discord shared with the others, locks of its own unless it is given
 * those that all share.
 */
export function moderationProcess(
	database: Database,
	discord: SharedDiscord,
	clock = new FakeClock(),
	keyValue: KeyValue = memoryKeyValue({ logger: recordingLogger() })
) {
	const logger = recordingLogger();
	const hub = new SettingsHub({ database, keyValue, clock, logger });
	const timers: Timers = createTimers({ database, clock, log: new RecordingTimerLog() });
	const config = configRepository(database, hub);
	const settings = new CachedSettings<ModerationSettings>({ defaults: defaultSettings, derive: nothingDerived, source: config });
	hub.register(configSlot, settings);
	const cases = caseRepository(database, timers, hub);
	const warnings = warningRepository(database, timers, hub);
	const deeds = {
		isBanned: async (_guild: string, userId: string) => discord.bans.has(userId),
		async ban(_guild: string, userId: string) {
			discord.bans.add(userId);
			await discord.did(`ban ${userId}`);
		},
		async unban(_guild: string, userId: string) {
			discord.bans.delete(userId);
			await discord.did(`unban ${userId}`);
		},
		async timeOut(_guild: string, userId: string, until: number | null) {
			if (until === null) discord.timeOuts.delete(userId);
			else discord.timeOuts.set(userId, until);
			await discord.did(`time-out ${userId}`);
		},
		async setNickname(_guild: string, userId: string, nickname: string | null) {
			if (nickname === null) discord.nicknames.delete(userId);
			else discord.nicknames.set(userId, nickname);
			await discord.did(`nickname ${userId} ${nickname}`);
		}
	};
	const actions = new Actions();
	actions.register(banAction(deeds, cases), unbanAction(deeds));
	actions.register(muteAction(deeds, renewalRepository(database, timers)), unmuteAction(deeds, cases));
	actions.register(
		warnAction((tx, order, number) => warnings.planEscalation(tx, order.guildId, number, order.at)),
		noteAction
	);
	const situations = {
		async read({ actorId, targetId }: { readonly actorId: string | null; readonly targetId: string | null }) {
			const { actor } = aSituation();
			const inServer = targetId !== null && !discord.bans.has(targetId);
			const target =
				targetId === null
					? null
					: aTarget({
							...{ id: targetId, inServer, timedOutUntil: discord.timeOuts.get(targetId) ?? null },
							nickname: discord.nicknames.get(targetId) ?? null
						});
			return aSituation({
				guildId,
				actor: actorId === null || actor === null ? null : { ...actor, id: actorId },
				target,
				now: clock.now()
			});
		}
	};
	const said: string[] = [];
	const voice = {
		tell: async () => 'off' as const,
		takeBack: async () => undefined,
		async line(_guild: string, _channel: string, line: { readonly kind: string }) {
			said.push(line.kind);
		}
	};
	const moderation = new Moderation({
		actions,
		cases,
		situations,
		voice,
		settings,
		alone: aloneBy(keyValue),
		logHealth: new LogHealth(keyValue, clock),
		clock,
		wake: () => timers.wake(),
		newKey: () => randomUUID(),
		botId: () => '8'
	});
	const edits = caseEdits({ database, timers, isLogged: (type) => actions.get(type)?.isLogged ?? false });
	const escalation = new Escalation({
		moderation,
		cases,
		warnings,
		voice,
		reason: (_guild, count) => `${count} warnings`,
		log: { warn: () => undefined }
	});
	const byHand = new ByHand({
		actions,
		byHand: byHandRepository(database, timers, hub),
		settings: (id) => moderation.settings(id),
		isBot: async () => false,
		clock,
		wake: () => timers.wake(),
		botId: () => '8'
	});
	return {
		moderation,
		cases,
		actions,
		hub,
		deeds,
		warnings,
		edits,
		byHand,
		clock,
		timers,
		duration: (number: number, durationMs: number) =>
			changeDuration({ moderation, cases, edits, situations, clock }, { guildId, actorId: '2', number, durationMs }),
		perform: (type: string, targetId: string | null, more: Pick<OrderRequest, 'durationMs' | 'reason' | 'details'> = {}) =>
			moderation.perform({ type, guildId, targetId, actorId: '2', ...more }),
		/** Runs the timers of what follows from warnings. */
		escalates: () => timers.start([{ name: timerKinds.escalate, pool: 'normal', run: (timer) => escalation.escalate(timer) }])
	};
}
