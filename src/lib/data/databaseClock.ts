import type { Clock } from '#lib/core/clock.js';

export interface DatabaseClockOptions {
	/** The database's time, milliseconds since 1970; rejects while it is away. */
	readonly ask: () => Promise<number>;
	readonly log: { warn(details: object, message: string): void };
	/** This machine's time, milliseconds since 1970. */
	readonly local?: () => number;
	readonly everyMs?: number;
}

/** More than this between machine and database is told: people would see it. */
const warnAboveMs = 60_000;
/** A change smaller than this is the way to the database and back, not somebody who set a clock. */
const jumpMs = 1_000;
const slowMs = 1_000;

/**
 * This machine's clock, corrected to the database's, so that all processes decide by one time.
 *
 * Measured at start and once a minute. While the database is away the last correction holds.
 */
export class DatabaseClock implements Clock {
	readonly #options: DatabaseClockOptions;
	readonly #local: () => number;
	readonly #listeners = new Set<() => void>();
	#offset = 0;
	#warned = false;
	#timer: NodeJS.Timeout | null = null;

	public constructor(options: DatabaseClockOptions) {
		this.#options = options;
		this.#local = options.local ?? Date.now;
	}

	public now(): number {
		return this.#local() + this.#offset;
	}

	public onJump(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Measures now and then every minute. Does not reject: without a database the machine's own time is taken. */
	public async start(): Promise<void> {
		this.#timer ??= setInterval(() => void this.measure(), this.#options.everyMs ?? 60_000);
		this.#timer.unref();
		await this.measure();
	}

	public stop(): void {
		if (this.#timer) clearInterval(this.#timer);
		this.#timer = null;
	}

	/** Asks the database for its time; answers whether that told anything. */
	public async measure(): Promise<boolean> {
		const asked = this.#local();
		let theirs: number;
		try {
			theirs = await this.#options.ask();
		} catch {
			return false;
		}
		const answered = this.#local();
		// A slow answer says little: it may be wrong by half of the wait.
		if (answered - asked > slowMs) return false;
		this.#correct(theirs - (asked + answered) / 2);
		return true;
	}

	#correct(offset: number): void {
		const change = Math.abs(offset - this.#offset);
		this.#offset = Math.round(offset);
		this.#warn();
		if (change >= jumpMs) for (const listener of this.#listeners) listener();
	}

	/** Once, until it is right again. */
	#warn(): void {
		const wrong = Math.abs(this.#offset) > warnAboveMs;
		if (wrong && !this.#warned) {
			const seconds = Math.round(Math.abs(this.#offset) / 1_000);
			const direction = this.#offset > 0 ? 'behind' : 'ahead of';
			this.#options.log.warn(
				{ offsetMs: this.#offset },
				`The clock of this machine is ${seconds} s ${direction} the database's. Timers go by the database; please set the clock.`
			);
		}
		this.#warned = wrong;
	}
}
