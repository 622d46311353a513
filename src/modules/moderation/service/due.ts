import type { Clock } from '#lib/core/clock.js';
import { LockTimeoutError } from '#lib/data/keyValue/lockTimeoutError.js';
import { discordSentence } from '#lib/errors/discordCodes.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';
import type { Action, Actions } from '../action.js';
import { type Case, isOver, readCaseKey } from '../domain/case.js';
import type { Evidence } from '../domain/file.js';
import { type Order, readOrder } from '../domain/order.js';
import type { Situation } from '../domain/situation.js';
import type { ModerationVoice, SituationReader } from '../ports.js';
import type { CaseRepository } from '../repository/cases.js';
import type { ModerationSettings } from '../settings.js';
import type { About, Alone } from './alone.js';
import { auditReasonOf, carriedOut, carryOut } from './carriedOut.js';
import type { LogHealth } from './logHealth.js';
import { judgeAction } from './moderation.js';

export interface DueParts {
	readonly actions: Actions;
	readonly cases: CaseRepository;
	readonly situations: SituationReader;
	readonly voice: Pick<ModerationVoice, 'post' | 'mention' | 'takeBack'>;
	readonly evidenceOf: (one: Case) => Promise<readonly Evidence[]>;
	readonly settings: CachedSettings<ModerationSettings>;
	/** Takes the log channel out of the settings, when it is still this one. */
	readonly forgetLogChannel: (guildId: string, channelId: string) => Promise<void>;
	readonly alone: Alone;
	/** Whether the log channel takes what is posted there. */
	readonly logHealth: LogHealth;
	readonly clock: Clock;
	readonly log: { warn(details: object, message: string): void };
	readonly wake: () => void;
	readonly botId: () => string;
	/** Why something happens by itself, in the language of the server: for the audit log. */
	readonly overReason: (guildId: string, number: number) => string;
}

/** What is too old is no longer carried out: the moderator has seen long ago that nothing happened. */
const tooOldMs = 600_000;
/** Somebody else is at it: looked at again after this. */
const busyMs = 10_000;
/** A log channel that takes nothing for longer than this gets only what is newer. */
const postWithinMs = 86_400_000;
/** Discord's answer to the last try is told in the log channel. */
const lastTry = 4;

/** What moderation does when a timer is due. Everything is read again first: it may be gone, later, or done already. */
export class ModerationDue {
	readonly #parts: DueParts;

	public constructor(parts: DueParts) {
		this.#parts = parts;
	}

	/** Finishes an order whose process ended in the middle: what was done gets its case, what was not is done if it still may be. */
	public async finish(timer: DueTimer): Promise<TimerResult> {
		const order = readOrder(timer.payload);
		const action = order && this.#parts.actions.get(order.type);
		return order && action ? this.#alone(order, () => this.#finish(order, action, timer)) : 'done';
	}

