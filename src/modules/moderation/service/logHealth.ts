import type { Clock } from '#lib/core/clock.js';
import type { KeyValue } from '#lib/data/keyValue.js';

/** So many refusals in a row are no accident. */
const mostRefusals = 3;
const pauseMs = 3_600_000;
/** A refusal that long ago has nothing to do with one of today. Real time, as for everything that lapses by itself. */
const rememberMs = 86_400_000;

/**
 * Whether a log channel takes what is posted there. After three refusals in a row nothing is tried for an hour: Discord counts
 * refused requests, and who makes too many is shut out altogether. One moderator is told.
 */
export class LogHealth {
	public constructor(
		private readonly keyValue: Pick<KeyValue, 'get' | 'set' | 'setIfAbsent' | 'delete' | 'increment'>,
		private readonly clock: Pick<Clock, 'now'>
	) {}

	/** Milliseconds since 1970; null while there is no pause. */
	public async pausedUntil(guildId: string): Promise<number | null> {
		const until = await this.keyValue.get<number>(keys(guildId).paused);
		return until !== null && until > this.clock.now() ? until : null;
	}

	/** Counts a refusal. Answers when it is worth another try. */
	public async refused(guildId: string): Promise<number> {
		const until = this.clock.now() + pauseMs;
		const count = await this.keyValue.increment(keys(guildId).refusals, 1, rememberMs);
		if (count >= mostRefusals) await this.keyValue.set(keys(guildId).paused, until, rememberMs);
		return until;
	}

	/** It works, or another channel is tried. */
	public async worked(guildId: string): Promise<void> {
		await this.keyValue.delete(...Object.values(keys(guildId)));
	}

	/** True for the one who is to hear that there is a pause. */
	public async takeNotice(guildId: string): Promise<boolean> {
		const until = await this.pausedUntil(guildId);
		return until !== null && (await this.keyValue.setIfAbsent(keys(guildId).told, until, pauseMs));
	}
}

function keys(guildId: string) {
	const of = (what: string) => `moderation:log-${what}:${guildId}`;
	return { refusals: of('refusals'), paused: of('paused'), told: of('told') };
}
