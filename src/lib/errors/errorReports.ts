import { randomInt } from 'node:crypto';
import { inspect } from 'node:util';
import type { Clock } from '#lib/core/clock.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import type { Logger } from '#lib/observability/logger.js';
import type { Metrics } from '#lib/observability/metrics.js';
import type { Redactor } from '#lib/observability/redact.js';

/** Where an error came up. */
export interface ErrorPlace {
	/** In a few words, with few values: `command`, `listener`, `message step`. */
	readonly where: string;
	/** The name of the command, listener, step or task. */
	readonly name?: string | undefined;
	readonly guildId?: string | null | undefined;
	readonly channelId?: string | null | undefined;
	readonly userId?: string | null | undefined;
	readonly shard?: number | undefined;
}

/** An error as it is kept. */
export interface ErrorReport extends ErrorPlace {
	readonly code: string;
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly trace: string;
}

/** Keeps reports where they can be looked up. */
export type KeepReport = (report: ErrorReport) => Promise<void>;

export interface ErrorReportsOptions {
	readonly clock: Clock;
	readonly logger: Logger;
	readonly metrics: Metrics;
	readonly redactor: Redactor;
}

/** Without letters and digits that are mistaken for one another. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const codeLength = 6;
/** Characters of one trace: a page or two, whatever hangs on the error. */
const longestTrace = 20_000;

/** Every unexpected error: in the log and in the database under one code, and counted. */
export class ErrorReports {
	/** Set by the module that owns the table. */
	public keep: KeepReport | null = null;
	readonly #pending = new Set<Promise<void>>();

	public constructor(private readonly options: ErrorReportsOptions) {}

	/** Logs and keeps the error; answers its code. Does not wait for the database and never throws. */
	public report(error: unknown, place: ErrorPlace): string {
		const { clock, logger, metrics } = this.options;
		const code = newCode();
		const { where, name, guildId, channelId, userId, shard } = place;
		metrics.errors.inc({ where });
		logger.error(
			{
				err: error instanceof Error ? error : new Error(inspect(error)),
				code,
				where,
				name,
				shard,
				guild: guildId,
				channel: channelId,
				user: userId
			},
			`Unexpected error ${code} in ${where}${name === undefined ? '' : ` ${name}`}`
		);
		this.#keep({ ...place, code, at: clock.now(), trace: this.#trace(error) });
		return code;
	}

	/** Resolves when what was reported so far is kept, or could not be. */
	public async settle(): Promise<void> {
		await Promise.all(this.#pending);
	}

	#keep(report: ErrorReport): void {
		if (this.keep === null) return;
		const kept = this.keep(report).catch((error: unknown) => {
			// The log has it. While storage is away that is as it should be.
			if (!isStorageAway(error)) this.options.logger.warn({ err: error }, `The error ${report.code} could not be kept`);
		});
		this.#pending.add(kept);
		void kept.finally(() => this.#pending.delete(kept));
	}

	#trace(error: unknown): string {
		const trace = this.options.redactor.redact(inspect(error, { depth: 3, breakLength: 140, maxStringLength: 4000 }));
		return trace.length <= longestTrace ? trace : `${trace.slice(0, longestTrace - 1)}…`;
	}
}

function newCode(): string {
	return Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('');
}
