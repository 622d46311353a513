import type { SapphireClient } from '@sapphire/framework';
import type { Clock } from '#lib/core/clock.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import type { HttpClient } from '#lib/http/index.js';
import type { Languages } from '#lib/i18n/languages.js';
import type { Logger } from '#lib/observability/logger.js';
import type { Metrics } from '#lib/observability/metrics.js';
import type { Shutdown } from '#lib/shutdown/shutdown.js';
import type { Timers } from '#lib/timers/timers.js';
import type { Config } from '../config.js';

/** What every module may stand on; made in bootstrap.ts before the modules. */
export interface Infrastructure {
	readonly config: Config;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly keyValue: KeyValue;
	readonly timers: Timers;
	/** `web` for addresses that come from people, `trusted` for the origins of our own configuration. */
	readonly http: { readonly web: HttpClient; readonly trusted: HttpClient };
	readonly languages: Languages;
	readonly metrics: Metrics;
	readonly client: SapphireClient;
	/** What is opened registers here how it is closed. */
	readonly shutdown: Shutdown;
}
