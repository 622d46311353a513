import type { SapphireClient } from '@sapphire/framework';
import type { Blobs } from '#lib/blobs/blobs.js';
import type { CommandKit } from '#lib/commands/kit.js';
import type { Clock } from '#lib/core/clock.js';
import type { Database } from '#lib/data/database.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import type { ErrorReports } from '#lib/errors/errorReports.js';
import type { HttpClient } from '#lib/http/index.js';
import type { Languages } from '#lib/i18n/languages.js';
import type { Jobs } from '#lib/jobs/types.js';
import type { Logger } from '#lib/observability/logger.js';
import type { Metrics } from '#lib/observability/metrics.js';
import type { PrivacyRegistry } from '#lib/privacy/registry.js';
import type { ChannelReferences } from '#lib/settings/channelReferences.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import type { Shutdown } from '#lib/shutdown/shutdown.js';
import type { Timers } from '#lib/timers/timers.js';
import type { Config } from '../config.js';

/** What every module may stand on; made in bootstrap.ts before the modules. */
export interface Infrastructure {
	readonly config: Config;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly metrics: Metrics;
	readonly database: Database;
	readonly keyValue: KeyValue;
	readonly settings: SettingsHub;
	readonly timers: Timers;
	/** Mass work: kept in the database, done in slices, shown in the channel. */
	readonly jobs: Jobs;
	readonly privacy: PrivacyRegistry;
	/** What is kept about channels: for those that are deleted or replaced. */
	readonly channelReferences: ChannelReferences;
	/** `web` for addresses that come from people, `trusted` for the origins of our own configuration. */
	readonly http: { readonly web: HttpClient; readonly trusted: HttpClient };
	/** Files by their content: evidence, transcripts, pictures. */
	readonly blobs: Blobs;
	readonly languages: Languages;
	/** Where a module registers guards, prefixes and the language of a conversation. */
	readonly kit: CommandKit;
	readonly reports: ErrorReports;
	readonly client: SapphireClient;
	/** What is opened registers here how it is closed. */
	readonly shutdown: Shutdown;
}
