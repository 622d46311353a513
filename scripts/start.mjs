// Runs the built bot in this process.
import './nodeVersion.mjs';
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) {
	await import(main.href);
} else {
	process.stderr.write('The bot is not built yet: run "npm run build" first, or "npm run dev" to try it.\n');
	process.exitCode = 1;
}
