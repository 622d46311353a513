import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A process of its own that opens an embedded server; see embeddedProcessMain.ts for what it says. */
export interface EmbeddedProcess {
	readonly child: ChildProcess;
	/** The next line it says; rejects when it ended without one. */
	line(): Promise<string>;
	/** Ends it in an orderly way and answers its exit code. */
	end(): Promise<number | null>;
	/** kill -9 */
	kill(): Promise<void>;
}

/** `mode`: `hold` keeps the server until the end of its input; `write` also writes rows and tells each that was acknowledged. */
export function embeddedProcess(folder: string, mode: 'hold' | 'write' = 'hold', account?: { uid: number; gid: number }): EmbeddedProcess {
	const main = fileURLToPath(new URL('./embeddedProcessMain.ts', import.meta.url));
	const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', main, folder, mode], {
		stdio: ['pipe', 'pipe', 'inherit'],
		cwd: fileURLToPath(new URL('../..', import.meta.url)),
		...account
	});
	const ended = once(child, 'exit');
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	return {
		child,
		async line() {
			const { value, done } = await lines.next();
			if (done === true) throw new Error('The process ended without a word');
			return value;
		},
		async end() {
			child.stdin.end();
			await ended;
			return child.exitCode;
		},
		async kill() {
			child.kill('SIGKILL');
			await ended;
		}
	};
}
