import type { Clock } from '#lib/core/clock.js';
import { type Accepted, accept, type SentenceValues } from '#lib/core/outcome.js';
import { LockTimeoutError } from '#lib/data/keyValue/lockTimeoutError.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import { isDiscordRefusal } from '#lib/errors/discordCodes.js';
import { isDiscordAway } from '#lib/jobs/failure.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import type { Action, Actions } from '../action.js';
import type { Case, Details } from '../domain/case.js';
import type { Order, SentMessage } from '../domain/order.js';
import { judgeSituation, type Situation } from '../domain/situation.js';
import type { ModerationVoice, SituationReader, Told } from '../ports.js';
import type { CaseRepository } from '../repository/cases.js';
import type { ModerationSettings } from '../settings.js';
import type { About, Alone } from './alone.js';
import { carriedOut, carryOut } from './carriedOut.js';
import type { LogHealth } from './logHealth.js';

/** A refusal with the module whose language file has its sentence. */
export interface ActionRefused {
	readonly ok: false;
	readonly module: string;
	readonly code: string;
	readonly values?: SentenceValues;
}

export interface Performed {
	readonly case: Case;
	readonly action: Action;
	readonly situation: Situation;
	readonly told: Told;
	/** Nothing can be written to the log channel, and who acted is the first to hear of it. */
	readonly logRefused: boolean;
}

export type PerformOutcome = { readonly ok: true; readonly value: Performed } | ActionRefused;
export type JudgeOutcome = { readonly ok: true; readonly value: Judged } | ActionRefused;

/** What may be done, with what has to be remembered of it. */
export interface Judged {
	readonly action: Action;
	readonly situation: Situation;
	readonly order: Order;
}

/** What a caller says; the rest is filled in. */
export type OrderRequest = Pick<Order, 'type' | 'guildId'> & Partial<Omit<Order, 'type' | 'guildId' | 'at'>>;

export interface ModerationParts {
	readonly actions: Actions;
	readonly cases: Pick<CaseRepository, 'begin' | 'drop' | 'complete' | 'find' | 'findByOrder' | 'note' | 'unfinished'>;
	readonly situations: SituationReader;
	readonly voice: Pick<ModerationVoice, 'tell' | 'takeBack'>;
	readonly settings: CachedSettings<ModerationSettings>;
	readonly alone: Alone;
	readonly logHealth: Pick<LogHealth, 'takeNotice'>;
	readonly clock: Clock;
	readonly wake: () => void;
	readonly newKey: () => string;
	readonly botId: () => string;
}

/** How long an order may be under way before its timer looks after it: longer than a slow answer of Discord, three tries included. */
const finishAfterMs = 60_000;

/** The one door for everything that moderation does. */
export class Moderation {
	readonly #parts: ModerationParts;

	public constructor(parts: ModerationParts) {
		this.#parts = parts;
	}

	public get actions(): Actions {
		return this.#parts.actions;
	}

