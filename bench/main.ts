/**
 * `npm run bench -- <name> [--json]`: the figures of the project, one command each. Ratios within one run hold; absolute times do not.
 */
const benchmarks: Readonly<Record<string, () => Promise<{ run: (options: BenchOptions) => Promise<unknown> }>>> = {
	messages: () => import('./messages/run.js'),
	emulator: () => import('./emulator/run.js')
};

/** What every benchmark takes from the command line. */
export interface BenchOptions {
	/** One JSON document on the standard output instead of a table. */
	readonly json: boolean;
	/** Rounds, each with every contestant in turn. */
	readonly rounds: number;
	/** Events a round and contestant. */
	readonly events: number;
}

const [name = '', ...flags] = process.argv.slice(2);
const load = benchmarks[name];
if (load === undefined) {
	process.stderr.write(`Say which: ${Object.keys(benchmarks).join(', ')}\n`);
	process.exitCode = 1;
} else {
	const number = (flag: string, fallback: number) => {
		const at = flags.indexOf(flag);
		return at === -1 ? fallback : Number(flags[at + 1]);
	};
	const { run } = await load();
	await run({ json: flags.includes('--json'), rounds: number('--rounds', 5), events: number('--events', 60_000) });
	process.exit(process.exitCode ?? 0);
}
