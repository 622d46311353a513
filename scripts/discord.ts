import { parseArgs } from 'node:util';
import { startEmulator } from '../emulator/index.js';

// Runs the emulator alone: prints where it is, as one line of JSON, and stays until it is told to stop.
const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } });
const emulator = await startEmulator({
	port: Number(values.port ?? process.env['DISCORD_PORT'] ?? 0),
	host: values.host ?? process.env['DISCORD_HOST'] ?? '127.0.0.1'
});

const stop = () => {
	void emulator.close().then(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

process.stdout.write(`${JSON.stringify(emulator.describe())}\n`);
