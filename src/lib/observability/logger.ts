import { type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';
import { currentLogContext } from './logContext.js';
import { type Output, openOutput } from './output.js';
import { Redactor } from './redact.js';

export type Logger = PinoLogger;
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

export interface Logging {
	readonly logger: Logger;
	readonly redactor: Redactor;
	/** Resolves when everything said so far is out; for the last moment of the process. */
	drain(): Promise<void>;
}

export interface LoggingOptions {
	readonly level: LogLevel;
	readonly format: 'json' | 'pretty';
	readonly redactor?: Redactor;
	/** Where lines go; standard output when not given. */
	readonly output?: Output;
}

/** JSON lines (or readable ones), each with the ids of the work it belongs to, and without secrets. */
export function openLogging({ level, format, redactor = new Redactor(), output = openOutput(format) }: LoggingOptions): Logging {
	const logger = pino(
		{
			level,
			base: null,
			timestamp: stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }) },
			mixin: () => ({ ...currentLogContext() }),
			// Our own fields win over the surrounding ones.
			mixinMergeStrategy: (fields, context) => ({ ...context, ...fields })
		},
		{ write: (line: string) => output.write(redactor.redact(line)) }
	);
	return { logger, redactor, drain: () => output.drain() };
}
