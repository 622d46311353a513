import { DatabaseFault } from '#lib/data/databaseFault.js';
import { StartFailure } from '#lib/errors/startFailure.js';
import { type Logging, openLogging } from '#lib/observability/logger.js';
import { type Metrics, openMetrics } from '#lib/observability/metrics.js';
import { Readiness } from '#lib/observability/readiness.js';
import { Redactor } from '#lib/observability/redact.js';
import { Shutdown } from '#lib/shutdown/shutdown.js';
import { handleProcessEvents, type Leave } from '#lib/shutdown/signals.js';
import type { Config } from './config.js';

/** What a process has before it does anything. */
export interface Runtime extends Logging {
	readonly config: Config;
	readonly metrics: Metrics;
	readonly readiness: Readiness;
	readonly shutdown: Shutdown;
	/** Set once errors are kept: what nobody caught is then told under a code. */
	report: (error: unknown, where: string) => void;
	readonly leave: Leave;
	/** Says why the bot cannot (go on to) run, in a sentence where there is one, and leaves with code 1. */
	readonly fail: (error: unknown) => Promise<void>;
}

/** Docker and systemd kill after ten seconds: one is left for the log. */
const shutdownBudgetMs = 9_000;

export function openRuntime(config: Config): Runtime {
	const secrets = [
		config.token,
		config.databaseUrl,
		config.redisUrl,
		config.rivalApi,
		config.bucket?.secretAccessKey ?? null,
		...config.proxies
	];
	const redactor = new Redactor(secrets.filter((secret) => secret !== null));
	const format = config.logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json');
	const logging = openLogging({ level: config.logLevel, format, redactor });
	const { logger, drain } = logging;
	const metrics = openMetrics();
	const shutdown = new Shutdown({
		budgetMs: shutdownBudgetMs,
		report: (name, error) => logger.warn({ err: error }, `${name} did not close well`)
	});
	const runtime: Runtime = {
		...logging,
		config,
		metrics,
		readiness: new Readiness(),
		shutdown,
		report(error, where) {
			metrics.errors.inc({ where });
			logger.error({ err: error }, where);
		},
		leave: handleProcessEvents({ logger, shutdown, report: (error, where) => runtime.report(error, where), drain }),
		fail(error) {
			// The first reason is the one that counts: what breaks afterwards is its consequence.
			if (shutdown.started) logger.debug({ err: error }, 'Failed while closing');
			else if (error instanceof StartFailure || error instanceof DatabaseFault) logger.fatal(error.message);
			else logger.fatal({ err: error }, 'The bot cannot run');
			return runtime.leave(1);
		}
	};
	return runtime;
}
