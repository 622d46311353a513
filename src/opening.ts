import { registerCommands } from '#lib/client/commandRegistration.js';
import { definedIn } from '#lib/commands/commandStore.js';
import { applicationCommands } from '#lib/commands/slash/slashJson.js';
import { houseFacts } from '#lib/data/houseFacts.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import { observe } from '#lib/observability/metrics.js';
import { untilDone } from '#lib/settings/retry.js';
import { Chore } from '#lib/timers/chore.js';
import { openChores, startWhenUp } from '#lib/timers/openChores.js';
import { TimerTask } from '#lib/timers/timerTask.js';
import type { TimerRunner } from '#lib/timers/types.js';
import type { Foundation } from './foundation.js';
import type { Runtime } from './runtime.js';

/** What begins once all shards are there: timers, chores and the list of commands. */
export function openForBusiness(runtime: Runtime, foundation: Foundation): void {
	const { config, logger, shutdown } = runtime;
	const { client, database, storage, timers } = foundation;
	observe(runtime.metrics, 'guilds', 'Servers of this process', () => client.guilds.cache.size);
	observe(
		runtime.metrics,
		'gateway_ping_seconds',
		'Time a heartbeat takes to be answered, on average over the shards',
		() => client.ws.ping / 1000
	);
	const tasks = [...client.stores.get('scheduled-tasks').values()];
	timers.start(tasks.filter((task) => task instanceof TimerTask).map((task) => counted(task, runtime)));
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

/** A runner of timers whose results are counted. */
function counted(runner: TimerRunner, { metrics }: Runtime): TimerRunner {
	return {
		name: runner.name,
		pool: runner.pool,
		async run(timer) {
			let outcome = 'error';
			try {
				const result = await runner.run(timer);
				outcome = typeof result === 'string' ? result : 'later';
				return result;
			} finally {
				metrics.timers.inc({ kind: runner.name, outcome });
			}
		}
	};
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
