import { fileURLToPath } from 'node:url';
import { openLogging } from '#lib/observability/logger.js';
import { openMetrics } from '#lib/observability/metrics.js';
import { Readiness } from '#lib/observability/readiness.js';
import { Shutdown } from '#lib/shutdown/shutdown.js';
import { readConfig } from '../../src/config.js';
import { type Foundation, openFoundation } from '../../src/foundation.js';
import { openServices, type Services } from '../../src/services.js';
import type { TestDatabase } from './databases.js';

export interface AllServices extends AsyncDisposable {
	readonly services: Services;
	readonly foundation: Foundation;
}

/** Every module as the bot has it, with everything they registered, and without Discord: nobody logs in. */
export async function allServices(database: TestDatabase): Promise<AllServices> {
	const config = readConfig({ DATABASE_URL: database.url, DISCORD_API_URL: 'http://127.0.0.1:9/api' }, { token: 'optional' });
	const faults: unknown[] = [];
	const shutdown = new Shutdown({ budgetMs: 5_000, report: (_name, error) => void faults.push(error) });
	const runtime = {
		...openLogging({ level: 'fatal', format: 'json' }),
		config,
		metrics: openMetrics(),
		readiness: new Readiness(),
		shutdown,
		report: (error: unknown) => void faults.push(error),
		leave: () => shutdown.run(),
		async fail(error: unknown) {
			faults.push(error);
		}
	};
	const directory = fileURLToPath(new URL('../../src', import.meta.url));
	const foundation = await openFoundation(runtime, directory, { user: () => null, guild: () => null });
	const services = openServices(foundation);
	return {
		services,
		foundation,
		async [Symbol.asyncDispose]() {
			await shutdown.run();
			if (faults.length > 0) throw new AggregateError(faults, 'Something failed behind the services');
		}
	};
}
