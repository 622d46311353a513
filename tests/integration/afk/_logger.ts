import { type Logger, pino } from 'pino';

/** A real logger that says nothing. */
export function quietLogger(): Logger {
	return pino({ enabled: false });
}
