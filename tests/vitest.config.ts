import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const servers = './tests/support/servers.setup.ts';
const campaigns = 'tests/e2e/killAtEveryStep.e2e.test.ts';

/**
 * `imports` of package.json has a `source` condition: tests run the sources, not `dist`.
 * No `import` here: the workers would be started with it too, and a `require` inside pg would then get an ES module.
 */
const conditions = ['source', 'node'];
// `__vitest__` is where vitest runs the setup of the servers.
const resolution = { resolve: { conditions }, ssr: { resolve: { conditions } }, environments: { __vitest__: { resolve: { conditions } } } };

// Decorated pieces and `.ts` pieces are only loaded by Sapphire when tsx is there.
const execArgv = ['--import', 'tsx', '--conditions=source'];

export default defineConfig({
	root,
	...resolution,
	test: {
		root,
		maxWorkers: 3,
		reporters: ['default', './tests/support/notRunReporter.ts'],
		projects: [
			{
				...resolution,
				root,
				test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], pool: 'threads', isolate: false, testTimeout: 5_000 }
			},
			{
				...resolution,
				root,
				test: { name: 'architecture', include: ['tests/architecture/**/*.test.ts'], pool: 'threads', isolate: false, testTimeout: 20_000 }
			},
			{
				...resolution,
				root,
				test: {
					name: 'integration',
					include: ['tests/integration/**/*.test.ts'],
					pool: 'forks',
					// Without tsx: its CommonJS hook breaks ioredis under vitest (it answers a required JSON file with JavaScript).
					execArgv: ['--conditions=source'],
					globalSetup: [servers],
					testTimeout: 20_000,
					hookTimeout: 40_000
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
					execArgv,
					globalSetup: [servers],
					// A story on a machine that does other things may be late once; a fault fails twice.
					retry: process.env['CI'] ? 1 : 0,
					testTimeout: 60_000,
					hookTimeout: 60_000
				}
			},
			{
				...resolution,
				root,
				// Not part of `npm test`, which takes less than three minutes: the bot dies after each of its steps.
				test: {
					name: 'campaign',
					include: [campaigns],
					pool: 'forks',
					execArgv,
					globalSetup: [servers],
					testTimeout: 120_000,
					hookTimeout: 60_000
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
					testTimeout: 60_000,
					hookTimeout: 60_000
				}
			}
		]
	}
});
