import { expect, test } from 'vitest';
import { phases, Shutdown } from '#lib/shutdown/shutdown.js';

function make(budgetMs = 1_000) {
	const failed: string[] = [];
	const shutdown = new Shutdown({ budgetMs, report: (name) => void failed.push(name) });
	return { shutdown, failed };
}

test('closes phase after phase, whatever the order in which things were opened', async () => {
	const { shutdown, failed } = make();
	const closed: string[] = [];
	for (const phase of [...phases].reverse()) {
		shutdown.add(phase, phase, async () => {
			await Promise.resolve();
			closed.push(phase);
		});
	}
	await shutdown.run();
	expect(closed).toEqual([...phases]);
	expect(failed).toEqual([]);
});

test('what fails, at once or later, is told and does not keep the rest open', async () => {
	const { shutdown, failed } = make();
	let closed = false;
	shutdown.add('gateway', 'throws', () => {
		throw new Error('no');
	});
	shutdown.add('gateway', 'rejects', () => Promise.reject(new Error('no')));
	shutdown.add('database', 'database', () => {
		closed = true;
	});
	await shutdown.run();
	expect(failed.sort()).toEqual(['rejects', 'throws']);
	expect(closed).toBe(true);
});

test('what hangs is left behind, and there is time for what comes after it', async () => {
	const { shutdown, failed } = make(200);
	let closed = false;
	shutdown.add('work', 'hangs', () => new Promise(() => undefined));
	shutdown.add('database', 'database', () => {
		closed = true;
	});
	const start = performance.now();
	await shutdown.run();
	expect(performance.now() - start).toBeLessThan(1_000);
	expect(failed).toEqual(['hangs']);
	expect(closed).toBe(true);
});

test('two who ask get one closing', async () => {
	const { shutdown } = make();
	let times = 0;
	shutdown.add('http', 'server', () => void times++);
	expect(shutdown.started).toBe(false);
	await Promise.all([shutdown.run(), shutdown.run()]);
	expect(shutdown.started).toBe(true);
	expect(times).toBe(1);
});
