import type { SapphireClient } from '@sapphire/framework';
import { Blobs } from '#lib/blobs/blobs.js';
import { Bucket } from '#lib/blobs/bucket.js';
import { applicationIdOf } from '#lib/client/applicationId.js';
import { openClient } from '#lib/client/client.js';
import { ShardLeases } from '#lib/client/shardLeases.js';
import { HouseCommandStore } from '#lib/commands/commandStore.js';
import type { CommandKit } from '#lib/commands/kit.js';
import { openKit } from '#lib/commands/openKit.js';
import { DatabaseClock } from '#lib/data/databaseClock.js';
import { EmulatorClock } from '#lib/data/emulatorClock.js';
import { openKeyValue } from '#lib/data/keyValue/openKeyValue.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import { openProcessLock } from '#lib/data/processLock.js';
import { openStorage, type Storage } from '#lib/data/storage.js';
import { ErrorReports } from '#lib/errors/errorReports.js';
import { StartFailure } from '#lib/errors/startFailure.js';
import { createHttp } from '#lib/http/index.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { i18nOptions, type LocaleChoices } from '#lib/i18n/locale.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { createJobs } from '#lib/jobs/jobs.js';
import { knownName } from '#lib/jobs/knownName.js';
import { countRequests } from '#lib/observability/requestMetrics.js';
import { SapphireLogger } from '#lib/observability/sapphireLogger.js';
import { JoinStepStore, MessageStepStore, VoiceStepStore } from '#lib/pipeline/stores.js';
import { PrivacyRegistry } from '#lib/privacy/registry.js';
import { ChannelReferences } from '#lib/settings/channelReferences.js';
import { SettingsHub } from '#lib/settings/settingsHub.js';
import { createTimers } from '#lib/timers/timers.js';
import type { Runtime } from './runtime.js';
import { version } from './version.js';

export interface Foundation extends Infrastructure {
	readonly storage: Storage;
}

/** Opens what all modules stand on, and registers at once how each of it is closed. */
export async function openFoundation(runtime: Runtime, directory: string, choices: LocaleChoices): Promise<Foundation> {
	const { config, logger, metrics, redactor, shutdown } = runtime;
	const storage = await openDatabaseOf(runtime);
	const { database } = storage;
	const keyValue = await openKeyValue({ redisUrl: config.redisUrl?.reveal() ?? null, prefix: config.redisPrefix, logger });
	shutdown.add('cache', 'cache', () => keyValue.close());
	await takeProcess(runtime, storage, keyValue);
	const clock = await startClock(runtime, storage);
	const languages = loadLanguages({ onProblem: (problem) => logger.error(problem) });
	const kit = openKit({
		clock,
		keyValue,
		languages,
		ownerIds: [...config.ownerIds],
		staffIds: [...config.staffIds],
		onRun(leaf, flow, milliseconds) {
			metrics.commands.inc({ command: leaf.id, flow });
			metrics.commandSeconds.observe({ command: leaf.id, flow }, milliseconds / 1000);
		}
	});
	const settings = new SettingsHub({ database, keyValue, clock, logger });
	shutdown.add('jobs', 'settings', () => settings.close());
	countRequests(metrics, new URL(config.discord.api).origin);
	const http = createHttp({
		proxies: config.proxies.map((proxy) => proxy.reveal()),
		discordCdnOrigin: new URL(config.discord.cdn).origin,
		trustedOrigins: [config.evictApi, config.bucket?.origin].flatMap((address) => (address ? [new URL(address).origin] : [])),
		userAgent: `Evict/${version}`
	});
	shutdown.add('http', 'requests to other servers', () => http.close());
	const bucket = config.bucket === null ? null : new Bucket(config.bucket, http.trusted);
	const blobs = new Blobs({ database, clock, log: logger, bucket });
	shutdown.add('jobs', 'files', () => blobs.close());
	const timers = createTimers({ database, clock, log: logger });
	shutdown.add('jobs', 'timers', () => timers.close(3_000));
	const reports = new ErrorReports({ clock, logger, metrics, redactor });
	shutdown.add('jobs', 'error reports', () => reports.settle());
	const client = makeClient(runtime, directory, kit, choices);
	const privacy = new PrivacyRegistry();
	const channelReferences = new ChannelReferences();
	const jobs = createJobs({
		...{ database, clock, timers, languages, privacy, channelReferences },
		rest: client.rest,
		nameOf: (guildId, key) => knownName(client, guildId, key),
		log: logger,
		report: (error, kind, guildId) => void reports.report(error, { where: 'job', name: kind, guildId })
	});
	// Before the timers end: they wait for what is under way.
	shutdown.add('intake', 'mass work', () => jobs.close());
	return {
		config,
		logger,
		metrics,
		shutdown,
		storage,
		database,
		keyValue,
		clock,
		languages,
		kit,
		settings,
		http,
		blobs,
		timers,
		reports,
		client,
		jobs,
		privacy,
		channelReferences
	};
}