	async #finish(order: Order, action: Action, timer: DueTimer): Promise<TimerResult> {
		// Somebody may have settled it, or given another one, while this waited.
		const kept = await this.#parts.cases.unfinished(order);
		if (kept?.key !== order.key) return 'done';
		const situation = await this.#situationOf(order, action);
		if (situation === null) return 'retry';
		const ended = await this.#ended(order, action, situation);
		if (ended === 'undone' && kept.told) await this.#parts.voice.takeBack(kept.told);
		if (typeof ended === 'string') return ended === 'retry' ? 'retry' : 'done';
		await this.#parts.cases.completeDue({ order: ended, action, botId: this.#parts.botId(), now: this.#parts.clock.now() }, timer);
		this.#parts.wake();
		return 'done';
	}

	/** Who gave the order may have left: what was done on his word is written all the same. */
	async #situationOf(order: Order, { asksVoice = false }: Action): Promise<Situation | null> {
		const { situations } = this.#parts;
		return (
			(await situations.read({ ...order, voice: asksVoice })) ?? (await situations.read({ ...order, actorId: null, voice: asksVoice }))
		);
	}

	/** `undone`: it was not done, and will not be. `unclear`: Discord does not say. */
	async #ended(order: Order, action: Action, situation: Situation): Promise<Order | 'undone' | 'unclear' | 'retry'> {
		let refused: 'undone' | 'unclear' = 'unclear';
		try {
			const done = await carriedOut(action, situation, order);
			if (done !== null) return done;
			refused = 'undone';
			if (this.#isTooOld(order) || (order.actorId !== null && situation.actor === null)) return 'undone';
			const judged = judgeAction(action, situation, await this.#settingsOf(order.guildId));
			if (!judged.ok || (await action.allowed?.(situation, order)) === 'none') return 'undone';
			return await carryOut(action, situation, order);
		} catch (error) {
			const sentence = discordSentence(error);
			if (sentence === null) throw error;
			if (sentence === 'away') return 'retry';
			this.#parts.log.warn({ err: error, order: order.key, type: order.type }, 'An order that was cut short could not be finished');
			return refused;
		}
	}

	/** Ends a case whose time is over: its effect is taken back, unless something else happened to it meanwhile. */
	public async expire(timer: DueTimer): Promise<TimerResult> {
		const one = await this.#caseOf(timer);
		return one === null ? 'done' : this.#alone({ ...one, targetId: one.userId }, () => this.#expire(timer));
	}

	async #expire(timer: DueTimer): Promise<TimerResult> {
		const { cases, clock } = this.#parts;
		const one = await this.#caseOf(timer);
		if (one === null || one.state !== 'active' || one.expiresAt === null) return 'done';
		const now = clock.now();
		if (!isOver(one, now)) return { later: one.expiresAt - now };
		const undoing = await this.#undoingOf(one);
		if (undoing === 'retry') return this.#failed(one, timer);
		await cases.expire(one, undoing, now, timer);
		this.#parts.wake();
		return 'done';
	}

	async #undoingOf(one: Case): Promise<{ readonly action: Action; readonly order: Order } | null | 'retry'> {
		const { actions, situations } = this.#parts;
		const action = actions.get(actions.get(one.type)?.undo ?? '');
		if (action === null) return null;
		const order = this.#undoOrder(one, action.type);
		const situation = await situations.read({ ...order, voice: action.asksVoice === true });
		if (situation === null) return 'retry';
		// Somebody who left has no effect on him any more; what is kept about him ends all the same.
		if (situation.target === null && one.userId !== null) return { action, order };
		for (const { veto } of actions.vetoesOf(action.type)) if (!(await veto(situation, order)).ok) return null;
		try {
			if (await action.isDone(situation, order)) return { action, order };
			const allowed = (await action.allowed?.(situation, order)) ?? 'all';
			// Nothing is asked of Discord that it is sure to refuse, and what became dangerous is not given by a timer.
			if (allowed !== 'none') await action.do(situation, order, auditReasonOf(situation, order));
			return allowed === 'all' ? { action, order } : 'retry';
		} catch (error) {
			const sentence = discordSentence(error);
			if (sentence === null) throw error;
			if (sentence === 'unknown-member' || sentence === 'unknown-ban' || sentence === 'unknown-user' || sentence === 'silent') {
				return { action, order };
			}
			this.#parts.log.warn({ err: error, guild: one.guildId, case: one.number }, 'A case whose time is over could not be ended');
			return 'retry';
		}
	}

	/** As a command does it: of two at once about one person, the second one looks when the first is done. */
	async #alone(about: About, work: () => Promise<TimerResult>): Promise<TimerResult> {
		try {
			return await this.#parts.alone(about, work);
		} catch (error) {
			if (!(error instanceof LockTimeoutError)) throw error;
			return { later: busyMs };
		}
	}

	#undoOrder(one: Case, type: string): Order {
		const { guildId, number, userId, channelId, details } = one;
		const nobody = { actorId: null, durationMs: null, parentNumber: number };
		const reason = this.#parts.overReason(guildId, number);
		return {
			...nobody,
			key: `over-${guildId}-${number}`,
			type,
			guildId,
			targetId: userId,
			channelId,
			reason,
			details,
			at: this.#parts.clock.now()
		};
	}

	/** Discord may say yes later; after the last try the staff are told. */
	async #failed(one: Case, timer: DueTimer): Promise<TimerResult> {
		const { logChannelId } = await this.#settingsOf(one.guildId);
		if (timer.attempts >= lastTry && logChannelId !== null) await this.#parts.voice.mention(one, 'expire-failed', logChannelId);
		return 'retry';
	}

	/** Posts the message of a case, or brings it up to date. */
	public async post(timer: DueTimer): Promise<TimerResult> {
		const one = await this.#caseOf(timer);
		if (one === null || this.#parts.actions.get(one.type)?.isLogged === false) return 'done';
		const { logHealth } = this.#parts;
		const pausedUntil = await logHealth.pausedUntil(one.guildId);
		if (pausedUntil !== null) return this.#postLater(one, pausedUntil);
		const { logChannelId } = await this.#settingsOf(one.guildId);
		const place = one.log?.channelId ?? logChannelId;
		if (place === null) return 'done';
		let posted = await this.#post(one, place);
		// Its message was taken away, with or without its channel: it gets a new one where cases are posted now.
		if (posted === 'gone' && logChannelId !== null && logChannelId !== place)
			posted = await this.#post({ ...one, log: null }, logChannelId);
		if (posted === 'retry') return 'retry';
		if (posted === 'forbidden') return this.#postLater(one, await logHealth.refused(one.guildId));
		if (posted === 'gone' && logChannelId === place) await this.#parts.forgetLogChannel(one.guildId, place);
		if (typeof posted !== 'string') await logHealth.worked(one.guildId);
		await this.#parts.cases.posted(one, typeof posted === 'string' ? null : posted, timer);
		return 'done';
	}

	/** The channel does not take it: again when there is hope, unless by then nobody would look for it. */
	#postLater(one: Case, until: number): TimerResult {
		const now = this.#parts.clock.now();
		return now - one.at > postWithinMs ? 'done' : { later: Math.max(until - now, 1_000) };
	}

	async #post(one: Case, channelId: string) {
		try {
			return await this.#parts.voice.post(one, await this.#parts.evidenceOf(one), channelId);
		} catch (error) {
			if (discordSentence(error) !== 'away') throw error;
			return 'retry' as const;
		}
	}

	async #caseOf(timer: DueTimer): Promise<Case | null> {
		const key = readCaseKey(timer.key);
		return key && this.#parts.cases.find(key.guildId, key.number);
	}

	async #settingsOf(guildId: string): Promise<ModerationSettings> {
		return (await this.#parts.settings.get(guildId)).settings;
	}

	#isTooOld(order: Order): boolean {
		return this.#parts.clock.now() - order.at > tooOldMs;
	}
}
