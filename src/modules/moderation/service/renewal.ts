import type { Clock } from '#lib/core/clock.js';
import { discordSentence, isDiscordRefusal } from '#lib/errors/discordCodes.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';
import type { Case } from '../domain/case.js';
import { needsRenewal, readRenewalKey, renewalOf } from '../domain/mute.js';
import type { ModerationDiscord, SituationReader } from '../ports.js';
import type { CaseRepository } from '../repository/cases.js';
import type { RenewalRepository } from '../repository/renewals.js';
import type { Alone } from './alone.js';
import { auditReasonOf } from './carriedOut.js';

export interface RenewalParts {
	readonly alone: Alone;
	readonly cases: Pick<CaseRepository, 'running'>;
	readonly clock: Clock;
	readonly discord: Pick<ModerationDiscord, 'timeOut'>;
	readonly log: { warn(details: object, message: string): void };
	/** Why, in the language of the server: for the audit log. */
	readonly reason: (one: Case) => string;
	readonly renewals: RenewalRepository;
	readonly situations: SituationReader;
	/** The staff are told that Discord does not let it go on. */
	readonly tellFailure: (one: Case) => Promise<void>;
}

/** How often it was tried before the staff are told. */
const lastTry = 4;

/** Mutes that last longer than Discord's time-outs: set again in time, and when their person comes back. */
export class MuteRenewal {
	readonly #parts: RenewalParts;

	public constructor(parts: RenewalParts) {
		this.#parts = parts;
	}

	/** Its time-out is about to end in Discord. */
	public async renew(timer: DueTimer): Promise<TimerResult> {
		const about = readRenewalKey(timer.key);
		if (about === null) return 'done';
		return this.#alone(about, async (one) => {
			try {
				const again = await this.#set(one);
				return again === 'away' ? 'retry' : again === null ? 'done' : { later: again };
			} catch (error) {
				if (discordSentence(error) === null) throw error;
				this.#parts.log.warn({ err: error, guild: one.guildId, case: one.number }, 'A long mute could not be renewed');
				if (timer.attempts >= lastTry && isDiscordRefusal(error)) await this.#parts.tellFailure(one);
				return 'retry';
			}
		});
	}

	/** Somebody joined. Discord keeps a time-out for who comes back, but not longer than it lasts. */
	public async joined(guildId: string, userId: string): Promise<void> {
		await this.#alone({ guildId, userId }, async (one) => {
			if (!needsRenewal(one.expiresAt, one.at)) return 'done';
			if (typeof (await this.#set(one)) === 'number') await this.#parts.renewals.plan(guildId, userId, this.#parts.clock.now());
			return 'done';
		});
	}

	/** Nothing when no mute of that person is running. */
	async #alone(
		{ guildId, userId }: { readonly guildId: string; readonly userId: string },
		work: (one: Case) => Promise<TimerResult>
	): Promise<TimerResult> {
		const { alone, cases } = this.#parts;
		if ((await cases.running(guildId, userId, 'mute')) === null) return 'done';
		return alone({ guildId, targetId: userId, channelId: null }, async () => {
			const one = await cases.running(guildId, userId, 'mute');
			return one === null ? 'done' : work(one);
		});
	}

	/** In how many milliseconds it has to be looked at again; null for never. */
	async #set(one: Case): Promise<number | null | 'away'> {
		const { clock, discord, reason, situations } = this.#parts;
		const situation = await situations.read({ guildId: one.guildId, actorId: null, targetId: one.userId });
		if (situation === null) return 'away';
		const { target } = situation;
		const renewal = renewalOf(one.expiresAt, target?.inServer ? target.timedOutUntil : undefined, clock.now());
		if (renewal.do === 'set' && target !== null) {
			await discord.timeOut(one.guildId, target.id, renewal.until, auditReasonOf(situation, { reason: reason(one) }));
		}
		return renewal.lookAgainIn;
	}
}
