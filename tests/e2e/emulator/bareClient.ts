import { Client, type ClientOptions } from 'discord.js';
import type { WorldDriver } from '../../../emulator/driver/index.js';

/** A discord.js client with nothing of ours, pointed at the emulator as a bot would be. */
export function bareClient(world: WorldDriver, intents: number[], more: Partial<ClientOptions> = {}): Client {
	const { api, cdn } = world.description;
	// The scheduled-tasks plugin makes its own option required for every client; a bare one does not read it.
	const tasks: ClientOptions['tasks'] = { bull: { connection: {} } };
	return new Client({ intents, rest: { api, cdn }, tasks, ...more });
}
