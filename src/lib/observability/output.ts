import { pino } from 'pino';
import { prettyFactory } from 'pino-pretty';

/** Where log lines go. */
export interface Output {
	write(line: string): void;
	/** Writes out what is still buffered, at once. */
	flush(): void;
}

/** 16 MB: a reader of our log that hangs costs lines, not memory and not the bot. */
const longestBuffer = 16 * 1024 * 1024;

/**
 * Standard output, written without blocking the process. A reader that went away (a broken pipe) is no error: the lines are
 * dropped and the bot goes on.
 */
export function openOutput(format: 'json' | 'pretty'): Output {
	const destination = pino.destination({ fd: 1, sync: false, maxLength: longestBuffer });
	destination.on('error', ignoreBrokenPipe);
	for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreBrokenPipe);
	const write = (line: string) => void destination.write(line);
	const flush = () => flushNow(destination);
	if (format === 'json') return { write, flush };
	const pretty = prettyFactory({
		colorize: process.stdout.isTTY === true,
		translateTime: 'SYS:HH:MM:ss.l',
		ignore: 'pid,hostname',
		singleLine: true
	});
	return { write: (line) => write(pretty(line)), flush };
}

function flushNow(destination: { flushSync(): void }): void {
	try {
		destination.flushSync();
	} catch (error) {
		ignoreBrokenPipe(error);
	}
}

/** Nothing can be said any more where saying is what failed. */
function ignoreBrokenPipe(error: unknown): void {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	// SonicBoom refuses to flush before it was opened and after it was closed.
	if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || (error instanceof Error && /sonic boom|SonicBoom/.test(error.message))) return;
	throw error;
}
