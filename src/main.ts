import { nodeFault } from '#lib/core/nodeVersion.js';

const fault = nodeFault(process.version);
if (fault === null) await run();
else {
	process.stderr.write(`${fault}\n`);
	process.exitCode = 1;
}

/** Imports the parts when it is their turn: they need a newer Node, and what is wrong with the environment is said before the bot is loaded. */
async function run(): Promise<void> {
	const { configOfStart } = await import('./config.js');
	const config = configOfStart();
	if (config === null) return;
	const { runBot } = await import('./bootstrap.js');
	await runBot(config, import.meta.dirname);
}
