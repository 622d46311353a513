import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Lists by name, at the end of a run, every test that could not run, every one that passed only at a further try (a fault not yet found),
 * and every one that failed, with the first line of its error: `.ci/run` repeats that list in its summary.
 */
export default class NotRunReporter implements Reporter {
	#vitest: Vitest | undefined;

	public onInit(vitest: Vitest): void {
		this.#vitest = vitest;
	}

	public onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
		const retried = modules.flatMap((module) =>
			[...module.children.allTests('passed')]
				.filter((test) => (test.diagnostic()?.retryCount ?? 0) > 0)
				.map((test) => `  ${module.project.name} › ${module.relativeModuleId} › ${test.fullName}`)
		);
		if (retried.length > 0)
			process.stdout.write(`\nTests that failed first and passed at a further try (${retried.length}):\n${retried.join('\n')}\n`);
		const failed = modules.flatMap((module) => [
			...module.errors().map((error) => `  ${module.project.name} › ${module.relativeModuleId}: ${firstLine(error.message)}`),
			...[...module.children.allTests('failed')].map(
				(test) =>
					`  ${module.project.name} › ${module.relativeModuleId} › ${test.fullName}: ${firstLine(test.result().errors?.[0]?.message ?? '')}`
			)
		]);
		failed.push(...unhandled.map((error) => `  outside of tests: ${firstLine(error.message)}`));
		if (failed.length > 0) process.stdout.write(`\nTests that failed (${failed.length}):\n${failed.join('\n')}\n\n`);
		// What a name filter (`-t`) leaves out was not asked for, so it is not missing.
		if (this.#vitest?.config.testNamePattern) return;
		const lines: string[] = [];
		for (const module of modules) {
			for (const test of module.children.allTests('skipped')) {
				const result = test.result();
				const note = result.state === 'skipped' && result.note ? `: ${result.note}` : '';
				lines.push(`  ${module.project.name} › ${module.relativeModuleId} › ${test.fullName}${note}`);
			}
		}
		if (lines.length > 0) process.stdout.write(`\nTests that could not run (${lines.length}):\n${lines.join('\n')}\n`);
	}
}

function firstLine(text: string): string {
	return text.split('\n', 1)[0] ?? '';
}
