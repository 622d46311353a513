import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { LineQueue } from '#lib/observability/output.js';

function opened(path: string, flags: string): number {
	const descriptor = openSync(path, flags);
	onTestFinished(() => closeSync(descriptor));
	return descriptor;
}

test('lines go out in order, many at once', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'evict-output-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	const path = join(folder, 'log');
	const lines = new LineQueue(opened(path, 'w'));
	const written = Array.from({ length: 1_000 }, (_, index) => `line ${index}\n`);
	for (const line of written) lines.write(line);
	await lines.drain();
	expect(readFileSync(path, 'utf8')).toBe(written.join(''));
});

describe('a disk that is full', () => {
	test('costs lines, throws nothing and holds nobody up', async () => {
		const lines = new LineQueue(opened('/dev/full', 'w'));
		for (let round = 0; round < 3; round += 1) {
			lines.write('a line\n');
			const start = performance.now();
			await lines.drain();
			expect(performance.now() - start).toBeLessThan(500);
		}
	});

	test('is written to again when there is room', async () => {
		vi.resetModules();
		let full = true;
		const out: string[] = [];
		vi.doMock('node:fs', () => ({
			write(_: number, chunk: Buffer, done: (error: (Error & { code?: string }) | null, written: number) => void) {
				if (full) return done(Object.assign(new Error('no space'), { code: 'ENOSPC' }), 0);
				out.push(String(chunk));
				done(null, chunk.length);
			}
		}));
		onTestFinished(() => vi.doUnmock('node:fs'));
		const { LineQueue: Fresh } = await import('#lib/observability/output.js');
		const lines = new Fresh(1);
		lines.write('lost\n');
		await lines.drain();
		full = false;
		lines.write('kept\n');
		await lines.drain();
		expect(out).toEqual(['kept\n']);
	});
});

test('a file that cannot be written is given up, quietly', async () => {
	const lines = new LineQueue(opened('/dev/null', 'r'));
	for (const line of ['a line\n', 'another\n']) {
		lines.write(line);
		await lines.drain();
	}
});
