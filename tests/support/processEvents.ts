import { openLogging } from '#lib/observability/logger.js';
import { Shutdown } from '#lib/shutdown/shutdown.js';
import { handleProcessEvents } from '#lib/shutdown/signals.js';

// A process with the bot's handling of process events, in which the thing named by the first argument happens.
const { logger, drain } = openLogging({ level: 'info', format: 'json' });
const shutdown = new Shutdown({ budgetMs: 2_000, report: () => undefined });
shutdown.add('database', 'database', () => logger.info('the database was closed'));
if (process.argv[2] === 'hang') shutdown.add('work', 'work', () => new Promise((resolve) => setTimeout(resolve, 60_000)));
if (process.argv[2] === 'slow') shutdown.add('work', 'work', () => new Promise((resolve) => setTimeout(resolve, 800)));
handleProcessEvents({ logger, shutdown, report: (error, where) => logger.error({ err: error, where }, 'reported'), drain });

const alive = setInterval(() => undefined, 1_000);
switch (process.argv[2]) {
	case 'rejection':
		void Promise.reject(new Error('nobody handles me'));
		setTimeout(() => {
			logger.info('still alive');
			clearInterval(alive);
		}, 50);
		break;
	case 'exception':
		setTimeout(() => {
			throw new Error('nobody catches me');
		}, 10);
		break;
	case 'hang':
	case 'slow':
		logger.info('ready');
		break;
}
