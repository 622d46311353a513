import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const script = join(import.meta.dirname, '..', '..', 'support', 'processEvents.ts');

function start(what: string, npmScript = '') {
	const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', script, what], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, npm_lifecycle_event: npmScript }
	});
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	return { child, exit: once(child, 'close'), output: () => output };
}

test('a rejection that nobody handled is reported, and the process goes on', async () => {
	const { exit, output } = start('rejection');
	expect(await exit).toEqual([0, null]);
	expect(output()).toMatch(/nobody handles me.*"where":"unhandledRejection".*still alive/s);
});

test('an exception that nobody caught is reported, everything is closed, and the process ends with 1', async () => {
	const { exit, output } = start('exception');
	expect(await exit).toEqual([1, null]);
	expect(output()).toMatch(/nobody catches me.*the database was closed/s);
});

test('a second signal ends at once what would take longer', async () => {
	const { child, exit, output } = start('hang');
	await expect.poll(output, { timeout: 20_000 }).toContain('ready');
	child.kill('SIGTERM');
	await expect.poll(output, { timeout: 20_000 }).toContain('SIGTERM: closing');
	const begin = performance.now();
	child.kill('SIGTERM');
	expect(await exit).toEqual([130, null]);
	expect(performance.now() - begin).toBeLessThan(900);
});

test('under npm, which passes on what the terminal has sent already, the same signal twice in a moment is one', async () => {
	const { child, exit, output } = start('slow', 'start');
	await expect.poll(output, { timeout: 20_000 }).toContain('ready');
	child.kill('SIGINT');
	await expect.poll(output, { timeout: 20_000 }).toContain('SIGINT: closing');
	child.kill('SIGINT');
	expect(await exit).toEqual([0, null]);
	expect(output()).toContain('the database was closed');
});
