import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const servers = './tests/support/servers.setup.ts';
const campaigns = 'tests/e2e/kill*.e2e.test.ts';
/** Stories in which no bot of ours acts, or none of what it does is kept in a cache. */
const cacheless = [
	'tests/e2e/conformance*',
	'tests/e2e/emulator/**',
	'tests/e2e/{embeddedDatabase,generate,secrets,startFaults,uncachedBot}.e2e.test.ts'
];

/**
 * `imports` of package.json has a `source` condition: tests run the sources, not `dist`.
 * No `import` here: the workers would be started with it too, and a `require` inside pg would then get an ES module.
 */
const conditions = ['source', 'node'];
// `__vitest__` is where vitest runs the setup of the servers.
const resolution = { resolve: { conditions }, ssr: { resolve: { conditions } }, environments: { __vitest__: { resolve: { conditions } } } };

// Decorated pieces and `.ts` pieces are only loaded by Sapphire when tsx is there.
const execArgv = ['--import', 'tsx', '--conditions=source'];

/**
 * Files share a worker with its modules, and stories the house of their worker (sharedHouse.ts): a worker, a start of the bot and a
 * database for each file would take as long as the stories do.
 */
const isolate = false;

/** What is timed on a machine that does other things may be late once; a fault fails twice. What needed it is listed at the end. */
const retry = process.env['CI'] ? 1 : 0;

export default defineConfig({
	root,
	...resolution,
	test: {
		root,
		// Two cores: a third house beside two others makes stories late. The limits are for a loaded machine: what hangs does so at any limit.
		maxWorkers: 3,
		// What was transformed once is not transformed again by the next project and the next run.
		fsModuleCache: true,
		// Stories that wait for each other are all told at once.
		maxConcurrency: 100,
		reporters: ['default', './tests/support/notRunReporter.ts'],
		projects: [
			{
				...resolution,
				root,
				test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], pool: 'threads', isolate, retry, testTimeout: 20_000 }
			},
			{
				...resolution,
				root,
				test: {
					name: 'architecture',
					include: ['tests/architecture/**/*.test.ts'],
					pool: 'threads',
					isolate,
					retry,
					testTimeout: 90_000
				}
			},
			{
				...resolution,
				root,
				test: {
					name: 'integration',
					include: ['tests/integration/**/*.test.ts'],
					pool: 'forks',
					isolate,
					// Without tsx: its CommonJS hook breaks ioredis under vitest (it answers a required JSON file with JavaScript).
					execArgv: ['--conditions=source'],
					globalSetup: [servers],
					retry,
					testTimeout: 60_000,
					hookTimeout: 120_000
				}
			},
			{
				...resolution,
				root,
				test: {
					name: 'e2e',
					include: ['tests/e2e/**/*.test.ts'],
					exclude: [campaigns],
					pool: 'forks',
					isolate,
					execArgv,
					globalSetup: [servers],
					retry,
					testTimeout: 120_000,
					hookTimeout: 120_000
				}
			},
			{
				...resolution,
				root,
				// Not part of `npm test`: every story again, with a bot that keeps as good as nothing of Discord in memory.
				test: {
					name: 'uncached',
					include: ['tests/e2e/**/*.test.ts'],
					exclude: [campaigns, ...cacheless],
					env: { CACHE_SIZE: 'none' },
					pool: 'forks',
					isolate,
					execArgv,
					globalSetup: [servers],
					testTimeout: 120_000,
					hookTimeout: 120_000
				}
			},
			{
				...resolution,
				root,
				// Not part of `npm test`: each story starts the bot once for every step after which it dies.
				test: {
					name: 'campaign',
					include: [campaigns],
					pool: 'forks',
					execArgv,
					globalSetup: [servers],
					testTimeout: 120_000,
					hookTimeout: 120_000
				}
			},
			{
				...resolution,
				root,
				// Not part of `npm test`, which needs no browser.
				test: {
					name: 'browser',
					include: ['tests/browser/**/*.browser.test.ts'],
					pool: 'forks',
					execArgv,
					globalSetup: [servers],
					testTimeout: 120_000,
					hookTimeout: 120_000
				}
			}
		]
	}
});
