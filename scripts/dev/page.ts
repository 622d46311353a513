import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Builds the playground, in a process of its own; what goes wrong is said on stderr. Answers whether it worked. */
export async function buildPage(root: string): Promise<boolean> {
	const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
	const page = join(root, 'emulator', 'page');
	const args = [vite, 'build', '--config', join(page, 'vite.config.ts'), '--logLevel', 'error', page];
	const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
	const [code] = await once(child, 'exit');
	if (code !== 0) process.stderr.write('The playground could not be built. Everything else works; "npm run build:page" tries again.\n');
	return code === 0;
}
