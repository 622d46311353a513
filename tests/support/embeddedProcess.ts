import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const artefacts = join(root, 'tests', 'artefacts');
const bundle = 'embeddedProcess.mjs';

/** Bundles the process once: starting it from its sources would take many times as long, for each of many. */
export async function buildEmbeddedProcess(): Promise<void> {
	const conditions = ['source', 'node'];
	await build({
		root,
		configFile: false,
		logLevel: 'error',
		resolve: { conditions },
		ssr: { resolve: { conditions } },
		build: {
			ssr: join(root, 'tests/support/embeddedProcessMain.ts'),
			outDir: artefacts,
			emptyOutDir: false,
			rolldownOptions: { output: { entryFileNames: bundle } }
		}
	});
}

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
	const child = spawn(process.execPath, [join(artefacts, bundle), folder, mode], {
		stdio: ['pipe', 'pipe', 'inherit'],
		cwd: root,
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
