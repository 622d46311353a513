import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { root } from './step.mjs';

/** The typed database client, from prisma/schema. @type {import('./step.mjs').Step} */
export const prismaClient = {
	name: 'prisma',
	inputs: ['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json', 'scripts/generate/prismaClient.mjs'],
	output: 'src/generated/prisma/client.ts',
	run() {
		const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');
		const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'generate', '--no-hints'], {
			cwd: root,
			encoding: 'utf8',
			// The CLI wants to fetch an engine that `generate` does not run: any executable satisfies it.
			env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' }
		});
		if (status !== 0) throw new Error(`prisma generate failed:\n${stdout}${stderr}`);
	}
};
