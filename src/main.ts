import { nodeFault } from '#lib/core/nodeVersion.js';

const fault = nodeFault(process.version);
if (fault === null) {
	// Only now: what the bot imports needs a newer Node.
	const { runBot } = await import('./bootstrap.js');
	await runBot(import.meta.dirname);
} else {
	process.stderr.write(`${fault}\n`);
	process.exitCode = 1;
}
