import { type REST, RESTEvents } from 'discord.js';
import type { Clock } from '#lib/core/clock.js';

/** Above this people would notice: Discord shows them its own time beside ours. */
const warnAboveMs = 60_000;
const lookEveryMs = 600_000;

export interface DiscordClockParts {
	readonly clock: Pick<Clock, 'now'>;
	readonly logger: { warn(details: object, message: string): void };
}

/** Compares our time with the one that Discord writes into its answers, at the first answer and every ten minutes. Answers how to stop. */
export function watchDiscordClock(rest: Pick<REST, 'once'>, parts: DiscordClockParts): () => void {
	const look = () => void rest.once(RESTEvents.Response, (_, response) => judge(response.headers.get('date'), parts));
	look();
	const timer = setInterval(look, lookEveryMs).unref();
	return () => clearInterval(timer);
}

function judge(header: string | null, { clock, logger }: DiscordClockParts): void {
	const differenceMs = clock.now() - Date.parse(header ?? '');
	// Without the header, or with one that is no date, nothing is known.
	if (!(Math.abs(differenceMs) > warnAboveMs)) return;
	const seconds = Math.round(Math.abs(differenceMs) / 1_000);
	const direction = differenceMs < 0 ? 'behind' : 'ahead of';
	logger.warn(
		{ differenceMs },
		`Our time is ${seconds} s ${direction} Discord's: please set the clock of the database's machine and of this one.`
	);
}