	/** How moderation works in a server. */
	public async settings(guildId: string): Promise<ModerationSettings> {
		return (await this.#parts.settings.get(guildId)).settings;
	}

	public orderOf(request: OrderRequest): Order {
		const { clock, newKey } = this.#parts;
		const nothing = { targetId: null, channelId: null, actorId: null, reason: null, durationMs: null, parentNumber: null };
		return { ...nothing, key: newKey(), details: {}, ...request, at: clock.now() };
	}

	/** Whether it may be done now, without doing it: before a question, and again when it is answered. */
	public async judge(request: OrderRequest | Order): Promise<JudgeOutcome> {
		const order = 'at' in request ? request : this.orderOf(request);
		const action = this.#parts.actions.get(order.type);
		if (action === null) throw new Error(`No action has the type "${order.type}"`);
		const settings = await this.settings(order.guildId);
		const situation = await this.#parts.situations.read({ ...order, voice: action.asksVoice === true });
		if (situation === null) return refused('moderation', { ok: false, code: 'server-away' });
		const judged = judgeAction(action, situation, settings);
		if (!judged.ok) return refused('moderation', judged);
		const { isHarmful, takesReason = true } = action;
		const needsReason = isHarmful && takesReason && order.actorId !== null && order.parentNumber === null;
		if (needsReason && settings.requireReason && order.reason === null) return refused('moderation', { ok: false, code: 'reason-needed' });
		for (const { module, veto } of this.#parts.actions.vetoesOf(order.type)) {
			const answer = await veto(situation, order);
			if (!answer.ok) return refused(module, answer);
		}
		const checked = (await action.check?.(situation, order)) ?? accept<Details>({});
		if (!checked.ok) return refused(action.module, checked);
		return accept({ action, situation, order: { ...order, details: { ...order.details, ...checked.value } } });
	}

	/**
	 * Checks, does it in Discord, writes the case, tells the target. What Discord refuses leaves no case. Who is killed in the middle
	 * finishes it after the next start.
	 *
	 * @throws what Discord said when it refused
	 */
	public async perform(request: OrderRequest): Promise<PerformOutcome> {
		const order = this.orderOf(request);
		try {
			return await this.#parts.alone(order, () => this.#perform(order, request.key !== undefined));
		} catch (error) {
			if (error instanceof LockTimeoutError) return refused('moderation', { ok: false, code: 'busy' });
			throw error;
		}
	}

	/** Runs `work` while no action is carried out about the same person: for who looks at what an action is about to change. */
	public alone<T>(about: About, work: () => Promise<T>): Promise<T> {
		return this.#parts.alone(about, work);
	}

	/** `isNamed`: the caller gave it its name, so it may have been carried out before. */
	async #perform(given: Order, isNamed: boolean): Promise<PerformOutcome> {
		const left = await this.#settle(given);
		if (isNamed && (await this.#parts.cases.findByOrder(given.guildId, given.key)) !== null)
			return refused('moderation', { ok: false, code: 'already-done' });
		const judged = await this.judge(given);
		if (!judged.ok) return judged;
		const { action, situation, order } = judged.value;
		const { cases, clock, voice } = this.#parts;
		const settings = await this.settings(order.guildId);
		await cases.begin(order, clock.now() + finishAfterMs);
		const before = action.tells === 'before' ? await voice.tell(order, action, situation, settings) : null;
		const message = isSent(before) ? before : null;
		// This one takes the place of what was cut short.
		if (left?.told && left.told.messageId !== message?.messageId) await voice.takeBack(left.told);
		const carried = await this.#carryOut({
			...judged.value,
			order: message === null ? order : await this.#noted({ ...order, told: message })
		});
		if (!carried.ok) return carried;
		const written = await this.#write(action, carried.value);
		if (!written.ok) return written;
		this.#parts.wake();
		const after = action.tells === 'after' ? await voice.tell(order, action, situation, settings) : null;
		const logRefused = action.isLogged && (await this.#parts.logHealth.takeNotice(order.guildId));
		const told = before ?? after ?? 'off';
		return accept({ case: written.value, action, situation, told: isSent(told) ? 'sent' : told, logRefused });
	}

	/**
	 * An order about the same person that was cut short, or this one itself, gets its case first, if it was carried out. Answers it when
	 * it was not.
	 */
	async #settle(order: Order): Promise<Order | null> {
		const { actions, botId, cases, clock, situations } = this.#parts;
		const left = await cases.unfinished(order);
		if (left === null) return null;
		const action = actions.get(left.type);
		const situation = await situations.read({ ...left, actorId: null, voice: action?.asksVoice === true });
		if (!action || situation === null) return null;
		const done = await carriedOut(action, situation, left);
		if (done === null) return left;
		await cases.complete({ order: done, action, botId: botId(), now: clock.now() });
		return null;
	}

	/** Who goes on with it after a crash finds the message. Without storage it is done all the same. */
	async #noted(order: Order): Promise<Order> {
		try {
			await this.#parts.cases.note(order);
		} catch (error) {
			if (!isStorageAway(error)) throw error;
		}
		return order;
	}

	async #carryOut({ action, situation, order }: Judged): Promise<Accepted<Order> | ActionRefused> {
		try {
			return accept(await carryOut(action, situation, order));
		} catch (error) {
			// No answer: it may have been done all the same. The kept order finds out.
			if (isDiscordRefusal(error)) {
				if (order.told) await this.#parts.voice.takeBack(order.told);
				await this.#parts.cases.drop(order);
			}
			if (!isDiscordAway(error)) throw error;
			return refused('moderation', { ok: false, code: 'discord-away' });
		}
	}

	async #write(action: Action, order: Order): Promise<Accepted<Case> | ActionRefused> {
		const { cases, clock, botId } = this.#parts;
		try {
			const now = clock.now();
			const written = (await cases.complete({ order, action, botId: botId(), now })) ?? (await cases.findByOrder(order.guildId, order.key));
			if (written === null) throw new Error(`The case of the order ${order.key} is neither written nor there`);
			return accept(written);
		} catch (error) {
			if (isStorageAway(error)) return refused('moderation', { ok: false, code: 'done-not-written' });
			throw error;
		}
	}
}

function isSent(told: SentMessage | Told | null): told is SentMessage {
	return typeof told === 'object' && told !== null;
}

export function judgeAction(action: Action, situation: Situation, settings: ModerationSettings) {
	const { aim, botPermission, isTimeout = false, maySelf = false, isHarmful } = action;
	const protectedRoleIds: ReadonlySet<string> = new Set(isHarmful ? settings.protectedRoleIds : []);
	return judgeSituation(situation, { aim, botPermission, isTimeout, maySelf, protectedRoleIds });
}

export function refused(
	module: string,
	{ code, values }: { readonly ok: false; readonly code: string; readonly values?: SentenceValues }
): ActionRefused {
	return values === undefined ? { ok: false, module, code } : { ok: false, module, code, values };
}
