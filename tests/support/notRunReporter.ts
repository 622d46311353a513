import type { Reporter, TestModule } from 'vitest/node';

/** Lists by name, at the end of a run, every test that could not run and why. */
export default class NotRunReporter implements Reporter {
	public onTestRunEnd(modules: readonly TestModule[]): void {
		const lines: string[] = [];
		for (const module of modules) {
			for (const test of module.children.allTests('skipped')) {
				const result = test.result();
				const note = result.state === 'skipped' ? result.note : undefined;
				// A test left out by a name filter (`-t`) was not asked for, so it is not missing.
				if (note !== undefined) lines.push(`  ${module.project.name} › ${test.fullName}: ${note}`);
			}
		}
		if (lines.length === 0) return;
		process.stdout.write(`\nTests that could not run (${lines.length}):\n${lines.join('\n')}\n`);
	}
}
