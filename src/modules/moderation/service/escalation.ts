import { isDiscordRefusal } from '#lib/errors/discordCodes.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';
import { type Case, readCaseKey } from '../domain/case.js';
import { reachedThreshold, type WarnThreshold } from '../domain/threshold.js';
import type { ModerationVoice, RefusedBecause } from '../ports.js';
import type { CaseRepository } from '../repository/cases.js';
import type { WarningRepository } from '../repository/warnings.js';
import type { Moderation, PerformOutcome } from './moderation.js';

export interface EscalationParts {
	readonly moderation: Moderation;
	readonly cases: Pick<CaseRepository, 'find' | 'findByOrder'>;
	readonly warnings: Pick<WarningRepository, 'before' | 'thresholds'>;
	readonly voice: Pick<ModerationVoice, 'line'>;
	/** Why it happens, in the language of the server. */
	readonly reason: (guildId: string, count: number) => string;
	readonly log: { warn(details: object, message: string): void };
}

/** What passes: it is tried again. */
const passing: ReadonlySet<string> = new Set(['server-away', 'discord-away', 'busy', 'done-not-written']);

/** What follows when somebody was warned too often: by the timer that is written with the warning. */
export class Escalation {
	readonly #parts: EscalationParts;

	public constructor(parts: EscalationParts) {
		this.#parts = parts;
	}

	/** Does what the warning leads to, once: the order has a name that is made of the warning's own. */
	public async escalate(timer: DueTimer): Promise<TimerResult> {
		const { cases, warnings } = this.#parts;
		const key = readCaseKey(timer.key);
		const warning = key && (await cases.find(key.guildId, key.number));
		if (warning === null || warning.userId === null || warning.state !== 'active') return 'done';
		const { guildId, userId, number, at } = warning;
		const thresholds = await warnings.thresholds(guildId);
		if (thresholds.length === 0) return 'done';
		const reached = reachedThreshold(thresholds, at, await warnings.before(guildId, userId, number));
		if (reached === null || (await cases.findByOrder(guildId, orderKey(warning))) !== null) return 'done';
		return this.#carryOut(warning, userId, reached);
	}

	async #carryOut(warning: Case, userId: string, threshold: WarnThreshold): Promise<TimerResult> {
		try {
			const outcome = await this.#perform(warning, userId, threshold);
			// Done already: by who was killed before this timer was put away, or by another process.
			if (outcome.ok || outcome.code === 'already-done') return 'done';
			if (passing.has(outcome.code)) return 'retry';
			await this.#tell(warning, threshold, outcome);
			return 'done';
		} catch (error) {
			if (!isDiscordRefusal(error)) throw error;
			this.#parts.log.warn({ err: error, guild: warning.guildId, case: warning.number }, 'What warnings lead to was refused by Discord');
			await this.#tell(warning, threshold, { module: 'moderation', code: 'discord-refused' });
			return 'done';
		}
	}

	async #perform({ guildId, number }: Case, userId: string, threshold: WarnThreshold): Promise<PerformOutcome> {
		const { moderation, reason } = this.#parts;
		const { action, count, durationSeconds } = threshold;
		const { defaultMuteSeconds, deleteMessageSeconds } = await moderation.settings(guildId);
		const seconds = durationSeconds ?? (action === 'mute' ? defaultMuteSeconds : null);
		return moderation.perform({
			key: orderKey({ guildId, number }),
			type: action,
			guildId,
			targetId: userId,
			actorId: null,
			reason: reason(guildId, count),
			durationMs: seconds === null ? null : seconds * 1000,
			parentNumber: number,
			details: action === 'ban' ? { deleteSeconds: deleteMessageSeconds } : {}
		});
	}

	/** Whoever reads the log channel should know that nothing followed. */
	async #tell({ guildId, number }: Case, { action }: WarnThreshold, refused: RefusedBecause): Promise<void> {
		const { logChannelId } = await this.#parts.moderation.settings(guildId);
		if (logChannelId === null) return;
		await this.#parts.voice.line(guildId, logChannelId, { kind: 'escalation-refused', number, action, refused }, `escalate ${number}`);
	}
}

function orderKey({ guildId, number }: Pick<Case, 'guildId' | 'number'>): string {
	return `escalate-${guildId}-${number}`;
}
