import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { onStopSignal } from '#lib/shutdown/stopSignals.js';
import { isPageBuilt } from '../emulator/control/page.js';
import { type Emulator, startEmulator } from '../emulator/index.js';
import { buildPage } from './dev/page.js';

// Runs the emulator alone: prints where it is, as one line of JSON, and stays until it is told to stop.
const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } });
const port = Number(values.port ?? process.env['DISCORD_PORT'] ?? 0);
const host = values.host ?? process.env['DISCORD_HOST'] ?? '127.0.0.1';

if (!isPageBuilt()) await buildPage(dirname(import.meta.dirname));
const emulator = await startEmulator({ port, host, town: true }).catch((error: NodeJS.ErrnoException) => {
	if (error.code !== 'EADDRINUSE') throw error;
	process.stderr.write(`Port ${port} of ${host} is taken. Choose another with DISCORD_PORT or --port.\n`);
	process.exit(1);
});
onStopSignal({ npmScript: 'discord', first: () => void stop(emulator), again: () => process.exit(130) });
process.stdout.write(`${JSON.stringify(emulator.describe())}\n`);

async function stop(running: Emulator): Promise<void> {
	await running.close();
	process.exit(0);
}
