import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Child {
	readonly process: ChildProcess;
	/** The exit code; null when a signal ended it. */
	readonly exit: Promise<number | null>;
	/** SIGTERM, then SIGKILL after twelve seconds. */
	stop(): Promise<void>;
}

export interface ChildOptions {
	readonly env: NodeJS.ProcessEnv;
	readonly cwd: string;
	readonly output: 'inherit' | 'pipe';
}

/**
 * Node in a process of its own. Not in our process group, so that Ctrl+C reaches it once, through us; and with a channel,
 * whose end tells it that we are gone.
 */
export function startChild(args: readonly string[], { env, cwd, output }: ChildOptions): Child {
	const child = spawn(process.execPath, [...args], { env, cwd, detached: true, stdio: ['ignore', output, 'inherit', 'ipc'] });
	const exit = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null));
	return {
		process: child,
		exit,
		async stop() {
			if (child.exitCode !== null || child.signalCode !== null) return;
			child.kill('SIGTERM');
			const timer = setTimeout(() => child.kill('SIGKILL'), 12_000);
			await exit;
			clearTimeout(timer);
		}
	};
}
