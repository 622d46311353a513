import { registerCommands } from '#lib/client/commandRegistration.js';
import { definedIn } from '#lib/commands/commandStore.js';
import { applicationCommands } from '#lib/commands/slash/slashJson.js';
import { houseFacts } from '#lib/data/houseFacts.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import { untilDone } from '#lib/settings/retry.js';
import { Chore } from '#lib/timers/chore.js';
import { openChores, startWhenUp } from '#lib/timers/openChores.js';
import { TimerTask } from '#lib/timers/timerTask.js';
import type { Foundation } from './foundation.js';
import type { Runtime } from './runtime.js';

/** What begins once all shards are there: timers, chores and the list of commands. */
export function openForBusiness(runtime: Runtime, foundation: Foundation): void {
	const { config, logger, shutdown } = runtime;
	const { client, database, storage, timers } = foundation;
	const tasks = [...client.stores.get('scheduled-tasks').values()];
	timers.start(tasks.filter((task) => task instanceof TimerTask));
	const chores = openChores({
		redisUrl: config.redisUrl?.reveal() ?? null,
		connection: storage.connection,
		prefix: config.redisPrefix,
		events: client,
		log: logger
	});
	shutdown.add('jobs', 'chores', () => chores.close(3_000));
	startWhenUp(
		chores,
		tasks.filter((task) => task instanceof Chore),
		database
	);
	// The owner of shard 0 speaks for all processes.
	if (client.ws.shards.has(0)) keepCommandsRegistered(runtime, foundation);
}

/** Tells Discord our commands as soon as storage and Discord let us. */
function keepCommandsRegistered({ logger, readiness, shutdown }: Runtime, { client, clock, database, languages }: Foundation): void {
	let registered = false;
	readiness.add('commands', () => (registered ? null : 'the commands are not registered with Discord yet'));
	const closing = new AbortController();
	shutdown.add('intake', 'registration of commands', () => closing.abort());
	const { leaves, menus } = definedIn(client.stores.get('commands').values());
	const commands = applicationCommands(leaves, menus, languages);
	const register = async () => {
		const { id: applicationId } = client.application ?? {};
		if (applicationId === undefined) throw new Error('Discord did not tell the id of the application');
		const told = await registerCommands({ applicationId, rest: client.rest, facts: houseFacts(database, clock), commands });
		registered = true;
		logger.info({ commands: commands.length }, told ? 'Discord was told our commands' : 'Discord knows our commands');
	};
	void untilDone(register, closing.signal, (error) => {
		if (!isStorageAway(error)) logger.error({ err: error }, 'The commands could not be registered; it is tried again');
	});
}
