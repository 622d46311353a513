import { type ILogger, LogLevel } from '@sapphire/framework';
import type { Logger } from './logger.js';

const levels = new Map<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'>([
	[LogLevel.Trace, 'trace'],
	[LogLevel.Debug, 'debug'],
	[LogLevel.Info, 'info'],
	[LogLevel.Warn, 'warn'],
	[LogLevel.Error, 'error'],
	[LogLevel.Fatal, 'fatal']
]);

/** Sapphire's own log lines, written by ours. */
export class SapphireLogger implements ILogger {
	public constructor(private readonly logger: Logger) {}

	public has(level: LogLevel): boolean {
		const name = levels.get(level);
		return name !== undefined && this.logger.isLevelEnabled(name);
	}

	public trace(...values: readonly unknown[]): void {
		this.write(LogLevel.Trace, ...values);
	}

	public debug(...values: readonly unknown[]): void {
		this.write(LogLevel.Debug, ...values);
	}

	public info(...values: readonly unknown[]): void {
		this.write(LogLevel.Info, ...values);
	}

	public warn(...values: readonly unknown[]): void {
		this.write(LogLevel.Warn, ...values);
	}

	public error(...values: readonly unknown[]): void {
		this.write(LogLevel.Error, ...values);
	}

	public fatal(...values: readonly unknown[]): void {
		this.write(LogLevel.Fatal, ...values);
	}

	public write(level: LogLevel, ...values: readonly unknown[]): void {
		const name = levels.get(level);
		if (name === undefined) return;
		const error = values.find((value) => value instanceof Error);
		const text = values.filter((value) => value !== error).map(String);
		this.logger[name](error === undefined ? {} : { err: error }, text.join(' '));
	}
}
