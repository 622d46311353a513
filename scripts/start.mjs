// Runs the built bot in this process; builds it first where it is not built yet.
import './nodeVersion.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/main.js', import.meta.url);

if (existsSync(main) || build()) {
	await import(main.href);
} else {
	process.stderr.write('The bot is not built and could not be built here: run "npm ci && npm run build" first.\n');
	process.exitCode = 1;
}

function build() {
	process.stderr.write('The bot is not built yet: building it.\n');
	return ['generate.mjs', 'build.mjs'].every((script) => {
		const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], { stdio: ['ignore', 2, 2] });
		return status === 0;
	});
}