async function openDatabaseOf({ config, logger, metrics, readiness, shutdown }: Runtime): Promise<Storage> {
	const storage = await openStorage({
		url: config.databaseUrl?.reveal() ?? null,
		folder: config.databaseFolder,
		poolSize: config.databasePool,
		migrate: config.migrateOnStart,
		log: logger,
		onStatement: ({ label }) => metrics.sql.inc({ kind: label })
	});
	const { database, server } = storage;
	if (server !== null) shutdown.add('embedded database', 'embedded database', () => server.stop());
	shutdown.add('database', 'database', () => database.close());
	readiness.add('database', () => (database.state === 'up' ? null : 'the database is away'));
	return storage;
}

/** One process per application, or, where Redis lets several share the work, one per shard. */
async function takeProcess(runtime: Runtime, { connection }: Storage, keyValue: KeyValue): Promise<void> {
	const { config, logger, readiness, shutdown } = runtime;
	if (config.token === null) return;
	const applicationId = applicationIdOf(config.token.reveal());
	const onLost = (fault: Error) => void runtime.fail(fault);
	if (keyValue.shared) {
		const shards = config.shards ?? Array.from({ length: config.shardCount ?? 1 }, (_, shard) => shard);
		const leases = new ShardLeases({ keyValue, applicationId, shards, log: logger, onLost });
		await leases.take();
		shutdown.add('intake', 'leases of the shards', () => leases.drain());
		shutdown.add('jobs', 'leases of the shards', () => leases.release());
		return;
	}
	const lock = await openProcessLock({ connection, applicationId, log: logger, onLost });
	shutdown.add('cache', 'process lock', () => lock.release());
	readiness.add('process lock', () => (lock.held ? null : 'the lock of this process is not held'));
}

async function startClock({ config, logger, shutdown }: Runtime, { database }: Storage) {
	const clock =
		config.clockUrl === null ? new DatabaseClock({ ask: () => database.time(), log: logger }) : new EmulatorClock(config.clockUrl);
	shutdown.add('jobs', 'clock', () => clock.stop());
	try {
		await clock.start();
	} catch (error) {
		throw new StartFailure(`There is no clock at CLOCK_URL (${config.clockUrl}): leave it out, or start the emulator.`, { cause: error });
	}
	return clock;
}

function makeClient(
	{ config, logger, readiness, shutdown }: Runtime,
	directory: string,
	kit: CommandKit,
	choices: LocaleChoices
): SapphireClient {
	const client = openClient({
		...config,
		directory,
		logger: { instance: new SapphireLogger(logger) },
		i18n: i18nOptions(choices, kit.languages.locales)
	});
	client.stores
		.register(new HouseCommandStore())
		.register(new MessageStepStore())
		.register(new JoinStepStore())
		.register(new VoiceStepStore());
	shutdown.add('gateway', 'gateway', () => client.destroy());
	readiness.add('gateway', () => (client.isReady() ? null : 'not connected to Discord'));
	return client;
}
