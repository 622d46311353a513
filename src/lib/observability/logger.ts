import { type Logger as PinoLogger, pino, stdSerializers, stdTimeFunctions } from 'pino';
import { StorageAway } from '#lib/data/storageAway.js';
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
			serializers: { err: errorFields },
			mixin: () => ({ ...currentLogContext() }),
			// Our own fields win over the surrounding ones.
			mixinMergeStrategy: (fields, context) => ({ ...context, ...fields })
		},
		{ write: (line: string) => output.write(redactor.redact(line)) }
	);
	return { logger, redactor, drain: () => output.drain() };
}

/** A database that is away is no fault of the code: where it was noticed says nothing, and many notice it. */
function errorFields(error: unknown): unknown {
	if (!(error instanceof Error)) return error;
	return error instanceof StorageAway ? { type: error.name, message: error.message } : stdSerializers.err(error);
}
