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

const line = {
	api: emulator.api,
	cdn: emulator.cdn,
	gateway: emulator.gateway,
	botToken: emulator.botToken,
	applicationId: emulator.application.id,
	guildId: emulator.guild.id,
	channels: emulator.channels.map(({ id, name }) => ({ id, name })),
	users: emulator.users.map(({ user, token }) => ({ id: user.id, name: user.username, token }))
};
process.stdout.write(`${JSON.stringify(line)}\n`);
