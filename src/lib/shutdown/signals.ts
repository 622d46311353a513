import type { Logger } from '#lib/observability/logger.js';
import type { Shutdown } from './shutdown.js';
import { onStopSignal } from './stopSignals.js';

export interface ProcessEvents {
	readonly logger: Logger;
	readonly shutdown: Shutdown;
	/** Told of what nobody caught. */
	readonly report: (error: unknown, where: string) => void;
	/** Resolves when the log is written out. */
	readonly drain: () => Promise<void>;
}

/** Ends the process: everything is closed first, within the time that shutdown allows. */
export type Leave = (code: number) => Promise<void>;

/**
 * What the operating system and Node tell this process. SIGTERM and SIGINT close everything and end with 0, the second one
 * ends at once; a promise whose rejection nobody handled is logged; an exception that nobody caught closes and ends with 1.
 */
export function handleProcessEvents({ logger, shutdown, report, drain }: ProcessEvents): Leave {
	let exitCode = 0;
	const leave: Leave = async (code) => {
		// The worst code of all who want to leave.
		exitCode = Math.max(exitCode, code);
		await shutdown.run();
		await drain();
		process.exit(exitCode);
	};
	const leaveAtOnce = (signal: NodeJS.Signals) => {
		process.stderr.write(`${signal} again: leaving at once.\n`);
		process.exit(exitCode === 0 ? 130 : exitCode);
	};
	onStopSignal({
		npmScript: 'start',
		first(signal) {
			if (shutdown.started) return leaveAtOnce(signal);
			logger.info(`${signal}: closing.`);
			void leave(0);
		},
		again: leaveAtOnce
	});
	// Started by a script that is gone.
	process.on('disconnect', () => void leave(0));
	process.on('unhandledRejection', (reason) => {
		report(reason, 'unhandledRejection');
	});
	process.on('uncaughtException', (error) => {
		if (isBrokenPipe(error)) return;
		report(error, 'uncaughtException');
		logger.fatal('An exception that nobody caught: closing.');
		void leave(1);
	});
	// Node prints warnings to standard error as they are; ours go where secrets are taken out.
	process.removeAllListeners('warning');
	process.on('warning', (warning) => logger.warn({ err: warning }, 'Node warns'));
	return leave;
}

/** The reader of our log went away. That is no reason to stop. */
function isBrokenPipe(error: unknown): boolean {
	return (
		error instanceof Error &&
		'code' in error &&
		error.code === 'EPIPE' &&
		'syscall' in error &&
		error.syscall === 'write' &&
		!('address' in error)
	);
}
