import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { testDatabase } from '../../support/databases.js';

// Whole processes start in here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL('../../..', import.meta.url));

function run(script: string, parameters: readonly string[], environment: Record<string, string> = {}) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--conditions=source', script, ...parameters], {
		cwd: root,
		encoding: 'utf8',
		env: { ...process.env, ...environment }
	});
	return { status, stdout, stderr };
}

test('migrate says what is pending, applies it, and then has nothing to do', async () => {
	await using there = await testDatabase({ empty: true });
	const migrate = (...parameters: string[]) => run('scripts/migrate.ts', parameters, { DATABASE_URL: there.url });
	expect(migrate('status')).toMatchObject({ status: 1, stdout: expect.stringMatching(/^applied: 0\npending: \d+_init/) });
	expect(migrate('deploy')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Applied: \d+_init/) });
	expect(migrate('status')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^applied: [1-9]\d*\n$/) });
	expect(migrate('create', 'nothing')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Nothing to do/) });
});

test('migrate refuses what it does not know, and a database that is not there, without a stack', () => {
	expect(run('scripts/migrate.ts', ['create', '../up'])).toMatchObject({ status: 1, stderr: expect.stringMatching(/^npm run migrate/) });
	const away = run('scripts/migrate.ts', ['status'], { DATABASE_URL: 'postgresql://ana:canary@127.0.0.1:1/evict' });
	expect(away.status).toBe(1);
	expect(away.stderr).not.toMatch(/canary|\n {4}at /);
});

test.each([
	['migrate', 'scripts/migrate.ts', ['status']],
	['seed', 'prisma/seed.ts', []],
	['the migration of the compose file', 'src/migrate.ts', []]
])('%s says in one sentence what is wrong with DATABASE_URL', async (_, script, parameters) => {
	await using there = await testDatabase({ empty: true });
	const missing = new URL(there.url);
	missing.pathname = '/evict_test_not_there';
	const wrong = run(script, parameters, { DATABASE_URL: missing.href });
	expect(wrong.stderr).toMatch(/^The database server at .+ has no database named "evict_test_not_there": .*DATABASE_URL\.\n$/);
	const away = run(script, parameters, { DATABASE_URL: 'postgresql://ana:canary@127.0.0.1:1/evict' });
	expect(away.stderr).toBe('The database server at 127.0.0.1:1 cannot be reached: please start it, or correct DATABASE_URL.\n');
	expect([wrong.status, away.status]).toEqual([1, 1]);
});

test('seed may be run again and again', async () => {
	await using there = await testDatabase();
	const seed = () => run('prisma/seed.ts', [], { DATABASE_URL: there.url });
	expect(seed()).toMatchObject({ status: 0 });
	const database = await there.open();
	const counted = async () =>
		Promise.all([
			database.prisma.guild.count(),
			database.prisma.guildPrefix.count(),
			database.prisma.userSettings.count(),
			database.prisma.reminder.count(),
			database.prisma.scheduledTask.count(),
			database.prisma.nameHistory.count()
		]);
	const first = await counted();
	expect(seed()).toMatchObject({ status: 0 });
	expect(await counted()).toEqual(first);
	expect(Math.min(...first)).toBeGreaterThan(0);
});

test("Prisma's own migrate is never given the engine that stands in for generate", () => {
	const show = 'process.stdout.write(String(process.env.PRISMA_SCHEMA_ENGINE_BINARY))';
	const variable = (...command: string[]) => {
		const code = `process.argv.push('prisma', ...${JSON.stringify(command)}); await import('./prisma.config.ts'); ${show}`;
		const { PRISMA_SCHEMA_ENGINE_BINARY: _, ...env } = process.env;
		return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], { cwd: root, encoding: 'utf8', env }).stdout;
	};
	expect(variable('migrate', 'dev', '--name', 'generate')).toBe('undefined');
	expect(variable('generate')).toBe(process.execPath);
});
