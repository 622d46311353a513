import type { KeyValueLogger } from './logger.js';

/** One warning a minute at most, however long the outage and however many commands fail. */
const everyMs = 60_000;

/** Says once that Redis is away and once that it is back. */
export class OutageNotice {
	readonly #logger: KeyValueLogger;
	#warnedAt = Number.NEGATIVE_INFINITY;
	#told = false;

	public constructor(logger: KeyValueLogger) {
		this.#logger = logger;
	}

	/** `now` is real time in milliseconds. */
	public away(error: Error, now: number): void {
		if (now - this.#warnedAt < everyMs) return;
		this.#warnedAt = now;
		this.#told = true;
		// Only the message: ioredis hangs the command with its arguments (the password of AUTH) on the error object.
		this.#logger.warn(`Redis is away (${reason(error)}). The bot goes on with this process' own memory and tries again.`);
	}

	public back(): void {
		if (!this.#told) return;
		this.#told = false;
		this.#logger.info('Redis is back.');
	}
}

function reason(error: Error): string {
	if (error.message) return error.message;
	return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
