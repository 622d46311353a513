import { container } from '@sapphire/pieces';
import { openClient } from '#lib/client/client.js';
import { loginFault } from '#lib/client/loginFault.js';
import { watchPieceLoading } from '#lib/client/pieceLoading.js';
import { StartFailure } from '#lib/errors/startFailure.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { openHealthServer } from '#lib/observability/healthServer.js';
import { openLogging } from '#lib/observability/logger.js';
import { openMetrics } from '#lib/observability/metrics.js';
import { Readiness } from '#lib/observability/readiness.js';
import { Redactor } from '#lib/observability/redact.js';
import { SapphireLogger } from '#lib/observability/sapphireLogger.js';
import { Shutdown } from '#lib/shutdown/shutdown.js';
import { handleProcessEvents } from '#lib/shutdown/signals.js';
import { type Config, loadEnvironmentFile, readConfig } from './config.js';

/** Runs the bot until it is told to stop. `directory`: where the store folders lie. */
export async function runBot(directory: string): Promise<void> {
	let config: Config;
	try {
		loadEnvironmentFile();
		config = readConfig(process.env, { token: 'required' });
	} catch (error) {
		if (!(error instanceof StartFailure)) throw error;
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
		return;
	}
	const redactor = new Redactor(
		[config.token, config.databaseUrl, config.redisUrl, config.rivalApi, ...config.proxies].filter((secret) => secret !== null)
	);
	const format = config.logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json');
	const { logger, flush } = openLogging({ level: config.logLevel, format, redactor });
	const metrics = openMetrics();
	const readiness = new Readiness();
	const shutdown = new Shutdown({ budgetMs: 9_000, report: (name, error) => logger.warn({ err: error }, `${name} did not close well`) });
	const report = (error: unknown, where: string) => {
		metrics.errors.inc({ where });
		logger.error({ err: error }, where);
		return where;
	};
	const leave = handleProcessEvents({ logger, shutdown, report, flush });
	try {
		for (const warning of config.warnings) logger.warn(warning);
		const health = await openHealthServer({ ...config.http, metrics, readiness });
		shutdown.add('http', 'health server', () => health.close());
		const languages = loadLanguages({ onProblem: (problem) => logger.error(problem) });
		const loading = watchPieceLoading();
		const client = openClient({ ...config, directory, logger: { instance: new SapphireLogger(logger) } });
		shutdown.add('gateway', 'gateway', () => client.destroy());
		readiness.add('gateway', () => (client.isReady() ? null : 'not connected to Discord'));
		container.client = client;
		void languages;
		void loading;
		await client.login(config.token?.reveal()).catch((error: unknown) => {
			throw loginFault(error, config.discord.api);
		});
		logger.info(`Health and metrics: ${health.address}`);
	} catch (error) {
		if (error instanceof StartFailure) logger.fatal(error.message);
		else logger.fatal({ err: error }, 'The start failed');
		await leave(1);
	}
}
