import { createHash } from 'node:crypto';
import type { REST, RESTPutAPIApplicationCommandsJSONBody } from 'discord.js';
import { Routes } from 'discord.js';

/** Small facts of the house that outlive the process. */
export interface Facts {
	read(key: string): Promise<unknown>;
	write(key: string, value: string): Promise<void>;
}

export interface Registration {
	readonly applicationId: string;
	readonly rest: REST;
	readonly facts: Facts;
	/** Everything that Discord is to offer, as its interface takes it. */
	readonly commands: RESTPutAPIApplicationCommandsJSONBody;
}

const factKey = 'commands.hash';

/**
 * Tells Discord our commands, all in one request, when they differ from what was told last. Answers whether it did.
 *
 * The hash is kept with the application's id. How many Discord has is looked at too: its list may have been emptied.
 */
export async function registerCommands({ applicationId, rest, facts, commands }: Registration): Promise<boolean> {
	const hash = createHash('sha256')
		.update(JSON.stringify([applicationId, commands]))
		.digest('hex');
	const route = Routes.applicationCommands(applicationId);
	const [stored, known] = await Promise.all([facts.read(factKey), rest.get(route)]);
	if (stored === hash && Array.isArray(known) && known.length === commands.length) return false;
	await rest.put(route, { body: commands });
	await facts.write(factKey, hash);
	return true;
}
