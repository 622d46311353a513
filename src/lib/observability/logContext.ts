import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line of one piece of work carries. */
export interface LogContext {
	readonly shard?: number | undefined;
	readonly guild?: string | undefined;
	readonly channel?: string | undefined;
	readonly user?: string | undefined;
	readonly command?: string | undefined;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `work`; log lines written in it, also later in its promises, carry `context`. Inner fields are added to outer ones. */
export function withLogContext<T>(context: LogContext, work: () => T): T {
	return storage.run({ ...storage.getStore(), ...context }, work);
}

export function currentLogContext(): LogContext {
	return storage.getStore() ?? {};
}
